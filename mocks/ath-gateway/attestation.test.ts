import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { agentKeys, signed } from "./testing/identity-host.ts";
import { type Answer, type Change, type Lab, publish, startLab, type TestAgent } from "./testing/lab.ts";

/** Ample for a document that comes; for one that does not, the test moves the timers. */
const documentTimeoutMs = 60_000;

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ limits: { identity_timeout_ms: documentTimeoutMs } });
});
afterAll(() => lab.close());

const code = ({ status, body }: Answer) => `${status} ${String(body["code"] ?? "")}`.trim();
const refused = "401 INVALID_ATTESTATION";
const now = () => Math.floor(lab.clock.now() / 1000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function payload(agent: TestAgent, change: Change = {}): Change {
  return JSON.parse(Buffer.from(lab.attest(agent, change).split(".")[1] ?? "", "base64url").toString());
}

const forgeries: Record<string, (agent: TestAgent) => string> = {
  "another key": (agent) => lab.attest(agent, {}, {}, agentKeys()),
  "a changed payload": (agent) => {
    const [header, , signature] = lab.attest(agent).split(".");
    return `${header}.${part(payload(agent, { exp: now() + 7200 }))}.${signature}`;
  },
  "no signature": (agent) => lab.attest(agent).replace(/[^.]*$/, ""),
  "alg none": (agent) => `${part({ alg: "none" })}.${part(payload(agent))}.`,
  "alg nOnE": (agent) => `${part({ alg: "nOnE" })}.${part(payload(agent))}.`,
  "HMAC keyed with the public key": (agent) => {
    const input = `${part({ alg: "HS256" })}.${part(payload(agent))}`;
    const pem = agent.keys.publicKey.export({ format: "pem", type: "spki" });
    return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
  },
  "an embedded jwk": (agent) => {
    const keys = agentKeys();
    return lab.attest(agent, {}, { jwk: keys.publicKey.export({ format: "jwk" }) }, keys);
  },
  "an issuer of its own": (agent) => {
    const attacker = lab.agent();
    return lab.attest(agent, { iss: attacker.id }, {}, attacker.keys);
  },
  "a critical header": (agent) => lab.attest(agent, {}, { crit: ["exp"] }),
  "an expiry in the past": (agent) => lab.attest(agent, { exp: now() - 600 }),
  "an issue time 6 minutes ago": (agent) => lab.attest(agent, { iat: now() - 360 }),
  "an issue time in 6 minutes": (agent) => lab.attest(agent, { iat: now() + 360, exp: now() + 3600 }),
  "another audience": (agent) => lab.attest(agent, { aud: "https://other.example" }),
  "a lookalike audience": (agent) => lab.attest(agent, { aud: `${lab.url}.evil.example` }),
  "the token endpoint's audience": (agent) => lab.attest(agent, { aud: `${lab.url}/ath/token` }),
  "claims of wrong types": (agent) => lab.attest(agent, { iat: "now", jti: 7 }),
  "no JWT at all": () => "not.a.jwt",
};

describe("an attestation", () => {
  it.each(Object.keys(forgeries))("with %s is refused", async (name) => {
    const agent = lab.agent();
    const attestation = forgeries[name]?.(agent);
    expect(code(await lab.register(agent, { agent_attestation: attestation }))).toBe(refused);
    // Nothing was registered, and the agent itself still can be.
    expect(code(await lab.register(agent))).toBe("201");
  });

  it.each(["iss", "sub", "aud", "iat", "exp", "jti"])("without %s is refused", async (claim) => {
    const agent = lab.agent();
    const attestation = lab.attest(agent, { [claim]: undefined });
    expect(code(await lab.register(agent, { agent_attestation: attestation }))).toBe(refused);
  });

  it.each([
    ["issued 4 minutes ago", () => ({ iat: now() - 240 })],
    ["issued in 4 minutes", () => ({ iat: now() + 240 })],
    ["with a trailing slash at aud", () => ({ aud: `${lab.url}/` })],
    ["with several audiences", () => ({ aud: ["https://other.example", lab.url] })],
    ["issued by the agent's origin", () => ({ iss: lab.hosts.server.url })],
  ])("%s is accepted", async (_, claims) => {
    const agent = lab.agent();
    expect(code(await lab.register(agent, { agent_attestation: lab.attest(agent, claims()) }))).toBe("201");
  });

  it("is good for one use over all endpoints, also when two come at once", async () => {
    const agent = lab.agent();
    const used = lab.attest(agent);
    const { body } = await lab.register(agent, { agent_attestation: used });
    const known = { ...agent, clientId: String(body["client_id"]), clientSecret: String(body["client_secret"]) };
    expect(code(await lab.authorize(known, { agent_attestation: used }))).toBe(refused);
    const { jti } = payload(agent, { jti: "mine" });
    expect(code(await lab.authorize(known, { agent_attestation: lab.attest(agent, { jti }) }))).toBe("200");
    expect(code(await lab.authorize(known, { agent_attestation: lab.attest(agent, { jti, exp: now() + 60 }) }))).toBe(
      refused,
    );
    const twice = lab.attest(agent);
    const both = await Promise.all([1, 2].map(() => lab.authorize(known, { agent_attestation: twice })));
    expect(both.map(code).sort()).toEqual(["200", refused]);
  });

  it("is of the agent that uses it", async () => {
    const [agent, other] = [await lab.registered(), await lab.registered()];
    const fresh = lab.agent();
    expect(code(await lab.register(fresh, { agent_attestation: lab.attest(other) }))).toBe(
      "403 AGENT_IDENTITY_MISMATCH",
    );
    expect(code(await lab.authorize(agent, { agent_attestation: lab.attest(other) }))).toBe(
      "403 AGENT_IDENTITY_MISMATCH",
    );
  });

  it.each([["a JWK"], ["a PEM"]])("verifies under %s", async (form) => {
    const agent = lab.agent();
    const pem = agent.keys.publicKey.export({ format: "pem", type: "spki" }).toString();
    if (form === "a PEM") publish(lab.hosts, agent, { public_key: pem });
    expect(code(await lab.register(agent, { agent_attestation: lab.attest(agent, {}, { typ: "JWT" }) }))).toBe("201");
  });
});

describe("an identity document", () => {
  it.each([
    ["of another agent", { agent_id: "https://other.example/agent.json" }],
    ["without agent_id", { agent_id: undefined }],
    ["without a readable key", { public_key: "no key" }],
    ["with an RSA key's shape", { public_key: { kty: "RSA", n: "x", e: "AQAB" } }],
  ])("%s verifies nothing", async (_, change) => {
    const agent = lab.agent();
    publish(lab.hosts, agent, change);
    expect(code(await lab.register(agent))).toBe(refused);
  });

  const useless: Record<string, () => Response> = {
    "that is too large": () => new Response(`{"padding":"${"x".repeat(70_000)}"}`),
    "that is no JSON": () => new Response("<html>"),
    "that is JSON null": () => new Response("null"),
    "that redirects": () => new Response(null, { status: 302, headers: { location: lab.hosts.server.url } }),
    "that is not there": () => new Response("{}", { status: 404 }),
  };
  it.each(Object.keys(useless))("%s leads to a refusal", async (name) => {
    const agent = lab.agent();
    const answer = useless[name];
    if (answer === undefined) throw new Error(name);
    lab.hosts.publish(new URL(agent.id).pathname, answer);
    expect(code(await lab.register(agent))).toBe(refused);
  });

  const dripEveryMs = documentTimeoutMs / 10;
  const endless: Record<string, () => Response | Promise<Response>> = {
    "that never answers": () => new Promise(() => {}),
    "that drips": () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, dripEveryMs));
            controller.enqueue(new Uint8Array([32]));
          },
        }),
      ),
  };
  it.each(Object.keys(endless))(
    "%s leads to a refusal when its time is over, and others are served meanwhile",
    async (name) => {
      // The timers of the gateway and of the host; sockets have their own.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      const agent = lab.agent();
      const asked = new Promise<void>((resolve) => {
        lab.hosts.publish(new URL(agent.id).pathname, () => {
          resolve();
          return endless[name]?.() ?? new Response();
        });
      });
      let isOver = false;
      const slow = lab.register(agent).finally(() => {
        isOver = true;
      });
      await asked;
      expect(code(await lab.register(lab.agent()))).toBe("201");
      for (let time = dripEveryMs; time <= documentTimeoutMs; time += dripEveryMs) {
        expect(isOver).toBe(false);
        vi.advanceTimersByTime(dripEveryMs);
        // A round trip, in which a drop arrives.
        await lab.authorize(agent);
      }
      expect(code(await slow)).toBe(refused);
    },
  );

  it("on a closed port leads to a refusal", async () => {
    const agent = { ...lab.agent(), id: "http://127.0.0.1:1/agent.json" };
    expect(code(await lab.register(agent))).toBe(refused);
  });

  it("is kept for 5 minutes at most; a new key works at once, and the old one dies with the cache", async () => {
    const agent = await lab.registered();
    const { pathname } = new URL(agent.id);
    await lab.authorize(agent);
    expect(lab.hosts.fetches(pathname)).toBe(1);
    const rotated = { ...agent, keys: agentKeys() };
    publish(lab.hosts, rotated);
    expect(code(await lab.authorize(agent))).toBe("200");
    lab.clock.advance(301);
    expect(code(await lab.authorize(agent))).toBe(refused);
    expect(code(await lab.authorize(rotated))).toBe("200");
    const again = { ...agent, keys: agentKeys() };
    publish(lab.hosts, again);
    lab.clock.advance(61);
    expect(code(await lab.authorize(again))).toBe("200");
  });

  it("is fetched past the cache once a minute at most, by one fetch for all", async () => {
    const agent = await lab.registered();
    const { pathname } = new URL(agent.id);
    const forged = () => lab.authorize(agent, { agent_attestation: lab.attest(agent, {}, {}, agentKeys()) });
    for (let attempt = 0; attempt < 5; attempt += 1) expect(code(await forged())).toBe(refused);
    await Promise.all([forged(), forged(), forged()]);
    expect(lab.hosts.fetches(pathname)).toBe(2);
    lab.clock.advance(60);
    await forged();
    await forged();
    expect(lab.hosts.fetches(pathname)).toBe(3);
  });

  it("is fetched once by calls that come at once", async () => {
    const agent = lab.agent();
    const { pathname } = new URL(agent.id);
    const answers = await Promise.all([lab.register(agent), lab.register(agent), lab.register(agent)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(lab.hosts.fetches(pathname)).toBe(1);
  });
});

it("signs with the hand-made signer what the gateway accepts, or the refusals above prove nothing", async () => {
  const agent = lab.agent();
  const good = signed({ alg: "ES256" }, payload(agent), agent.keys.privateKey);
  expect(code(await lab.register(agent, { agent_attestation: good }))).toBe("201");
});
