import { beforeEach, describe, expect, it } from "vitest";
import { type GatewayLab, gatewayLab, type MemoryClient } from "../testing/gateway-lab.ts";

let lab: GatewayLab;
let alice: string;

beforeEach(async () => {
  lab = gatewayLab();
  alice = await lab.enrol("alice");
});

describe("a new connection", () => {
  it("gets a challenge ten milliseconds after it opened, with a nonce of its own, and nothing else", () => {
    const frames: string[] = [];
    lab.gateway.open({ send: (text) => frames.push(text), close: () => {}, waitingBytes: () => 0 });
    expect(frames).toEqual([]);
    lab.clock.advance(0.01);
    expect(frames.map((text) => JSON.parse(text))).toEqual([
      {
        jsonrpc: "2.0",
        method: "challenge",
        params: {
          nonce: expect.stringMatching(/^[\w-]{32}$/),
          server: expect.any(String),
          protocol: { min: "1.0", max: "1.0" },
          auth_methods: ["pairing_code", "kite_token", "aid"],
          capabilities: {},
          server_time: lab.clock.now() / 1000,
        },
      },
    ]);
    expect(new Set(Array.from({ length: 20 }, () => lab.open().nonce)).size).toBe(20);
  });

  it("is closed with 4008 after thirty seconds without auth.connect, whatever else it sends", () => {
    const idle = lab.open();
    const busy = lab.open();
    lab.clock.advance(27);
    busy.call("meta.ping");
    expect([idle.closed, busy.closed]).toEqual([undefined, undefined]);
    lab.clock.advance(3);
    expect([idle.closed?.code, busy.closed?.code]).toEqual([4008, 4008]);
    expect(lab.gateway.openSessions()).toBe(0);
  });

  it("stays when it authenticated in time", () => {
    const client = lab.open();
    lab.clock.advance(29);
    expect(client.call("auth.connect", lab.connecting(client, alice)).result).toBeDefined();
    lab.clock.advance(3_000);
    expect(client.closed).toBeUndefined();
    expect(client.call("meta.ping").result).toEqual({ pong: true, timestamp: Math.floor(lab.clock.now() / 1000) });
  });

  it("may call auth.* and nothing else before auth.connect", () => {
    const client = lab.open();
    expect(client.call("auth.refresh_token", { refresh_token: "x" }).result).toMatchObject({ success: false });
    for (const method of [
      "meta.ping",
      "meta.status",
      "message.send",
      "message.pull",
      "group.list_my",
      "federation.relay",
    ]) {
      expect(client.call(method)).toMatchObject({ code: -32013 });
    }
  });
});

describe("JSON-RPC", () => {
  let client: MemoryClient;
  const last = () => client.frames.at(-1);
  beforeEach(() => {
    client = lab.connect(alice);
  });

  it.each<[string, string, { readonly id: unknown; readonly code: number }]>([
    ["no JSON", "{", { id: null, code: -32700 }],
    ["nothing", "", { id: null, code: -32700 }],
    ["an empty array", "[]", { id: null, code: -32600 }],
    ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"meta.ping"}]', { id: null, code: -32600 }],
    ["a number", "7", { id: null, code: -32600 }],
    ["no method", '{"jsonrpc":"2.0","id":1}', { id: 1, code: -32600 }],
    ["another version", '{"jsonrpc":"1.0","id":1,"method":"meta.ping"}', { id: 1, code: -32600 }],
    ["an object as id", '{"jsonrpc":"2.0","id":{},"method":"meta.ping"}', { id: null, code: -32600 }],
    ["an id beyond numbers", '{"jsonrpc":"2.0","id":1e999,"method":"meta.ping"}', { id: null, code: -32600 }],
    ["params as a list", '{"jsonrpc":"2.0","id":1,"method":"message.send","params":[]}', { id: 1, code: -32602 }],
    ["an unknown method", '{"jsonrpc":"2.0","id":1,"method":"nope"}', { id: 1, code: -32601 }],
    ["an inherited name", '{"jsonrpc":"2.0","id":1,"method":"constructor"}', { id: 1, code: -32601 }],
    ["__proto__", '{"jsonrpc":"2.0","id":1,"method":"__proto__"}', { id: 1, code: -32601 }],
    [
      "a frame that is too long",
      `{"jsonrpc":"2.0","id":"x","method":"meta.ping","params":{"x":"${"y".repeat(1_200_000)}"}}`,
      { id: "x", code: -32600 },
    ],
  ])("answers %s with an error and goes on", (_, text, { id, code }) => {
    client.raw(text);
    expect(last()).toEqual({ jsonrpc: "2.0", id, error: { code, message: expect.any(String) } });
    expect(client.call("meta.ping").result).toBeDefined();
  });

  it("answers a binary frame with an error", () => {
    client.raw(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"meta.ping"}'));
    expect(last()).toMatchObject({ id: null, error: { code: -32600 } });
  });

  it.each([["x"], [""], [7], [0], [-1], [1.5], [null]])("gives the id %j back as it came", (id) => {
    client.raw(JSON.stringify({ jsonrpc: "2.0", id, method: "meta.ping" }));
    expect(last()).toMatchObject({ id, result: { pong: true } });
  });

  it("does not answer notifications, good or bad", () => {
    const before = client.frames.length;
    for (const method of ["meta.ping", "nope", "message.send"])
      client.raw(JSON.stringify({ jsonrpc: "2.0", method, params: {} }));
    client.raw(JSON.stringify({ jsonrpc: "2.0", method: "meta.ping", params: [] }));
    expect(client.frames.length).toBe(before);
  });

  it("survives what nests deeper than JSON can be written", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    client.raw(`{"jsonrpc":"2.0","id":"deep","method":"message.send","params":{"to":"${alice}","payload":${deep}}}`);
    expect(last()).toMatchObject({ id: "deep", error: { code: -32603 } });
    expect(client.call("message.pull", { after_seq: 0 }).result).toMatchObject({ count: 0, latest_seq: 0 });
  });

  it("refuses requests beyond a rate, when one is set", async () => {
    const limited = gatewayLab({ limits: { requestsPerMinute: 3 } });
    const aid = await limited.enrol("alice");
    const busy = limited.connect(aid);
    const codes = () => Array.from({ length: 4 }, () => busy.call("meta.ping").code);
    expect(codes()).toEqual([undefined, undefined, -32429, -32429]);
    limited.clock.advance(60);
    expect(codes()).toEqual([undefined, undefined, undefined, -32429]);
  });

  it("cuts off a client that does not read", async () => {
    let waiting = 0;
    let code: number | undefined;
    const frames: string[] = [];
    const session = lab.gateway.open({
      send: (text) => frames.push(text),
      close: (given) => {
        code = given;
      },
      waitingBytes: () => waiting,
    });
    waiting = 64 * 1024 * 1024;
    session?.receive('{"jsonrpc":"2.0","id":1,"method":"meta.ping"}');
    expect(code).toBe(1013);
  });
});

describe("meta", () => {
  it("tells the connection's own state and the roots", () => {
    const connectedAt = lab.clock.now() + 10;
    const client = lab.connect(alice);
    expect(client.call("meta.status", { aid: "bobby.a.test" }).result).toEqual({
      mode: "gateway",
      aid: alice,
      role: "agent",
      connected_at: connectedAt,
      protocol_version: "1.0",
    });
    expect(client.call("meta.trust_roots").result).toMatchObject({
      version: 1,
      root_cas: [{ certificate: lab.gateway.auth.rootCertificate }],
    });
  });
});
