import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import type { Connection, Handshake } from "../drivers/handshake/agent.ts";
import { signJwt, tamperJwt } from "../drivers/handshake/jwt.ts";
import { newHandshakeKey, readPublicKey } from "../drivers/handshake/keys.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Json } from "../engine/json.ts";
import { completion } from "./completion.ts";
import { readToken, scopesOf } from "./shared/access-token.ts";
import { garbageKeys, identityPointKey, offCurveKey, wrongCurveKeys } from "./shared/exchange-keys.ts";

const issued = (members: Readonly<Record<string, Json>> = {}, token = "1") =>
  made({ purpose: "handshake-complete", json: { access_token: `‹ath-token:00000000000${token}:43›`, ...members } });
const refused = (status = 409) => made({ purpose: "handshake-complete", status, json: { code: "NO", message: "no" } });

describe("the access token", () => {
  const claims = { sub: "did:a", user_did: "did:u", scopes: ["x"], iat: 100, exp: 160, jti: "j" };
  const facts = { agent: "did:a", user: "did:u", scopes: ["x"], ttl: 60 };
  const verdictOn = (bent: Readonly<Record<string, Json>>) =>
    judged(
      completion,
      "HS-19.claims",
      evidenceOf({ subject: [issued()] }, { ...facts, claims: { ...claims, ...bent } }),
    );
  it.each<[string, Readonly<Record<string, Json>>, string]>([
    ["all right", {}, "pass"],
    ["the agent under another name", { sub: "did:u", client_did: "did:a" }, "pass"],
    ["scopes as one text", { scopes: null, scope: "x" }, "pass"],
    ["another agent", { sub: "did:b" }, "violated wrong-agent"],
    ["no user", { user_did: null }, "violated wrong-user"],
    ["a scope more", { scopes: ["x", "y"] }, "violated wrong-scopes"],
    ["no scopes", { scopes: null }, "violated wrong-scopes"],
    ["a longer life", { exp: 200 }, "violated wrong-lifetime"],
    ["no end", { exp: null }, "violated wrong-lifetime"],
  ])("%s", (_, bent, verdict) => {
    expect(verdictOn(bent)).toBe(verdict);
  });

  it.each<[string, string, Readonly<Record<string, Json>>, string]>([
    ["HS-19.signature", "verifies", { signatureValid: true, claims }, "pass"],
    ["HS-19.signature", "does not", { signatureValid: false, claims }, "violated signature-invalid"],
    ["HS-19.signature", "is no JWT", { signatureValid: false, claims: null }, "violated signature-invalid"],
    ["HS-19.claims", "is no JWT", { ...facts, claims: null }, "not-tested no-token"],
    ["HS-24.lifetime", "an hour", { claims: { ...claims, exp: 3700 } }, "pass"],
    ["HS-24.lifetime", "more", { claims: { ...claims, exp: 3701 } }, "violated too-long"],
    ["HS-24.lifetime", "for ever", { claims: { jti: "j" } }, "violated too-long"],
  ])("%s: %s", (id, _, given, verdict) => {
    expect(judged(completion, id, evidenceOf({ subject: [issued()] }, given))).toBe(verdict);
  });

  it.each([
    ["two of each", issued({}, "1"), issued({}, "2"), ["a", "b"], "pass"],
    ["one jti", issued({}, "1"), issued({}, "2"), ["a", "a"], "violated repeated"],
    ["no jti", issued({}, "1"), issued({}, "2"), [null, null], "violated repeated"],
    ["one token", issued({}, "1"), issued({}, "1"), ["a", "b"], "violated repeated"],
    ["one refused", issued({}, "1"), refused(), ["a", "b"], "not-tested no-token"],
  ])("unique: %s", (_, one, other, jtis, verdict) => {
    expect(judged(completion, "HS-19.unique", evidenceOf({ subject: [one, other] }, { jtis }))).toBe(verdict);
  });
});

