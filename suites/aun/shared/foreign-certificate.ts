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
  const { privateKey, publicKey } = freshKeyPair("P-256");
  const authority = freshKeyPair("P-384");
  const certificate = certificateOf({
    subject: aid,
    issuer,
    publicKey,
    notBefore: now - dayMs,
    notAfter: now + 30 * dayMs,
    signer: authority.privateKey,
    hash: "sha384",
  });
  return { aid, name: nameOf(aid), privateKey, publicKey: spki(publicKey), certificate };
}
