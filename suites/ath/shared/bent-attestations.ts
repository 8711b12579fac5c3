import type { Agent, AttestationBend } from "../../drivers/agent.ts";
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
  expired: (world) => ({ claims: { iat: secondsNow(world), exp: secondsNow(world) - 600 } }),
  otherAudience: () => ({ claims: { aud: otherAudience } }),
  issuedSixMinutesAgo: (world) => issuedAt(world, -360),
  issuedInSixMinutes: (world) => issuedAt(world, 360),
  issuedFourMinutesAgo: (world) => issuedAt(world, -240),
  issuedInFourMinutes: (world) => issuedAt(world, 240),
  unsigned: () => ({ header: { alg: "none" }, sign: () => "" }),
  unsignedMixedCase: () => ({ header: { alg: "nOnE" }, sign: () => "" }),
} satisfies Record<string, BendFor>;

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
