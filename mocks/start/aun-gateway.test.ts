import { readFile } from "node:fs/promises";
import { connect } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { agentKeys } from "../aun-gateway/testing/auth-client.ts";
import { frameOf, inner } from "../aun-gateway/testing/gateway-lab.ts";
import type { Keep } from "../core/keeping.ts";
import { startAunGateway } from "./aun-gateway.ts";
import type { StartOptions } from "./common.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function start(options: StartOptions = {}) {
  const keep: Keep = (one) => {
    opened.push(one);
    return one;
  };
  const started = await startAunGateway(options, keep);
  const { gateway = "", control, url } = started.ready;
  return { ...started, gateway, control, url };
}

const json = async (url: string, method = "GET", body?: unknown): Promise<unknown> =>
  (await fetch(url, body === undefined ? { method } : { method, body: JSON.stringify(body) })).json();

function dial(url: string) {
  const socket = new WebSocket(url);
  opened.push({ close: () => socket.terminate() });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  const next = () =>
    new Promise<Record<string, unknown>>((resolve) =>
      socket.once("message", (data: Buffer) => resolve(frameOf(data.toString()))),
    );
  return { closed, next, socket };
}

it("is found by discovery, pairs an AID by its control API and shows the connection", async () => {
  const { ready, gateway, control, url } = await start({ aun: { issuer: "a.test" } });
  expect(ready).toMatchObject({ mock: "aun-gateway", issuer: "a.test" });
  expect(await readFile(ready.root ?? "", "utf8")).toContain("BEGIN CERTIFICATE");
  expect(await json(`${url}/.well-known/aun-gateway`)).toMatchObject({ gateways: [{ url: gateway }] });

  const client = dial(gateway);
  const challenge = await client.next();
  client.socket.send(
    JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "auth.create_aid",
      params: { aid: "alice.a.test", public_key: agentKeys().publicKey },
    }),
  );
  expect(await client.next()).toMatchObject({ id: 1, result: { aid: "alice.a.test" } });
  const paired = await json(`${control}/pairing`, "POST", { aid: "alice.a.test" });
  const auth = { method: "pairing_code", ...(typeof paired === "object" ? paired : {}) };
  const params = { nonce: inner(challenge, "params")["nonce"], auth, device: { id: "d1" } };
  client.socket.send(JSON.stringify({ jsonrpc: "2.0", id: 2, method: "auth.connect", params }));
  expect(await client.next()).toMatchObject({ id: 2, result: { identity: { aid: "alice.a.test" } } });
  expect(await json(`${control}/connections`)).toMatchObject({
    connections: [{ aid: "alice.a.test", device_id: "d1" }],
    peers: [],
  });
  expect(await json(`${control}/tokens`)).toMatchObject({ tokens: [{ aid: "alice.a.test" }] });
  expect(await json(`${control}/pairing`, "POST", { aid: "alice" })).toMatchObject({ code: "INVALID_REQUEST" });
  await json(`${control}/reset`, "POST");
  expect(await client.closed).toBe(1001);
  expect(await json(`${control}/connections`)).toMatchObject({ connections: [] });
});

it("lets thirty seconds pass in no time, and misbehaves by name", async () => {
  const { gateway, control } = await start({ faults: ["A10.empty-nonce"] });
  const client = dial(gateway);
  expect(inner(await client.next(), "params")["nonce"]).toBe("");
  await json(`${control}/clock`, "POST", { advanceSeconds: 31 });
  expect(await client.closed).toBe(4008);
  await json(`${control}/faults`, "DELETE");
  await json(`${control}/faults`, "POST", { id: "wire.socket-closes-at-once" });
  expect(await dial(gateway).closed).toBe(1000);
});

/** The TLS version that a client which knows nothing newer than 1.1 gets. */
function oldTls(url: string): Promise<string | null> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port),
      rejectUnauthorized: false,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    opened.push({ close: () => socket.destroy() });
    socket.once("secureConnect", () => resolve(socket.getProtocol()));
    socket.once("error", () => resolve(null));
  });
}

it("refuses TLS 1.1, unless a fault says otherwise", async () => {
  const honest = await start({ tls: true });
  expect(await oldTls(honest.url)).toBeNull();
  const faulty = await start({ tls: true, faults: ["A8.tls-1.1"] });
  expect(await oldTls(faulty.url)).toBe("TLSv1.1");
});

/** Whether a place that is taken is given to the next one. */
async function isReplaced(options: StartOptions): Promise<boolean> {
  const { gateway, control } = await start(options);
  const aid = "alice.agentid.test";
  const connect = async (register: "new" | "known") => {
    const client = dial(gateway);
    const challenge = await client.next();
    const call = (id: number, method: string, params: object) => {
      client.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
      return client.next();
    };
    if (register === "new") await call(1, "auth.create_aid", { aid, public_key: agentKeys().publicKey });
    const paired = await json(`${control}/pairing`, "POST", { aid });
    const auth = { method: "pairing_code", ...(typeof paired === "object" ? paired : {}) };
    return call(2, "auth.connect", { nonce: inner(challenge, "params")["nonce"], auth, device: { id: "d1" } });
  };
  expect(await connect("new")).toHaveProperty("result");
  return "result" in (await connect("known"));
}

it("is served as a fault needs it to show, unless it is said otherwise", async () => {
  expect(await isReplaced({})).toBe(false);
  expect(await isReplaced({ faults: ["A54.silent-kick"] })).toBe(true);
  expect(await isReplaced({ faults: ["A54.silent-kick"], aun: { conflict: "refuse" } })).toBe(false);

  const versions = async (options: StartOptions) => {
    const { gateway } = await start(options);
    return inner(inner(await dial(gateway).next(), "params"), "protocol");
  };
  expect(await versions({})).toEqual({ min: "1.0", max: "1.0" });
  expect(await versions({ faults: ["A34.own-highest@2"] })).toEqual({ min: "1.0", max: "1.10" });
});
