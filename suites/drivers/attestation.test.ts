import { importSPKI, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { newAgentKey } from "./agent-key.ts";
import { signAttestation } from "./attestation.ts";

const key = newAgentKey();
const agentId = "https://agent.example/.well-known/agent.json";
const now = 1_800_000_000_500;
const make = (bend = {}) => signAttestation({ agentId, key, audience: "https://gw.example", now, bend });
const part = (jwt: string, index: number) =>
  JSON.parse(Buffer.from(jwt.split(".")[index] ?? "", "base64url").toString());

test("an attestation is a JWT that an independent library verifies", async () => {
  const options = { audience: "https://gw.example", issuer: agentId, subject: agentId, currentDate: new Date(now) };
  const { payload, protectedHeader } = await jwtVerify(make(), await importSPKI(key.publicPem, "ES256"), options);
  expect(protectedHeader).toEqual({ alg: "ES256", typ: "JWT", kid: "default" });
  expect(payload.iat).toBe(1_800_000_000);
  expect(payload.exp).toBe(1_800_000_600);
});

test("every attestation has a jti of its own", () => {
  expect(part(make(), 1).jti).not.toBe(part(make(), 1).jti);
});

test("a bend replaces, adds and drops claims and header members", () => {
  const jwt = make({ claims: { aud: undefined, iat: 1, extra: [2] }, header: { typ: undefined, jku: "https://x" } });
  expect(part(jwt, 0)).toEqual({ alg: "ES256", kid: "default", jku: "https://x" });
  expect(part(jwt, 1)).toMatchObject({ iat: 1, extra: [2], sub: agentId });
  expect(part(jwt, 1)).not.toHaveProperty("aud");
});

test("another key signs, with its own kid", async () => {
  const other = newAgentKey("other");
  const jwt = make({ key: other });
  expect(part(jwt, 0).kid).toBe("other");
  const currentDate = new Date(now);
  await expect(jwtVerify(jwt, await importSPKI(other.publicPem, "ES256"), { currentDate })).resolves.toBeDefined();
  await expect(jwtVerify(jwt, await importSPKI(key.publicPem, "ES256"), { currentDate })).rejects.toThrow("signature");
});

test("a key that was written to PEM and read again signs as well", async () => {
  const { privatePem, publicPem, kid, publicJwk } = newAgentKey();
  const jwt = make({ key: { privatePem, publicPem, kid, publicJwk } });
  await expect(
    jwtVerify(jwt, await importSPKI(publicPem, "ES256"), { currentDate: new Date(now) }),
  ).resolves.toBeDefined();
});

test("the signature can be replaced, emptied and the whole tampered with", () => {
  expect(make({ sign: () => "" })).toMatch(/^[\w-]+\.[\w-]+\.$/);
  expect(make({ sign: (input: string) => String(input.length) })).toMatch(/\.\d+$/);
  expect(make({ tamper: (jwt: string) => `${jwt}x` })).toMatch(/x$/);
});
