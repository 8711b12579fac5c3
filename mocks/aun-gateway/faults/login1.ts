import { sign } from "node:crypto";
import { ownText } from "../../ath/json.ts";
import { type KeyPair, newKeyPair } from "../../core/key-pair.ts";
import { certificate } from "../../core/x509/certificate.ts";
import { validity } from "../pki/authority.ts";
import type { CertificateUse } from "../rules/login.ts";
import { fault, foundBy, resultFault } from "./auth-service-fault.ts";

/** A certificate that says it is the auth service's and is in no chain; it is made once. */
function ownCertificate(): (auth: KeyPair, issuer: string, now: number) => string {
  let pem: string | undefined;
  return (auth, issuer, now) => {
    const subject = { commonName: `auth.${issuer}` };
    const serial = Buffer.from("5e1f516e0ed0a11f5e1f516e0ed0a11f", "hex");
    const fields = { subject, publicKey: auth.publicKey, serial, ...validity(now, 1) };
    pem ??= certificate(fields, { name: subject, ...auth }).pem;
    return pem;
  };
}

/** Certificates that come with login1 and are believed too easily. */
const believedRevoked: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly uses: readonly CertificateUse[];
  readonly check: string;
}[] = [
  {
    id: "A88.revocation-ignored",
    sentence: "A revoked certificate logs in.",
    uses: ["login1", "login2"],
    check: "A88.revoked",
  },
  {
    id: "A102.revoked-ok",
    sentence: "A revoked certificate can be renewed.",
    uses: ["login1", "renew"],
    check: "A102.revoked",
  },
];

/** What login1 shows and what it looks at (A86, A87, A88). */
export const login1Faults = [
  ...[
    {
      id: "A86.no-auth-cert",
      sentence: "The service signs the client's nonce and does not say with which certificate.",
      method: "aid_login1",
      wrong: { auth_cert: undefined },
      check: "A86.members",
      reasonCode: "schema",
    } as const,
    {
      id: "A86.no-curve",
      sentence: "The curve of the service's key is not named.",
      method: "aid_login1",
      wrong: { auth_curve: undefined },
      check: "A86.members",
      reasonCode: "schema",
    } as const,
    {
      id: "A86.says-p384",
      sentence: "The service signs with P-256 and says P-384.",
      method: "aid_login1",
      wrong: { auth_curve: "P-384" },
      check: "A86.curve",
      reasonCode: "wrong-curve",
    } as const,
  ].map(resultFault),
  fault({
    id: "A86.signs-own-nonce",
    requirement: "A86",
    sentence: "The service signs its own nonce in the place of the client's.",
    rule: "login.clientNonceSignature",
    wrong: (honest) => (input) => honest({ ...input, clientNonce: input.nonce }),
    kills: foundBy("signature-invalid", "A86.signature"),
  }),
  fault({
    id: "A86.signs-with-other-key",
    requirement: "A86",
    sentence: "The client's nonce is signed with a key that is not the certificate's.",
    rule: "login.clientNonceSignature",
    wrong: (honest) => {
      const { privateKey } = newKeyPair("P-256");
      return (input) => honest({ ...input, key: privateKey });
    },
    kills: foundBy("signature-invalid", "A86.signature"),
  }),
  fault({
    id: "A86.raw-signature",
    requirement: "A86",
    sentence: "The signature over the client's nonce is raw r and s, not DER.",
    rule: "login.clientNonceSignature",
    wrong:
      () =>
      ({ clientNonce, key }) =>
        sign("sha256", Buffer.from(clientNonce), { key, dsaEncoding: "ieee-p1363" }).toString("base64"),
    kills: foundBy("signature-invalid", "A86.signature"),
  }),
  fault({
    id: "A86.foreign-auth-cert",
    requirement: "A86",
    sentence: "The service shows a certificate that it signed itself.",
    rule: "login.authCertificate",
    wrong: () => {
      const made = ownCertificate();
      return ({ auth, issuer, now }) => made(auth, issuer, now);
    },
    kills: foundBy("broken-chain", "A86.chain"),
  }),
  fault({
    id: "A87.same-request-id",
    requirement: "A87",
    sentence: "Every login has the same request_id.",
    rule: "login.requestId",
    wrong: () => () => "login-1",
    kills: foundBy("repeated", "A87.request-id"),
  }),
  fault({
    id: "A87.client-request-id",
    requirement: "A87",
    sentence: "A request_id that the client sends is taken over.",
    rule: "login.requestId",
    wrong: (honest) => (input) => ownText(input.params, "request_id") ?? honest(input),
    kills: foundBy("taken-over", "A87.request-id"),
  }),
  fault({
    id: "A87.nonce-repeats",
    requirement: "A87",
    sentence: "Login nonces are eight values in turn.",
    rule: "login.nonce",
    wrong: (honest) => {
      const pool: string[] = [];
      let uses = 0;
      return (input) => {
        if (pool.length < 8) pool.push(honest(input));
        uses += 1;
        return pool[uses % pool.length] ?? honest(input);
      };
    },
    kills: foundBy("repeated", "A87.nonce"),
  }),
  fault({
    id: "A88.expiry-ignored",
    requirement: "A88",
    sentence: "A certificate logs in after its end.",
    rule: "certificate.isCurrent",
    wrong: (honest) => (input) => input.use === "login2" || honest(input),
    kills: foundBy("accepted", "A88.expired"),
  }),
  fault({
    id: "A88.chain-unchecked",
    requirement: "A88",
    sentence: "Whoever makes a certificate with the right name logs in.",
    rule: "certificate.isOurs",
    wrong: () => () => true,
    kills: foundBy("accepted", "A88.foreign"),
  }),
  fault({
    id: "A88.cn-unchecked",
    requirement: "A88",
    sentence: "With a certificate of one's own one logs in as anybody.",
    rule: "certificate.isOfAid",
    wrong: () => () => true,
    kills: foundBy("accepted", "A88.wrong-cn"),
  }),
  ...believedRevoked.map(({ id, sentence, uses, check }) =>
    fault({
      id,
      requirement: id.split(".")[0] ?? id,
      sentence,
      rule: "certificate.isRevoked",
      wrong: (honest) => (input) => !uses.includes(input.use) && honest(input),
      kills: foundBy("accepted", check),
    }),
  ),
];
