import { nameOf, spki } from "../../drivers/aun/identity.ts";
import type { Identity } from "../../drivers/aun/world.ts";
import { certificateOf } from "../../drivers/certificate.ts";
import { freshKeyPair } from "../../drivers/key-pair.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * An identity of this AID that the kit has certified itself: by an authority with the issuer's name and another key. All
 * that is wrong with it is that key. `now` in Unix milliseconds.
 */
export function foreignIdentity(aid: string, issuer: string, now: number): Identity {
  const authority = freshKeyPair("P-384");
  return certifiedBy({ issuer, signer: authority.privateKey, hash: "sha384" }, freshKeyPair("P-256"), aid, now);
}

/** An identity of this AID whose certificate its own key has signed. `now` in Unix milliseconds. */
export function selfSignedIdentity(aid: string, now: number): Identity {
  const keys = freshKeyPair("P-256");
  return certifiedBy({ issuer: aid, signer: keys.privateKey, hash: "sha256" }, keys, aid, now);
}

type Certifier = Pick<Parameters<typeof certificateOf>[0], "issuer" | "signer" | "hash">;

function certifiedBy(
  certifier: Certifier,
  { privateKey, publicKey }: ReturnType<typeof freshKeyPair>,
  aid: string,
  now: number,
): Identity {
  const period = { notBefore: now - dayMs, notAfter: now + 30 * dayMs };
  const certificate = certificateOf({ ...certifier, ...period, subject: aid, publicKey });
  return { aid, name: nameOf(aid), privateKey, publicKey: spki(publicKey), certificate };
}
