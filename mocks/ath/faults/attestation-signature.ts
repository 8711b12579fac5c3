import { isJsonObject, own, ownText } from "../json.ts";
import { fault, foundBy } from "./fault.ts";
import { isHmacOfPublicKey, keyFrom, keyOfSet } from "./wrong/keys.ts";

/** Signature, algorithm and whose key (ATT-1, ATT-7). */
export const attestationSignatureFaults = [
  fault({
    id: "ATT-1.signature-ignored",
    requirement: "ATT-1",
    sentence: "Attestations are decoded and their signature is never verified.",
    rule: "attestation.signatureIsValid",
    wrong: () => () => true,
    kills: foundBy("accepted", "ATT-1.wrong-key", "ATT-1.tampered-payload", "ATT-1.stripped-signature"),
  }),
  fault({
    id: "ATT-1.alg-only",
    requirement: "ATT-1",
    sentence: "An attestation counts as signed when its header says ES256.",
    rule: "attestation.signatureIsValid",
    wrong:
      () =>
      ({ header }) =>
        own(header, "alg") === "ES256",
    kills: foundBy("accepted", "ATT-1.wrong-key", "ATT-1.tampered-payload", "ATT-1.stripped-signature"),
  }),
  fault({
    id: "ATT-1.empty-signature-accepted",
    requirement: "ATT-1",
    sentence: "A signature is verified when there is one; an attestation without any passes.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) =>
      (input.signature.length === 0 && own(input.header, "alg") === "ES256") || honest(input),
    kills: foundBy("accepted", "ATT-1.stripped-signature"),
  }),
  fault({
    id: "ATT-1.key-from-iss",
    requirement: "ATT-1",
    sentence: "The key is taken from the document at iss, so that any agent can sign for any other.",
    rule: "attestation.signer",
    wrong: (honest) => (input) => {
      const signer = honest(input);
      return signer.ok || input.iss === undefined ? signer : { ok: true, documentUrl: input.iss };
    },
    kills: foundBy("accepted", "ATT-1.foreign-issuer"),
  }),
  fault({
    id: "ATT-7.none-accepted",
    requirement: "ATT-7",
    sentence: "Attestations whose header says alg none, in any spelling, pass unverified.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) => ownText(input.header, "alg")?.toLowerCase() === "none" || honest(input),
    kills: foundBy("accepted", "ATT-7.alg-none", "ATT-7.alg-none-mixed-case"),
  }),
  fault({
    id: "ATT-7.hs256-accepted",
    requirement: "ATT-7",
    sentence: "The header's alg is believed, so that HS256 is verified with the public key as the shared secret.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) =>
      own(input.header, "alg") === "HS256"
        ? isHmacOfPublicKey(input, input.signingInput, input.signature)
        : honest(input),
    kills: foundBy("accepted", "ATT-7.hs256-public-key"),
  }),
  fault({
    id: "ATT-7.embedded-jwk-trusted",
    requirement: "ATT-7",
    sentence: "A key that stands in the header of the attestation is used to verify it.",
    rule: "attestation.verificationKey",
    wrong: (honest) => (input) => keyFrom(own(input.header, "jwk")) ?? honest(input),
    kills: foundBy("accepted", "ATT-7.embedded-jwk"),
  }),
  fault({
    id: "ATT-7.jku-followed",
    requirement: "ATT-7",
    sentence: "The key set that the header's jku points to is fetched from wherever it is, and used.",
    rule: "attestation.verificationKey",
    wrong: (honest) => async (input) => {
      const jku = ownText(input.header, "jku");
      if (jku === undefined) return honest(input);
      return keyOfSet(await input.fetchText(jku), ownText(input.header, "kid"));
    },
    kills: foundBy("accepted", "ATT-7.jku"),
  }),
  fault({
    id: "ATT-7.x5u-followed",
    requirement: "ATT-7",
    sentence: "The certificate that the header's x5u points to is fetched from wherever it is, and its key used.",
    rule: "attestation.verificationKey",
    wrong: (honest) => async (input) => {
      const x5u = ownText(input.header, "x5u");
      return x5u === undefined ? honest(input) : keyFrom(await input.fetchText(x5u));
    },
    kills: foundBy("accepted", "ATT-7.x5u"),
  }),
  fault({
    id: "ATT-7.x5c-trusted",
    requirement: "ATT-7",
    sentence: "The first certificate in the header's x5c is used to verify the attestation, whoever issued it.",
    rule: "attestation.verificationKey",
    wrong: (honest) => (input) => {
      const chain = own(input.header, "x5c");
      const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
      const pem = `-----BEGIN CERTIFICATE-----\n${String(first)}\n-----END CERTIFICATE-----\n`;
      return typeof first === "string" ? keyFrom(pem) : honest(input);
    },
    kills: foundBy("accepted", "ATT-7.x5c"),
  }),
  fault({
    id: "ATT-7.kid-followed",
    requirement: "ATT-7",
    sentence: "A kid that is a URL is where the key is fetched from.",
    rule: "attestation.verificationKey",
    wrong: (honest) => async (input) => {
      const kid = ownText(input.header, "kid") ?? "";
      if (!URL.canParse(kid) || kid.split("#")[0] === own(input.document, "agent_id")) return honest(input);
      const document: unknown = JSON.parse(await input.fetchText(kid));
      return isJsonObject(document) ? keyFrom(own(document, "public_key")) : undefined;
    },
    kills: foundBy("accepted", "ATT-7.kid-elsewhere"),
  }),
  fault({
    id: "ATT-7.unknown-alg-passes",
    requirement: "ATT-7",
    sentence: "Signatures of the algorithms that are known are verified; others are let through.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) =>
      !/^([EHPR]S\d{3}|EdDSA|none)$/i.test(ownText(input.header, "alg") ?? "") || honest(input),
    kills: foundBy("accepted", "ATT-7.other-algorithms"),
  }),
];
