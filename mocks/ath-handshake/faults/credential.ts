import { createHmac, createPublicKey, type KeyObject } from "node:crypto";
import { isJsonObject, own } from "../../ath/json.ts";
import { sameText } from "../../ath/random.ts";
import type { Jwt } from "../jwt.ts";
import { fault, foundBy } from "./fault.ts";

/** Whether the JWT is signed by HMAC with the text of a public key, in any form it is passed around in. */
export function hmacVerifies({ header, signingInput, signature }: Jwt, key: KeyObject): boolean {
  if (own(header, "alg") !== "HS256") return false;
  const pem = key.export({ format: "pem", type: "spki" }).toString();
  const secrets = [pem, pem.trim(), key.export({ format: "der", type: "spki" })];
  const given = Buffer.from(signature).toString("base64url");
  return secrets.some((secret) =>
    sameText(createHmac("sha256", secret).update(signingInput).digest("base64url"), given),
  );
}

/** Whether the JWT says that nobody signed it. */
export function isUnsigned({ header }: Jwt): boolean {
  return String(own(header, "alg")).toLowerCase() === "none";
}

/** The key that a header brings along. */
export function embeddedKey(header: Jwt["header"]): KeyObject | undefined {
  const jwk = own(header, "jwk");
  if (!isJsonObject(jwk)) return undefined;
  try {
    return createPublicKey({ key: { ...jwk }, format: "jwk" });
  } catch {
    return undefined;
  }
}

/** Later than any credential is meant to end, in seconds. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** The user's credential (HS-11). */
export const credentialFaults = [
  fault({
    id: "HS-11.exp-optional",
    requirement: "HS-11",
    sentence: "A credential that does not say when it expires never does.",
    rule: "credential.expiry",
    wrong: (honest) => (input) => (own(input.claims, "exp") === undefined ? NEVER : honest(input)),
    kills: foundBy("accepted", "HS-11.no-expiry"),
  }),
  fault({
    id: "HS-11.exp-text-endless",
    requirement: "HS-11",
    sentence: "The expiry is compared with the time whatever it is, and nothing is later than a text.",
    rule: "credential.expiry",
    wrong: (honest) => (input) => (typeof own(input.claims, "exp") === "string" ? NEVER : honest(input)),
    kills: foundBy("accepted", "HS-11.exp-no-number"),
  }),
  fault({
    id: "HS-11.client-optional",
    requirement: "HS-11",
    sentence: "A credential that names no agent is good for each.",
    rule: "credential.isForAgent",
    wrong: (honest) => (input) => input.clientDid === "" || honest(input),
    kills: foundBy("accepted", "HS-11.no-agent"),
  }),
  fault({
    id: "HS-5.broken-credential-crashes",
    requirement: "HS-5",
    sentence: "A credential whose parts are no JSON objects ends in an internal error.",
    rule: "credential.unreadable",
    wrong: () => () => {
      throw new SyntaxError("unexpected token in JSON at position 0");
    },
    kills: foundBy("server-error", "HS-5.broken-credentials"),
  }),
  fault({
    id: "HS-11.user-signature-ignored",
    requirement: "HS-11",
    sentence: "Nobody looks at the user's signature.",
    rule: "credential.signatureHolds",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-11.other-user-key", "HS-11.unsigned", "HS-11.tampered-scopes"),
  }),
  fault({
    id: "HS-11.none-accepted",
    requirement: "HS-11",
    sentence: "A credential that says it is not signed is taken.",
    rule: "credential.signatureHolds",
    wrong: (honest) => (input) => isUnsigned(input.jwt) || honest(input),
    kills: foundBy("accepted", "HS-11.unsigned"),
  }),
  fault({
    id: "HS-11.hs256-accepted",
    requirement: "HS-11",
    sentence: "The user's public key is taken as the secret of an HMAC.",
    rule: "credential.signatureHolds",
    wrong: (honest) => (input) => hmacVerifies(input.jwt, input.key) || honest(input),
    kills: foundBy("accepted", "HS-11.hs256-public-key"),
  }),
  fault({
    id: "HS-11.embedded-jwk-trusted",
    requirement: "HS-11",
    sentence: "A credential is verified with the key it brings.",
    rule: "credential.signer",
    wrong: (honest) => (input) => {
      const signer = honest(input);
      const key = embeddedKey(input.header);
      return signer === undefined || key === undefined ? signer : { treat: "verify", user: signer.user, key };
    },
    kills: foundBy("accepted", "HS-11.embedded-jwk"),
  }),
  fault({
    id: "HS-11.exp-ignored",
    requirement: "HS-11",
    sentence: "A credential never expires.",
    rule: "credential.isUnexpired",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-11.expired"),
  }),
  fault({
    id: "HS-11.client-unbound",
    requirement: "HS-11",
    sentence: "A credential is good for any agent.",
    rule: "credential.isForAgent",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-11.other-agent"),
  }),
  fault({
    id: "HS-11.agent-signature-ignored",
    requirement: "HS-11",
    sentence: "Nobody looks at the agent's signature over the credential.",
    rule: "credential.agentSigned",
    wrong: () => () => true,
    kills: foundBy(
      "accepted",
      "HS-11.no-agent-signature",
      "HS-11.agent-signature-other-key",
      "HS-11.agent-signature-other-credential",
    ),
  }),
  fault({
    id: "HS-11.unknown-user-accepted",
    requirement: "HS-11",
    sentence: "A credential of a user whom nobody knows is taken unverified, and nobody is asked.",
    rule: "credential.signer",
    wrong: (honest) => (input) => {
      const [first] = input.users.values();
      const signer = honest(input);
      if (signer !== undefined || first === undefined) return signer;
      return { treat: "trust", user: { ...first, did: input.userDid } };
    },
    kills: foundBy("accepted", "HS-11.unknown-user"),
  }),
  fault({
    id: "HS-11.credential-optional",
    requirement: "HS-11",
    sentence: "Without a credential, the user is taken to allow what is asked.",
    rule: "credential.whenMissing",
    wrong: () => () => "trust" as const,
    kills: foundBy("accepted", "HS-11.missing"),
  }),
];
