import { createHmac } from "node:crypto";
import type { Agent, AgentKey, AttestationBend } from "../../drivers/agent.ts";
import type { World } from "../../drivers/world.ts";

/** One way in which an attestation is wrong, made for the agent that sends it. */
export type BendFor = (world: World, agent: Agent) => AttestationBend;

/** The kit's time in whole seconds, as the claims count it. */
export function secondsNow(world: World): number {
  return Math.floor(world.now() / 1000);
}

/** An audience that is certainly not the target. */
const otherAudience = "https://other-gateway.example";

/**
 * The bends that more than one section uses. Each differs from the valid attestation in one thing: where a time is moved,
 * the other times stay such that they give no reason of their own to refuse.
 */
export const bends = {
  /** The right kid, so that only the signature tells. */
  wrongKey: (world, agent) => ({ key: world.newKey(), header: { kid: agent.key.kid } }),
  tamperedPayload: () => ({ tamper: withChangedPayload }),
  strippedSignature: () => ({ sign: () => "" }),
  /** Further back than clocks may differ (ATT-4), and no further: some tolerate as much and no more. */
  expired: (world) => ({ claims: { iat: secondsNow(world), exp: secondsNow(world) - 360 } }),
  otherAudience: () => ({ claims: { aud: otherAudience } }),
  issuedSixMinutesAgo: (world) => issuedAt(world, -360),
  issuedInSixMinutes: (world) => issuedAt(world, 360),
  issuedFourMinutesAgo: (world) => issuedAt(world, -240),
  issuedInFourMinutes: (world) => issuedAt(world, 240),
  unsigned: () => ({ header: { alg: "none" }, sign: () => "" }),
  unsignedMixedCase: () => ({ header: { alg: "nOnE" }, sign: () => "" }),
  embeddedKey: (world, agent) => forged(world, agent, ({ publicJwk }) => ({ jwk: publicJwk })),
  withoutExpiry: () => ({ claims: { exp: undefined } }),
  withoutId: () => ({ claims: { jti: undefined } }),
  withoutIssueTime: () => ({ claims: { iat: undefined } }),
} satisfies Record<string, BendFor>;

/**
 * An HMAC keyed with each text that a verifier may hold as the agent's public key: the published one, and the PEM that a
 * library makes of a JWK.
 */
export function keyedWithPublicKey(agent: Agent): readonly AttestationBend[] {
  const published = agent.identity.document()["public_key"];
  return [agent.key.publicPem, typeof published === "string" ? published : JSON.stringify(published)].map(keyedWith);
}

/** Moves `iat`; the attestation lives ten minutes from then, so that it has not expired in any of the cases. */
function issuedAt(world: World, offsetS: number): AttestationBend {
  const iat = secondsNow(world) + offsetS;
  return { claims: { iat, exp: iat + 600 } };
}

/** The same attestation saying a little more than was signed; the signature stays. */
function withChangedPayload(jwt: string): string {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const claims = Buffer.from(payload, "base64url").toString("utf8");
  const changed = claims.replace(/\}$/, ',"capabilities_added_later":["everything"]}');
  return [header, Buffer.from(changed).toString("base64url"), signature].join(".");
}

/** Signed with a key that nobody published, the header saying where to find it; the kid is the published one. */
export function forged(
  world: World,
  agent: Agent,
  header: (key: AgentKey) => Readonly<Record<string, unknown>>,
): AttestationBend {
  const key = world.newKey();
  return { key, header: { kid: agent.key.kid, ...header(key) } };
}

/** HS256 with a public text as the secret: what a verifier that lets the token choose the algorithm computes. */
export function keyedWith(secret: string): AttestationBend {
  return {
    header: { alg: "HS256" },
    sign: (signingInput) => createHmac("sha256", secret).update(signingInput).digest("base64url"),
  };
}
