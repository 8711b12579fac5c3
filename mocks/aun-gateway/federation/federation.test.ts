import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { JsonObject } from "../../ath/json.ts";
import { shiftableClock } from "../../core/clock.ts";
import { serve } from "../../core/node-server.ts";
import { createAunGateway } from "../gateway.ts";
import { agentKeys } from "../testing/auth-client.ts";
import { frameOf, inner } from "../testing/gateway-lab.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** Two gateways that know each other, on loopback. */
async function twoDomains() {
  const domains = ["a.test", "b.test", "c.test"];
  const urls: Record<string, string> = {};
  /** c.test is known to nobody. */
  const peersOf = (issuer: string) =>
    Object.fromEntries(["a.test", "b.test"].filter((one) => one !== issuer).map((one) => [one, urls[one] ?? ""]));
  // The ports are known only when the servers listen, so the gateways are made behind them.
  const start = async (issuer: string) => {
    let gateway: ReturnType<typeof createAunGateway> | undefined;
    const server = await serve(
      async (request) => (await gateway?.handler(request)) ?? new Response(null, { status: 503 }),
      {
        upgrade: (request, socket, head) => gateway?.upgrade(request, socket, head),
      },
    );
    open.push(server);
    urls[issuer] = `${server.url.replace("http", "ws")}/aun`;
    return () => {
      const clock = shiftableClock();
      gateway = createAunGateway({ issuer, clock, gatewayUrl: () => urls[issuer] ?? "", peers: peersOf(issuer) });
      open.push(gateway);
      return { gateway, clock, url: urls[issuer] ?? "", issuer };
    };
  };
  const makers = await Promise.all(domains.map(start));
  const [a, b, c] = makers.map((make) => make());
  if (a === undefined || b === undefined || c === undefined) throw new Error("three domains were asked for");
  return { a, b, c };
}

type Domain = Awaited<ReturnType<typeof twoDomains>>["a"];

async function client({ gateway, url, issuer }: Domain, name: string) {
  const aid = `${name}.${issuer}`;
  await gateway.auth.methods.get("auth.create_aid")?.({
    params: { aid, public_key: agentKeys().publicKey },
    session: { connectionId: "" },
  });
  const raw = await rawClient(url);
  await raw.call("auth.connect", {
    nonce: raw.nonce,
    auth: { method: "kite_token", token: gateway.auth.issueToken(aid) },
    device: { id: "d" },
  });
  return { ...raw, aid };
}

