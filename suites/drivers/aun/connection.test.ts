import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { freePort } from "../../../cli/testing/free-port.ts";
import { createRecorder } from "../../engine/recorder.ts";
import { createRedactor } from "../../engine/redact.ts";
import { markedCalls } from "../../engine/rpc.ts";
import { openConnection } from "./connection.ts";
import { createRateLimits } from "./rate-limits.ts";
import { challenge, socketServer } from "./testing/socket-server.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** A target that does this to every connection, and a connection to it. */
async function connected(serve: (socket: WebSocket) => void, timeoutMs = 60_000) {
  const server = await socketServer(serve);
  opened.push(server);
  const recorder = createRecorder({ redactor: createRedactor() });
  const options = {
    party: "target",
    recorder,
    now: Date.now,
    timeoutMs,
    patience: timeoutMs,
    socket: {},
    rateLimits: createRateLimits(),
  } as const;
  const connection = await openConnection(server.url, options);
  opened.push({ close: () => connection.drop() });
  return { connection, recorder };
}

/** Answers every request with what this makes of it. */
const answering = (answer: (message: { readonly id: unknown }) => unknown) => (socket: WebSocket) => {
  socket.send(challenge);
  socket.on("message", (data) => socket.send(JSON.stringify(answer(JSON.parse(String(data))))));
};

describe("a connection", () => {
  it("keeps the challenge, sends requests and pairs answers by id and type", async () => {
    const { connection, recorder } = await connected(
      answering(({ id }) => ({ jsonrpc: "2.0", id, result: { ok: 1 } })),
    );
    await connection.take(({ method }) => method === "challenge");
    expect(connection.nonce).toBe("n-1");
    const call = await connection.call("meta.ping", {}, { id: 7 });
    expect(call).toMatchObject({ outcome: "result", result: { ok: 1 } });
    recorder.mark("subject", ...call.frames.map(({ id }) => id));
    expect(markedCalls(recorder.finish(), "subject")).toMatchObject([{ outcome: "result", result: { ok: 1 } }]);
  });

  it("takes an answer with another id, or an id of another type, for no answer", async () => {
    const { connection } = await connected((socket) => {
      answering(({ id }) => ({ jsonrpc: "2.0", id: String(id), result: {} }))(socket);
      socket.on("message", () => socket.send('{"method":"event/behind-the-answer"}'));
    });
    const call = connection.call("meta.ping", {}, { id: 7, timeoutMs: 100 });
    expect(await connection.event("event/behind-the-answer")).toBeDefined();
    expect((await call).outcome).toBe("silent");
    expect(connection.takeAll().map(({ message }) => message?.["id"])).toEqual([undefined, "7"]);
  });

  it("reads errors, and says when the connection ended instead", async () => {
    const { connection } = await connected(
      answering(({ id }) => ({ jsonrpc: "2.0", id, error: { code: 4001, message: "no" } })),
    );
    expect((await connection.call("auth.connect", {})).error).toMatchObject({ code: 4001, message: "no" });
    const closing = await connected((socket) => socket.on("message", () => socket.close(4008, "too late")));
    const call = await closing.connection.call("auth.connect", {});
    expect(call).toMatchObject({ outcome: "closed", answer: { kind: "close", code: 4008, reason: "too late" } });
    expect((await closing.connection.call("auth.connect", {})).outcome).toBe("closed");
  });

  it("sends a request again that a rate limit refused, once the target wants it", async () => {
    let asked = 0;
    const tooFast = { code: 4290, message: "slow down", data: { retry_after_ms: 5 } };
    const { connection, recorder } = await connected(
      answering(({ id }) => {
        asked += 1;
        return { jsonrpc: "2.0", id, ...(asked < 3 ? { error: tooFast } : { result: { asked } }) };
      }),
    );
    const call = await connection.call("meta.ping", {});
    expect(call).toMatchObject({ outcome: "result", result: { asked: 3 } });
    // What was refused stays in the evidence, and the call is the last one.
    const { frames = [] } = recorder.finish();
    expect(frames.filter(({ text = "" }) => text.includes("slow down"))).toHaveLength(2);
    expect(call.frames).toEqual(frames.slice(-2));
  });

  it("goes on after frames that are no messages", async () => {
    const { connection } = await connected((socket) => {
      socket.send("garbage");
      socket.send("[]");
      socket.send(Buffer.from([0, 255]));
      answering(({ id }) => ({ jsonrpc: "2.0", id, result: {} }))(socket);
    });
    expect((await connection.call("meta.ping", {})).outcome).toBe("result");
    expect(connection.challenge).toBeUndefined();
    expect(connection.received.slice(0, 3).map(({ message }) => message)).toEqual([undefined, undefined, undefined]);
  });

  it("ends with invalid UTF-8 and with too many frames, and tells the end", async () => {
    const invalid = await connected((socket) => socket.send(Buffer.from([0xc3, 0x28]), { binary: false }));
    expect(await invalid.connection.whenClosed()).toMatchObject({ kind: "close", code: 1006 });
    const { frames = [] } = invalid.recorder.finish();
    expect(frames.map(({ kind, text = "" }) => [kind, text.includes("UTF-8")])).toContainEqual(["error", true]);
    const flooding = await connected((socket) => {
      for (let sent = 0; sent < 20_000; sent += 1) socket.send("{}");
    });
    expect(await flooding.connection.whenClosed()).toMatchObject({ kind: "close", code: 1006 });
    expect(flooding.connection.received.length).toBeLessThan(20_000);
  });

  it("sends fragments, raw bytes and notifications as they are", async () => {
    const came: [string, boolean][] = [];
    let pings = 0;
    const { connection } = await connected((socket) => {
      socket.on("ping", () => {
        pings += 1;
      });
      socket.on("message", (data, isBinary) => {
        came.push([String(data), isBinary]);
        socket.send(JSON.stringify({ jsonrpc: "2.0", id: came.length, result: {} }));
      });
    });
    const third = () => connection.take(({ message }) => message?.["id"] === 3);
    connection.send('{"a": 1}', { fragments: 4, between: "ping" });
    connection.send(Buffer.from("xy"));
    connection.notify("meta.ping");
    await third();
    expect(came).toEqual([
      ['{"a": 1}', false],
      ["xy", true],
      ['{"jsonrpc":"2.0","method":"meta.ping"}', false],
    ]);
    expect(pings).toBe(3);
  });

  it("says why it could not be opened", async () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const options = {
      party: "target",
      recorder,
      now: Date.now,
      timeoutMs: 200,
      patience: 200,
      socket: {},
      rateLimits: createRateLimits(),
    } as const;
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", () => resolve()));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const hanging = await openConnection(`ws://127.0.0.1:${port}/aun`, options);
    expect(hanging.opening).toMatchObject({ kind: "error", text: expect.stringMatching(/handshake has timed out/) });
    await new Promise<void>((resolve) => silent.close(() => resolve()));
    const patient = { ...options, timeoutMs: 60_000 };
    const refused = await openConnection(`ws://127.0.0.1:${await freePort()}/aun`, patient);
    expect(refused.opening.text).toMatch(/^CONNECTION_REFUSED/);
    expect((await refused.call("meta.ping")).outcome).toBe("closed");
  });
});
