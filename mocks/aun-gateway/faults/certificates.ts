import { type KeyPair, newKeyPair } from "../../core/key-pair.ts";
import type { CertificateFields, Signer } from "../../core/x509/certificate.ts";
import { DAY_MS } from "../pki/authority.ts";
import type { CertificatePurpose } from "../rules/pki.ts";
import { fault, foundBy, resultFault } from "./auth-service-fault.ts";

/** A certificate with something wrong in it. */
interface WrongFields {
  readonly id: string;
  readonly sentence: string;
  readonly purpose: CertificatePurpose;
  readonly wrong: (fields: CertificateFields) => CertificateFields;
  readonly check: string;
  readonly reasonCode: string;
}

const wrongFields: readonly WrongFields[] = [
  {
    id: "A82.wrong-cn",
    sentence: "The common name of a certificate is the name without its issuer.",
    purpose: "create",
    wrong: (fields) => ({ ...fields, subject: { commonName: fields.subject.commonName.split(".")[0] ?? "" } }),
    check: "A82.subject-key",
    reasonCode: "wrong-cn",
  },
  {
    id: "A82.own-key",
    sentence: "The certificate is for a key that the service made itself, not for the one submitted.",
    purpose: "create",
    wrong: (fields) => ({ ...fields, publicKey: newKeyPair("P-256").publicKey }),
    check: "A82.subject-key",
    reasonCode: "wrong-key",
  },
  {
    id: "A82.future",
    sentence: "A certificate begins in two days.",
    purpose: "create",
    wrong: (fields) => ({ ...fields, notBefore: fields.notBefore + 2 * DAY_MS }),
    check: "A82.validity",
    reasonCode: "not-valid",
  },
  {
    id: "A82.leaf-is-ca",
    sentence: "An agent's certificate says that it is an authority, so that agents can make agents.",
    purpose: "create",
    wrong: (fields) => ({ ...fields, pathLength: 0 }),
    check: "A82.validity",
    reasonCode: "is-ca",
  },
  {
    id: "A82.no-aia",
    sentence: "A certificate does not say where its issuer's is.",
    purpose: "create",
    wrong: (fields) => ({ ...fields, issuerUrl: undefined, ocspUrl: undefined }),
    check: "A82.aia",
    reasonCode: "no-aia",
  },
  {
    id: "A102.new-key",
    sentence: "A renewal is made for a key that the service made itself.",
    purpose: "renew",
    wrong: (fields) => ({ ...fields, publicKey: newKeyPair("P-256").publicKey }),
    check: "A102.renew",
    reasonCode: "wrong-key",
  },
  {
    id: "A104.always-p256",
    sentence: "Whatever curve was asked for, the certificate is for a P-256 key.",
    purpose: "request",
    wrong: (fields) => ({ ...fields, publicKey: newKeyPair("P-256").publicKey }),
    check: "A104.p384",
    reasonCode: "wrong-curve",
  },
];

/** An authority with the issuer's name and a key that is in no chain; it is made once. */
function stranger(): (issuer: Signer) => Signer {
  let keys: KeyPair | undefined;
  return ({ name }) => {
    keys ??= newKeyPair("P-384");
    return { name, ...keys };
  };
}

