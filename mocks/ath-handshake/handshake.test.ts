import { createPublicKey, diffieHellman, hkdfSync } from "node:crypto";
import { importSPKI, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { bytesVerify } from "./signatures.ts";
import { type KeyKind, pair, startLab, text } from "./testing/lab.ts";

const bindings = [
  { correlation: "body", signature: "raw" },
  { correlation: "header", signature: "raw" },
  { correlation: "cookie", signature: "raw" },
  { correlation: "body", signature: "der", path: "/handshakes" },
] as const;

describe.each(bindings)("with the binding %j", (binding) => {
  it.each<KeyKind>(["ES256", "EdDSA"])("an agent with a key for %s goes all nine steps", async (kind) => {
    const lab = startLab({ config: { binding } });
    const handshake = await lab.hello(pair(kind));
    const { first } = handshake;
    expect(first.body).toMatchObject({
      type: "handshake_response",
      version: "1.0",
      server_did: "did:ath:gateway:mock",
    });
    const serverKey = createPublicKey(text(first, "server_pubkey"));
    const signature = Buffer.from(text(first, "signature"), "base64url");
    expect(bytesVerify(serverKey, handshake.nonceA, signature, binding.signature)).toBe(true);

    expect(await lab.prove(handshake)).toMatchObject({
      status: 200,
      body: {
        type: "identity_result",
        success: true,
        metadata: { token_max_ttl: 3600, require_user_confirmation: true },
      },
    });
    const granted = await lab.ask(handshake, ["oa:read", "finance:write", "nobody:knows"]);
    expect(granted).toMatchObject({
      status: 200,
      body: {
        type: "scope_result",
        scopes_granted: ["oa:read"],
        scopes_denied: [
          { scope: "finance:write", reason: expect.stringContaining("credential") },
          { scope: "nobody:knows", reason: expect.stringContaining("policy") },
        ],
        ttl_granted: 600,
      },
    });
    expect(lab.asked).toMatchObject([
      {
        type: "authorization_confirmation_request",
        client_did: handshake.did,
        requested_scopes: ["oa:read", "finance:write", "nobody:knows"],
      },
    ]);

    const exchange = pair();
    const completed = await lab.complete(handshake, {}, exchange);
    const token = text(completed, "access_token");
    const { payload } = await jwtVerify(token, await importSPKI(text(first, "server_pubkey"), "ES256"), {
      currentDate: new Date(lab.clock.now()),
    });
    expect(payload).toMatchObject({
      iss: "did:ath:gateway:mock",
      sub: handshake.did,
      user_did: "did:ath:user:alice",
      scopes: ["oa:read"],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);

    const gatewayKey = createPublicKey(text(completed, "key_exchange_params"));
    const secret = diffieHellman({ privateKey: exchange.privateKey, publicKey: gatewayKey });
    const key = hkdfSync("sha256", secret, handshake.nonceA + handshake.nonceB, "ath-session", 32);
    expect(lab.gateway.tokens()).toMatchObject([{ session_key_sha256: lab.digest(new Uint8Array(key)) }]);
    expect(await lab.call(token, "GET /oa/api/documents")).toMatchObject({ status: 200 });
  });
});

it("answers an agent that checks EdDSA only with a key it can check, to the token", async () => {
  const lab = startLab();
  const handshake = await lab.hello(pair("EdDSA"), { capabilities: ["EdDSA"] });
  const pem = text(handshake.first, "server_pubkey");
  expect(createPublicKey(pem).asymmetricKeyType).toBe("ed25519");
  await lab.prove(handshake);
  await lab.ask(handshake);
  const token = text(await lab.complete(handshake), "access_token");
  await jwtVerify(token, await importSPKI(pem, "EdDSA"), { currentDate: new Date(lab.clock.now()) });
  expect(await lab.call(token, "GET /oa/api/documents")).toMatchObject({ status: 200 });
});

it("takes the user's answer by POST, and the first one only", async () => {
  const lab = startLab();
  lab.userAnswers(() => undefined);
  const handshake = await lab.hello();
  await lab.prove(handshake);
  const open = lab.ask(handshake, ["oa:read", "oa:write"]);
  await expect.poll(() => lab.asked.length).toBe(1);
  const [request = {}] = lab.asked;
  const where = "/ath/handshake/confirmations";
  const forged = lab.confirmation(request, {}, lab.users.bob);
  expect(await lab.post(forged, undefined, where)).toMatchObject({ status: 403 });
  const right = lab.confirmation(request, { approved_scopes: ["oa:write"] });
  expect((await lab.post(right, undefined, where)).status).toBe(204);
  expect((await open).body).toMatchObject({ scopes_granted: ["oa:write"] });
  const denial = lab.confirmation(request, { approved: false, approved_scopes: [] });
  expect(await lab.post(denial, undefined, where)).toMatchObject({ status: 409 });
  expect((await lab.complete(handshake)).status).toBe(200);
});

it("ends the wait for a silent user by its own clock", async () => {
  const lab = startLab();
  lab.userAnswers(() => undefined);
  const handshake = await lab.hello();
  await lab.prove(handshake);
  const open = lab.ask(handshake);
  await expect.poll(() => lab.asked.length).toBe(1);
  lab.clock.advance(121);
  expect(await open).toMatchObject({ status: 408, body: { code: "CONFIRMATION_TIMEOUT" } });
  expect((await lab.complete(handshake)).status).toBe(409);
});

it("grants no longer than anything lasts that the grant comes from", async () => {
  const lab = startLab();
  lab.userAnswers((asked) => ({ approved_scopes: asked["requested_scopes"], expires_at: lab.seconds() + 90 }));
  const handshake = await lab.hello();
  await lab.prove(handshake);
  const { body } = await lab.ask(handshake, ["oa:read"], { ttl: 100_000 });
  expect(Number(body["ttl_granted"])).toBeGreaterThanOrEqual(88);
  expect(Number(body["ttl_granted"])).toBeLessThanOrEqual(90);
});
