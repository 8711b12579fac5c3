import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { WebSocket } from "ws";
import { challenge, socketServer } from "../suites/drivers/aun/testing/socket-server.ts";
import { freePort } from "./testing/free-port.ts";
import { answering, type HostileTarget, speaking } from "./testing/hostile.ts";
import { gateproof, gateproofUntil } from "./testing/spawn.ts";

/** Promised of every run, whatever the target sends. */
const mostMb = 300;
const json = { "content-type": "application/json" };

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-aun-hostile-"));
  await writeFile(join(folder, "aun.yaml"), "aun: { issuer: a.test }\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Judges a section of this target, as a user would. */
async function judged({ url, close }: HostileTarget, section = "reconnect") {
  onTestFinished(close);
  const flags = ["--config", join(folder, "aun.yaml"), "--target", url, "--timeout", "2000", "--safe"];
  const run = await gateproof(["run", "aun-gateway", section, ...flags]);
  // Line breaks of the terminal's width are no part of the words.
  return { ...run, output: (run.stdout + run.stderr).replaceAll(/\s+/g, " ") };
}

interface Request {
  readonly id: string;
  readonly method: string;
}

/** A gateway that begins as it should, and answers as it should not. */
function answers(answer: (request: Request, socket: WebSocket) => void) {
  return () =>
    socketServer((socket) => {
      socket.send(challenge);
      socket.on("message", (data) => answer(JSON.parse(String(data)), socket));
    });
}

const send = (socket: WebSocket, message: object) => socket.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
const closed = { code: -32004, message: "registration is closed" };

/** The same, given by its WebSocket address. */
const overWebSocket = ({ url, close }: HostileTarget): HostileTarget => ({
  url: `${url.replace("http", "ws")}/aun`,
  close,
});

/** A text frame of a server (RFC 6455 § 5.2) of less than 126 bytes. */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);

/** A gateway that sends this in one go with its answer to the upgrade, and then nothing more. */
const glued = (sent: Buffer) => async () => {
  const target = await speaking((socket) => {
    socket.once("data", (request: Buffer) => {
      const key = /sec-websocket-key: (\S+)/i.exec(request.toString())?.[1] ?? "";
      const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
      const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head), sent]));
    });
  });
  return overWebSocket(target);
};

const event = frame('{"jsonrpc":"2.0","method":"event/x","params":{}}');

/** What a discovery answers, at a target that is given by its HTTP address. */
const discovers = (gateways: readonly object[]) => () =>
  answering((_, response) => response.writeHead(200, json).end(JSON.stringify({ gateways })));

const dead = async () => `ws://127.0.0.1:${await freePort()}/aun`;

describe("an AUN gateway that cannot be judged", () => {
  it.each<readonly [string, () => Promise<HostileTarget>, RegExp]>([
    ["never sends a challenge", () => socketServer(() => {}), /did not begin with a challenge/],
    ["closes at once", () => socketServer((socket) => socket.close()), /did not begin with a challenge/],
    ["never answers the upgrade", async () => overWebSocket(await speaking(() => {})), /no WebSocket at .*TIMEOUT/],
    [
      "sends its challenge together with the upgrade",
      glued(frame(challenge)),
      /auth\.create_aid was not granted: no answer/,
    ],
    ["never answers a request", answers(() => {}), /auth\.create_aid was not granted: no answer/],
    [
      "answers with another id",
      answers((_, socket) => send(socket, { id: "other", result: {} })),
      /auth\.create_aid was not granted: no answer/,
    ],
    [
      "sends its challenge twice and registers nobody",
      answers(({ id }, socket) => {
        socket.send(challenge);
        send(socket, { id, error: closed });
      }),
      /registration is closed.*list identities \(aid, cert, key\) under aun\.identities/,
    ],
    [
      "sends 10 MB in one message",
      () => socketServer((socket) => socket.send("x".repeat(10_000_000))),
      /did not begin with a challenge/,
    ],
    [
      "sends 100,000 events and answers nothing",
      glued(Buffer.concat([frame(challenge), Buffer.alloc(100_000 * event.length, event)])),
      /auth\.create_aid was not granted/,
    ],
    [
      "sends invalid UTF-8",
      () => socketServer((socket) => socket.send(Buffer.from([0xff, 0xfe, 0x80]), { binary: false })),
      /did not begin with a challenge/,
    ],
    ["is discovered as nothing", discovers([]), /discovery at .* gave no gateway/],
    ["is discovered as http", discovers([{ url: "http://127.0.0.1:1/aun" }]), /gateway/],
    ["is discovered as no URL", discovers([{ url: 7 }, { priority: 1 }]), /gave no gateway/],
    ["is discovered where nobody is", async () => discovers([{ url: await dead() }])(), /CONNECTION_REFUSED/],
    [
      "is discovered twice where nobody is",
      async () => {
        const url = await dead();
        return discovers([{ url }, { url }])();
      },
      /CONNECTION_REFUSED/,
    ],
  ])("%s: says so, in time and within its memory", async (_name, open, said) => {
    const { code, output, ms, peakMb } = await judged(await open());
    expect(output).toMatch(said);
    expect(output).toMatch(/Not testable/);
    expect(output).not.toMatch(/internal error|TypeError|at file:/);
    expect(code).toBe(3);
    expect(ms).toBeLessThan(30_000);
    expect(peakMb).toBeLessThan(mostMb);
  });

  it("has a certificate of an authority that nobody knows: says which flag is for that", async () => {
    const port = await freePort();
    const mock = await gateproofUntil(["mock", "aun-gateway", "--tls", "--port", `${port}`, "--json"], /"ready":true/);
    onTestFinished(async () => void (await mock.stop()));
    const { code, output } = await judged({ url: `wss://127.0.0.1:${port}/aun`, close: async () => {} });
    expect(output).toMatch(/its certificate is not trusted.*--ca FILE/);
    expect(code).toBe(3);
  });
});