/** Certificates, the registry and revocation (A81, A82, A102, A103, A104). */
export const certificateFaults = [
  ...wrongFields.map(({ id, sentence, purpose, wrong: toWrong, check, reasonCode }) =>
    fault({
      id,
      requirement: id.split(".")[0] ?? id,
      sentence,
      rule: "certificate.fields",
      wrong: (honest) => (input) => (input.purpose === purpose ? toWrong(honest(input)) : honest(input)),
      kills: foundBy(reasonCode, check),
    }),
  ),
  fault({
    id: "A102.same-serial",
    requirement: "A102",
    sentence: "A renewed certificate has the serial number of the old one.",
    rule: "certificate.fields",
    wrong: (honest) => (input) => {
      const fields = honest(input);
      return input.purpose === "renew" && input.previous !== undefined
        ? { ...fields, serial: Buffer.from(input.previous.serial, "hex") }
        : fields;
    },
    kills: foundBy("same-serial", "A102.renew"),
  }),
  fault({
    id: "A103.keeps-key",
    requirement: "A103",
    sentence: "A rekey gives a new certificate for the old key.",
    rule: "certificate.fields",
    wrong: (honest) => (input) => {
      const fields = honest(input);
      return input.purpose === "rekey" && input.previous !== undefined
        ? { ...fields, publicKey: input.previous.publicKey }
        : fields;
    },
    kills: foundBy("wrong-key", "A103.rekey"),
  }),
  fault({
    id: "A82.self-signed-leaf",
    requirement: "A82",
    sentence: "Agents' certificates are signed by a key that is in no chain.",
    rule: "certificate.signer",
    wrong: () => {
      const signer = stranger();
      return ({ issuer }) => signer(issuer);
    },
    kills: foundBy("bad-signature", "A82.signed"),
  }),
  fault({
    id: "A82.chain-without-root",
    requirement: "A82",
    sentence: "The published chain ends below the root.",
    rule: "pki.chain",
    wrong: (honest) => (input) => honest(input).slice(0, -1),
    kills: foundBy("broken-chain", "A82.chain"),
  }),
  fault({
    id: "A82.chain-shuffled",
    requirement: "A82",
    sentence: "The published chain begins with the root.",
    rule: "pki.chain",
    wrong: (honest) => (input) => honest(input).toReversed(),
    kills: foundBy("broken-chain", "A82.chain"),
  }),
  fault({
    id: "A82.registry-empty",
    requirement: "A82",
    sentence: "No certificate can be found in the registry.",
    rule: "pki.registered",
    wrong: () => () => undefined,
    kills: foundBy("not-found", "A82.registry"),
  }),
  fault({
    id: "A82.registry-always-200",
    requirement: "A82",
    sentence: "Where no certificate is found, the registry gives the issuer's, so that every name looks taken.",
    rule: "pki.registered",
    wrong: (honest) => (input) => honest(input) ?? input.issuer,
    kills: foundBy("found", "A82.registry"),
  }),
  fault({
    id: "A82.crl-unsigned",
    requirement: "A82",
    sentence: "The revocation list is signed by a key that is not the issuer's.",
    rule: "pki.crlSigner",
    wrong: () => {
      const signer = stranger();
      return ({ issuer }) => signer(issuer);
    },
    kills: foundBy("bad-signature", "A82.crl"),
  }),
  fault({
    id: "A82.crl-stale",
    requirement: "A82",
    sentence: "The revocation list should have been replaced a week ago.",
    rule: "pki.crlCurrency",
    wrong:
      () =>
      ({ now }) => ({ thisUpdate: now - 8 * DAY_MS, nextUpdate: now - 7 * DAY_MS }),
    kills: foundBy("stale", "A82.crl"),
  }),
  fault({
    id: "A82.no-crl",
    requirement: "A82",
    sentence: "The answer about revocation has no list in it.",
    rule: "pki.crlAnswer",
    wrong: (honest) => (input) => {
      const answer = honest(input);
      return answer === undefined ? undefined : { revoked_serials: answer["revoked_serials"] };
    },
    kills: foundBy("schema", "A82.crl"),
  }),
  fault({
    id: "A82.no-ocsp",
    requirement: "A82",
    sentence: "Nobody answers for a single serial number.",
    rule: "pki.ocspAnswer",
    wrong: () => () => undefined,
    kills: foundBy("schema", "A82.ocsp"),
  }),
  fault({
    id: "A103.not-in-crl",
    requirement: "A103",
    sentence: "What was revoked is refused at login, and no list says so.",
    rule: "pki.listed",
    wrong: () => () => [],
    kills: foundBy("not-listed", "A103.in-crl"),
  }),
  ...[
    {
      id: "A81.no-ca-cert",
      sentence: "A new AID comes without the issuer's certificate.",
      method: "create_aid",
      wrong: { ca_cert: undefined },
      check: "A81.result",
      reasonCode: "schema",
    } as const,
    {
      id: "A81.no-curve",
      sentence: "A new AID comes without its curve.",
      method: "create_aid",
      wrong: { curve: undefined },
      check: "A81.result",
      reasonCode: "schema",
    } as const,
    {
      id: "A102.no-status",
      sentence: "A renewal does not say that it is one.",
      method: "renew_cert",
      wrong: { status: undefined },
      check: "A102.renew",
      reasonCode: "schema",
    } as const,
    {
      id: "A103.no-status",
      sentence: "A rekey does not say that it is one.",
      method: "rekey",
      wrong: { status: undefined },
      check: "A103.rekey",
      reasonCode: "schema",
    } as const,
  ].map(resultFault),
];
