import { beforeEach, describe, expect, it } from "vitest";
import { type GatewayLab, gatewayLab, inner, type MemoryClient } from "../testing/gateway-lab.ts";

let lab: GatewayLab;
let alice: string;

beforeEach(async () => {
  lab = gatewayLab();
  alice = await lab.enrol("alice");
});

function attempt(change: (params: Record<string, unknown>) => void, client: MemoryClient = lab.open()) {
  const params: Record<string, unknown> = { ...lab.connecting(client, alice) };
  change(params);
  return { ...client.call("auth.connect", params), client };
}

describe("auth.connect", () => {
  it("tells version, time, identity, connection, capabilities and a token at the first use of a login", () => {
    const client = lab.open();
    const params = lab.connecting(client, alice, { slot: "s1" });
    const { result = {} } = client.call("auth.connect", params);
    expect(result).toMatchObject({
      status: "ok",
      protocol: "1.0",
      server_time: lab.clock.now() / 1000,
      authenticated: true,
      identity: { aid: alice, role: "agent" },
      connection: { device_id: "d1", kind: "long" },
      trust_level: "low",
      token: expect.stringMatching(/^e.*\..*\./),
    });
    client.drop();
    const again = lab.open();
    const second = again.call("auth.connect", { ...params, nonce: again.nonce });
    expect(second.result).toMatchObject({ status: "ok" });
    expect(second.result).not.toHaveProperty("token");
    expect(inner(second.result ?? {}, "connection")["id"]).not.toBe(inner(result, "connection")["id"]);
  });

  it("takes the token of its own result", () => {
    const first = lab.open();
    const { result = {} } = first.call("auth.connect", lab.connecting(first, alice, { slot: "s1" }));
    const next = attempt((params) => {
      params["auth"] = { method: "kite_token", token: result["token"] };
      params["client"] = { slot_id: "s2" };
    });
    expect(next.result).toMatchObject({ identity: { aid: alice } });
  });

  it.each<[string, number, (params: Record<string, unknown>) => void]>([
    ["no nonce", 4000, (params) => delete params["nonce"]],
    ["an empty nonce", 4000, (params) => Object.assign(params, { nonce: "" })],
    ["a wrong nonce", 4010, (params) => Object.assign(params, { nonce: "wrong" })],
    ["another connection's nonce", 4010, (params) => Object.assign(params, { nonce: lab.open().nonce })],
    ["no auth", 4000, (params) => delete params["auth"]],
    ["no method", 4000, (params) => Object.assign(params, { auth: {} })],
    ["an unknown method", 4000, (params) => Object.assign(params, { auth: { method: "magic" } })],
    ["no token", 4000, (params) => Object.assign(params, { auth: { method: "kite_token" } })],
    ["a wrong token", 4001, (params) => Object.assign(params, { auth: { method: "kite_token", token: "garbage" } })],
    ["no code", 4000, (params) => Object.assign(params, { auth: { method: "pairing_code" } })],
    ["a wrong code", 4001, (params) => Object.assign(params, { auth: { method: "pairing_code", code: "x" } })],
    ["method aid without anything", 4000, (params) => Object.assign(params, { auth: { method: "aid" } })],
    ["a reversed range", 4000, (params) => Object.assign(params, { protocol: { min: "2.0", max: "1.0" } })],
    ["no version", 4000, (params) => Object.assign(params, { protocol: { min: "one", max: "two" } })],
    ["a slot without a device", 4000, (params) => Object.assign(params, { device: {}, client: { slot_id: "s" } })],
    ["a slot that is no name", 4000, (params) => Object.assign(params, { client: { slot_id: "a\nb" } })],
    ["a device that is no name", 4000, (params) => Object.assign(params, { device: { id: "x".repeat(200) } })],
    ["an unknown mode", 4000, (params) => Object.assign(params, { delivery_mode: { mode: "broadcast" } })],
    [
      "an unknown routing",
      4000,
      (params) => Object.assign(params, { delivery_mode: { mode: "queue", routing: "random" } }),
    ],
    ["an unknown kind", 4000, (params) => Object.assign(params, { options: { kind: "medium" } })],
    ["client as text", 4000, (params) => Object.assign(params, { client: "text" })],
  ])("refuses %s with %d and keeps socket and nonce", (_, code, change) => {
    const refused = attempt(change);
    expect(refused.code).toBe(code);
    expect(refused.client.closed).toBeUndefined();
    expect(refused.client.call("meta.ping").code).toBe(-32013);
    expect(refused.client.call("auth.connect", lab.connecting(refused.client, alice)).result).toMatchObject({
      status: "ok",
    });
  });

  it("refuses a second auth.connect on the same connection", () => {
    const client = lab.connect(alice);
    expect(client.call("auth.connect", lab.connecting(client, alice, { slot: "other" })).code).toBe(4010);
    expect(client.call("meta.ping").result).toMatchObject({ pong: true });
  });

  it.each([
    [{ min: "1.0", max: "9.9" }],
    [{ min: "0.90", max: "1.10" }],
    [{ min: "0.1", max: "1.0" }],
    [{}],
    [undefined],
  ])("chooses 1.0 from %o", (protocol) => {
    expect(attempt((params) => Object.assign(params, { protocol })).result).toMatchObject({ protocol: "1.0" });
  });

  it.each([[{ min: "9.0", max: "9.9" }], [{ min: "0.1", max: "0.2" }]])(
    "closes for %o, telling both ranges",
    (protocol) => {
      const { code, data, client } = attempt((params) => Object.assign(params, { protocol }));
      expect(code).toBe(-32000);
      expect(data).toEqual({ server_range: { min: "1.0", max: "1.0" }, client_range: protocol });
      expect(client.closed?.code).toBe(1002);
    },
  );

  it("tolerates unknown members and what the public SDKs send", () => {
    const { result } = attempt((params) =>
      Object.assign(params, { client: { slot_id: "default", sdk_lang: "typescript" }, future: { x: 1 } }),
    );
    expect(result).toMatchObject({ status: "ok" });
  });

  it("pairs by a code, once", () => {
    const code = lab.gateway.pair(alice);
    const auth = { method: "pairing_code", code };
    expect(attempt((params) => Object.assign(params, { auth })).result).toMatchObject({ identity: { aid: alice } });
    expect(attempt((params) => Object.assign(params, { auth })).code).toBe(4001);
    const late = { method: "pairing_code", code: lab.gateway.pair(alice) };
    lab.clock.advance(601);
    expect(attempt((params) => Object.assign(params, { auth: late })).code).toBe(4001);
  });

  it("lets nobody choose an identity", () => {
    const token = lab.gateway.auth.issueToken(alice);
    const auth = { method: "kite_token", token, aid: "bobby.a.test" };
    const { result } = attempt((params) => Object.assign(params, { auth, aid: "bobby.a.test" }));
    expect(result).toMatchObject({ identity: { aid: alice } });
  });
});