describe("readToken", () => {
  const key = newHandshakeKey("ES256", "raw");
  const connectionWith = (token: string, serverKey = key.publicPem): Connection => {
    const exchange = issued();
    const reply: Reply = { exchange, status: 200, json: {}, bytes: Buffer.alloc(0), granted: true };
    const never = () => Promise.reject(new Error("nothing is sent here"));
    const handshake: Handshake = {
      agent: {
        did: "did:a",
        key,
        hello: never,
        opened: never,
        proven: never,
        granted: never,
        connected: never,
        connection: () => undefined,
        call: never,
        confirmations: () => [],
      },
      reply,
      nonce: "n",
      offer: {
        handshakeId: "h",
        serverDid: "did:s",
        serverKey,
        version: "0.1",
        capabilities: [],
        nonce: "m",
        signature: "",
      },
      serverSigned: true,
      prove: never,
      request: never,
      complete: never,
    };
    return { token, handshake, reply, scopeReply: reply, scopes: [], ttlS: 60 };
  };
  const token = signJwt({ claims: { sub: "did:a" }, signer: key });
  it.each([
    ["a right one", token, true],
    ["changed afterwards", tamperJwt(token, { sub: "did:b" }), false],
    ["alg none", signJwt({ claims: {}, signer: "none" }), false],
    ["an HMAC with the public key", signJwt({ claims: {}, signer: { hmac: key.publicPem } }), false],
    ["another key", signJwt({ claims: {}, signer: newHandshakeKey("ES256", "raw") }), false],
    ["another algorithm in the header", signJwt({ header: { alg: "ES384" }, claims: {}, signer: key }), false],
    ["no token", "nothing", false],
  ])("%s", (_, given, valid) => {
    expect(readToken(connectionWith(given)).signatureValid).toBe(valid);
  });

  it("says no to a key it cannot read", () => {
    expect(readToken(connectionWith(token, "no key")).signatureValid).toBe(false);
  });

  it("reads the scopes in both forms", () => {
    expect(scopesOf({ scopes: ["a", "b"] })).toEqual(["a", "b"]);
    expect(scopesOf({ scope: "a b " })).toEqual(["a", "b"]);
    expect(scopesOf({ scopes: 5 })).toBeUndefined();
  });
});

describe("the key exchange", () => {
  const p256 = () =>
    generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "pem", type: "spki" }).toString();
  const [one, other] = [p256(), p256()];
  const withKey = (key_exchange_params: string, token?: string) => issued({ key_exchange_params }, token);
  it.each([
    ["HS-20.real-ecdh", [withKey(one)], "pass"],
    ["HS-20.real-ecdh", [withKey("garbage")], "violated invalid-key"],
    ["HS-20.real-ecdh", [withKey(wrongCurveKeys()[0] ?? "")], "violated invalid-key"],
    ["HS-20.real-ecdh", [withKey(offCurveKey())], "violated invalid-key"],
    ["HS-20.real-ecdh", [issued()], "violated invalid-key"],
    ["HS-20.fresh", [withKey(one), withKey(other)], "pass"],
    ["HS-20.fresh", [withKey(one), withKey(one)], "violated repeated"],
    ["HS-20.fresh", [withKey(one), issued()], "not-tested no-key"],
  ])("%s", (id, subject, verdict) => {
    expect(judged(completion, id, evidenceOf({ subject }))).toBe(verdict);
  });

  it.each([
    ["refused", refused(400), "pass"],
    ["accepted", issued(), "violated accepted"],
    ["a crash", refused(500), "violated server-error"],
  ])("a bad key: %s", (_, attempt, verdict) => {
    expect(judged(completion, "HS-20.off-curve", evidenceOf({ control: [issued()], attempt: [attempt] }))).toBe(
      verdict,
    );
  });

  it("sends keys of which none is a key on P-256", () => {
    for (const pem of [offCurveKey(), identityPointKey(), ...garbageKeys]) expect(readPublicKey(pem)).toBeUndefined();
    for (const pem of wrongCurveKeys())
      expect(createPublicKey(pem).asymmetricKeyDetails?.namedCurve).not.toBe("prime256v1");
  });

  it("gives no verdict on nothing", () => {
    for (const { id } of completion.checks) expect(judged(completion, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});
