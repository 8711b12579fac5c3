import { afterEach, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { challenge, socketServer } from "../drivers/aun/testing/socket-server.ts";
import { plainSettings } from "../engine/testing/settings.ts";
import { aunGateway } from "../profiles/aun-gateway.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** Judges a target that does this to every connection. */
async function judged(serve: (socket: WebSocket) => void) {
  const server = await socketServer(serve);
  opened.push(server);
  const target = { ...plainSettings.target, url: server.url };
  const aun = { issuer: "a.test", identities: "open" } as const;
  const settings = { ...plainSettings, target, aun, timeoutMs: 1500 };
  return aunGateway.run({ settings, seed: 1, only: ["reconnect"] });
}

const answering =
  (answer: (message: { readonly id: unknown; readonly method: string }) => object) => (socket: WebSocket) => {
    socket.send(challenge);
    socket.on("message", (data) => socket.send(JSON.stringify(answer(JSON.parse(String(data))))));
  };

const noRegistration = { code: -32004, message: "registration is closed" };

describe("a target that cannot be judged", () => {
  it.each<[name: string, serve: (socket: WebSocket) => void, says: RegExp]>([
    ["closes at once", (socket) => socket.close(), /did not begin with a challenge/],
    ["never sends a challenge", () => {}, /did not begin with a challenge/],
    ["sends something else first", (socket) => socket.send("{}"), /did not begin with a challenge/],
    ["never answers", (socket) => socket.send(challenge), /auth\.create_aid was not granted: no answer/],
    [
      "answers with another id",
      answering(() => ({ jsonrpc: "2.0", id: "other", result: {} })),
      /auth\.create_aid was not granted: no answer/,
    ],
    [
      "sends its challenge twice and registers nobody",
      (socket) => {
        socket.send(challenge);
        answering(({ id }) => ({ jsonrpc: "2.0", id, error: noRegistration }))(socket);
      },
      /registration is closed/,
    ],
    ["sends 20 MB", (socket) => socket.send(Buffer.alloc(20 * 1024 * 1024)), /did not begin with a challenge/],
  ])("%s: nothing passes, and it is said once why", async (_name, serve, says) => {
    const run = await judged(serve);
    expect(run.results.map(({ verdict }) => verdict.outcome)).toEqual(run.results.map(() => "not-tested"));
    expect(run.setup.map(({ what }) => what)).toEqual([expect.stringMatching(says)]);
  });

  it("says exactly what to configure where nobody can register", async () => {
    const run = await judged(answering(({ id }) => ({ jsonrpc: "2.0", id, error: noRegistration })));
    expect(run.setup[0]?.mend).toMatch(/list identities \(aid, cert, key\) under aun\.identities/);
    expect(run.results.every(({ verdict }) => verdict.reasonCode === "registration-refused")).toBe(true);
  });
});