async function rawClient(url: string) {
  const socket = new WebSocket(url);
  open.push({ close: () => socket.terminate() });
  const frames: JsonObject[] = [];
  let wake = () => {};
  let closed: number | undefined;
  socket.on("message", (data: Buffer) => {
    frames.push(frameOf(data.toString()));
    wake();
  });
  socket.on("close", (code) => {
    closed = code;
    wake();
  });
  const until = async (wanted: (frame: JsonObject) => boolean): Promise<JsonObject> => {
    for (;;) {
      const found = frames.find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let count = 0;
  const call = (method: string, params: JsonObject) => {
    count += 1;
    const id = `c${count}`;
    socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return until((frame) => frame["id"] === id);
  };
  const challenge = await until(({ method }) => method === "challenge");
  const event = async (at = 1) => {
    const isEvent = ({ method }: JsonObject) => method === "event/message.received";
    await until(() => frames.filter(isEvent).length >= at);
    return frames.filter(isEvent).map((frame) => inner(frame, "params"));
  };
  return {
    call,
    event,
    until,
    nonce: inner(challenge, "params")["nonce"],
    closedCode: async () => {
      while (closed === undefined)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return closed;
    },
  };
}

describe("two gateways", () => {
  it("relay messages both ways, in order, over one long connection each, and ask who is online", async () => {
    const { a, b } = await twoDomains();
    const alice = await client(a, "alice");
    const bobby = await client(b, "bobby");
    for (let at = 1; at <= 20; at += 1) {
      const { result } = await alice.call("message.send", { to: bobby.aid, payload: at });
      expect(result).toMatchObject({
        seq: at,
        status: "delivered",
        delivery_mode: "fanout",
        cross_domain: true,
        target_issuer: "b.test",
      });
    }
    const events = await bobby.event(20);
    expect(events.map(({ from, to, payload }) => ({ from, to, payload }))).toEqual(
      Array.from({ length: 20 }, (_, at) => ({ from: "alice.a.test", to: "bobby.b.test", payload: at + 1 })),
    );
    expect(b.gateway.openSessions()).toBe(2);
    await bobby.call("message.send", { to: alice.aid, payload: "back" });
    expect(await alice.event()).toMatchObject([{ from: "bobby.b.test", payload: "back" }]);
    expect(a.gateway.peers()).toMatchObject([{ issuer: "b.test", state: "up" }]);
    const aids = [alice.aid, bobby.aid, "nobody.b.test", "carol.c.test"];
    expect((await alice.call("message.query_online", { aids }))["result"]).toEqual({
      online: { [alice.aid]: true, [bobby.aid]: true, "nobody.b.test": false, "carol.c.test": false },
    });
  });

  it("tell what cannot be reached, and come together again after a break", async () => {
    const { a, b } = await twoDomains();
    const alice = await client(a, "alice");
    const bobby = await client(b, "bobby");
    expect(await alice.call("message.send", { to: "x.c.test", payload: 1 })).toMatchObject({ error: { code: -32010 } });
    expect(await alice.call("message.send", { to: "nobody.b.test", payload: 1 })).toMatchObject({
      error: { code: -32603 },
    });
    expect(await alice.call("message.send", { to: alice.aid, payload: 1 })).toMatchObject({
      result: { status: "delivered" },
    });
    b.gateway.reset();
    await expect.poll(() => a.gateway.peers()[0]?.state).toBe("down");
    const again = await client(b, "bobby");
    expect(await alice.call("message.send", { to: bobby.aid, payload: 2 })).toMatchObject({
      result: { status: "delivered" },
    });
    expect(await again.event()).toMatchObject([{ payload: 2 }]);
  });

  it("keep their link although no AID ever connects on it", async () => {
    const { a, b } = await twoDomains();
    const alice = await client(a, "alice");
    const bobby = await client(b, "bobby");
    await alice.call("message.send", { to: bobby.aid, payload: 1 });
    b.clock.advance(120);
    a.clock.advance(120);
    await alice.call("message.send", { to: bobby.aid, payload: 2 });
    expect(a.gateway.peers()).toMatchObject([{ state: "up" }]);
  });
});

describe("a gateway that greets", () => {
  const hello = async (to: Domain, as: string, signer: Domain, text?: string) => {
    const raw = await rawClient(to.url);
    const signed = text ?? `federation.hello|${as}|${to.issuer}|${raw.nonce}`;
    const answer = await raw.call("federation.hello", {
      issuer: as,
      signature: signer.gateway.auth.signAsIssuer(signed),
    });
    return { raw, answer };
  };

  it("may relay for its own domain only", async () => {
    const { a, b } = await twoDomains();
    const bobby = await client(b, "bobby");
    const { raw, answer } = await hello(b, "a.test", a);
    expect(answer).toMatchObject({ result: { status: "ok", issuer: "b.test" } });
    const relay = (from: string, method = "message.send") =>
      raw.call("federation.relay", { method, params: { from, to: bobby.aid, payload: 1 } });
    expect(await relay("alice.a.test")).toMatchObject({ result: { status: "delivered" } });
    for (const from of ["alice.b.test", "alice.c.test", "alice", ""])
      expect(await relay(from)).toMatchObject({ error: { code: -32012 } });
    expect(await relay("alice.a.test", "message.recall")).toMatchObject({ error: { code: -32012 } });
    expect(await raw.call("message.pull", {})).toMatchObject({ error: { code: -32013 } });
    b.gateway.board.activate({ id: "A142.speaks-for-anybody" });
    expect(await relay("alice.c.test")).toMatchObject({ result: { status: "delivered" } });
  });

  it("must prove its domain, for this connection", async () => {
    const { a, b, c } = await twoDomains();
    const attempts = [
      await hello(b, "c.test", c),
      await hello(b, "a.test", c),
      await hello(b, "a.test", a, "federation.hello|a.test|b.test|another-nonce"),
      await hello(b, "", a),
    ];
    for (const { raw, answer } of attempts) {
      expect(answer).toMatchObject({ error: { code: -32012 } });
      expect(await raw.closedCode()).toBe(4011);
    }
    b.gateway.board.activate({ id: "A142.hello-unverified" });
    expect((await hello(b, "a.test", c)).answer).toMatchObject({ result: { status: "ok" } });
  });
});
