import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { JsonObject } from "../../ath/json.ts";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import { type RunningServer, serve } from "../../core/node-server.ts";
import { type AunGateway, createAunGateway } from "../gateway.ts";
import { frameOf, inner } from "../testing/gateway-lab.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(): Promise<{
  gateway: AunGateway;
  server: RunningServer;
  url: string;
  clock: ShiftableClock;
}> {
  const clock = shiftableClock();
  const gateway = createAunGateway({ issuer: "a.test", gatewayUrl: () => url, clock });
  const server = await serve(gateway.handler, { upgrade: gateway.upgrade });
  const url = `${server.url.replace("http", "ws")}/aun`;
  open.push(gateway, server);
  return { gateway, server, url, clock };
}

/** The first so many messages of a new connection, or how it ended before. */
function listen(
  url: string,
  count: number,
): Promise<{ frames: JsonObject[]; raw: Buffer[]; binary: boolean[]; code: number | undefined }> {
  const socket = new WebSocket(url);
  open.push({ close: () => socket.terminate() });
  const frames: JsonObject[] = [];
  const raw: Buffer[] = [];
  const binary: boolean[] = [];
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      if (!Buffer.isBuffer(data)) return;
      raw.push(data);
      binary.push(isBinary);
      if (data.toString().startsWith("{")) frames.push(frameOf(data.toString()));
      if (raw.length === count) resolve({ frames, raw, binary, code: undefined });
    });
    socket.on("close", (code) => resolve({ frames, raw, binary, code }));
  });
}

describe("the WebSocket side", () => {
  it("serves WebSocket and HTTP on one port", async () => {
    const { server, url } = await start();
    const { frames } = await listen(url, 1);
    expect(frames[0]).toMatchObject({ method: "challenge" });
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await fetch(`${server.url}/.well-known/aun-gateway`)).status).toBe(200);
    const refused = new WebSocket(`${url}/elsewhere`);
    const status = await new Promise((resolve) => {
      refused.on("unexpected-response", (_, response) => resolve(response.statusCode));
      refused.on("error", () => {});
    });
    expect(status).toBe(404);
  });

  it("ends a connection with 1009 for a frame far beyond the limit, and lives on", async () => {
    const { url } = await start();
    const socket = new WebSocket(url);
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("open", resolve));
    socket.send("x".repeat(3 * 1024 * 1024));
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(1009);
    expect((await listen(url, 1)).frames[0]).toMatchObject({ method: "challenge" });
  });

  it("takes a request in fragments with a ping between", async () => {
    const { url } = await start();
    const socket = new WebSocket(url);
    open.push({ close: () => socket.terminate() });
    await new Promise((resolve) => socket.on("open", resolve));
    const text = '{"jsonrpc":"2.0","id":"f","method":"meta.ping"}';
    for (let at = 0; at < text.length; at += 10) {
      socket.send(text.slice(at, at + 10), { fin: at + 10 >= text.length });
      socket.ping();
    }
    const answer = await new Promise<JsonObject>((resolve) => {
      socket.on("message", (data: Buffer) => {
        const frame = frameOf(data.toString());
        if ("id" in frame) resolve(frame);
      });
    });
    expect(answer).toMatchObject({ id: "f", error: { code: -32013 } });
  });

  it("takes no connection after a crash until it is reset", async () => {
    const { gateway, url } = await start();
    gateway.board.activate({ id: "A125.binary-crashes" });
    const socket = new WebSocket(url);
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("open", resolve));
    socket.send(Buffer.from("{}"));
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(1001);
    expect((await listen(url, 1)).code).toBe(1006);
    gateway.board.clear();
    gateway.reset();
    expect((await listen(url, 1)).frames[0]).toMatchObject({ method: "challenge" });
  });
});

describe("wire faults of the WebSocket side", () => {
  it("a client sees a normal close at once", async () => {
    const { gateway, url } = await start();
    gateway.board.activate({ id: "wire.socket-closes-at-once" });
    expect(await listen(url, 1)).toMatchObject({ code: 1000, raw: [] });
  });

  it("a client that checks UTF-8 fails the connection", async () => {
    const { gateway, url } = await start();
    gateway.board.activate({ id: "wire.socket-invalid-utf8" });
    expect(await listen(url, 1)).toMatchObject({ raw: [], code: expect.any(Number) });
  });

  it("fragments are whole messages for whoever puts them together", async () => {
    const { gateway, url } = await start();
    gateway.board.activate({ id: "wire.socket-fragments" });
    const { frames } = await listen(url, 1);
    expect(inner(frames[0] ?? {}, "params")["nonce"]).toEqual(expect.any(String));
  });

  it.each([
    ["wire.socket-huge", 2],
    ["wire.socket-event-flood", 1_000],
    ["wire.socket-binary", 1],
    ["wire.socket-garbage", 1],
  ])("%s", async (id, count) => {
    const { gateway, url } = await start();
    gateway.board.activate({ id });
    const { raw, binary } = await listen(url, count);
    const sizes = raw.map(({ length }) => length);
    expect({ huge: Math.max(...sizes) > 10_000_000, enough: raw.length >= count, binary: binary[0] }).toEqual({
      huge: id === "wire.socket-huge",
      enough: true,
      binary: id === "wire.socket-binary",
    });
  });

  it("half-open: nothing is sent and nothing is closed", async () => {
    const { gateway, url, clock } = await start();
    gateway.board.activate({ id: "wire.socket-half-open" });
    const socket = new WebSocket(url);
    open.push({ close: () => socket.terminate() });
    let seen = 0;
    socket.on("message", () => {
      seen += 1;
    });
    await new Promise((resolve) => socket.on("open", resolve));
    clock.advance(31);
    // The pong comes from below the gateway, later than anything that was sent before it.
    await new Promise((resolve) => {
      socket.on("pong", resolve);
      socket.ping();
    });
    expect([seen, socket.readyState]).toEqual([0, WebSocket.OPEN]);
  });

  it.each([
    ["wire.socket-close-without-code", 1005],
    ["wire.socket-cut", 1006],
  ])("%s: a client sees %d", async (id, code) => {
    const { gateway, url } = await start();
    gateway.board.activate({ id });
    const listening = listen(url, 2);
    await expect.poll(() => gateway.openSessions()).toBe(1);
    gateway.reset();
    expect((await listening).code).toBe(code);
  });
});
