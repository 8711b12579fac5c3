import type { AttestationBend } from "../../drivers/agent.ts";
import type { World } from "../../drivers/world.ts";
import { bends, keyedWithPublicKey } from "./bent-attestations.ts";

/**
 * Attestations in the name of the world's agent that anybody could have made: with the public key as the secret of an
 * HMAC, with a key in the header, and by another registered agent that names itself as the issuer.
 */
export async function forgeries(world: World): Promise<readonly AttestationBend[]> {
  const { agent } = world;
  const attacker = world.newAgent();
  await attacker.registered();
  const { key } = attacker;
  return [
    ...keyedWithPublicKey(agent),
    bends.embeddedKey(world, agent),
    { key, header: { kid: key.kid }, claims: { iss: attacker.id } },
  ];
}

/** Attestations, well signed, that lack a claim without which they are good too long or too often. */
export const incomplete: readonly AttestationBend[] = [
  bends.withoutExpiry(),
  bends.withoutIssueTime(),
  bends.withoutId(),
];
