import { own, ownText } from "../../ath/json.ts";
import { keyIn, nameWithin } from "../rules/auth.ts";
import { resultFault } from "./auth-service-fault.ts";
import { fault, foundBy } from "./gateway-fault.ts";

/** r = s = 0, as a verifier takes it that forgets their range (CVE-2022-21449). */
const zeroSignature = "MAYCAQACAQA=";

/** Texts besides `nonce:client_time` whose signature logs in. */
const otherTexts: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly textOf: (right: string) => string;
}[] = [
  {
    id: "A90.time-alone",
    sentence: "The signature of a login may cover its time alone.",
    textOf: (right) => right.slice(right.indexOf(":") + 1),
  },
  { id: "A90.nothing-signed", sentence: "The signature of a login may cover nothing.", textOf: () => "" },
  {
    id: "A90.other-time",
    sentence: "The signature of a login may cover the next second.",
    textOf: (right) => right.replace(/\d+$/, (seconds) => String(Number(seconds) + 1)),
  },
];

/** Logins, certificates and tokens of which a service believes too much in the unusual case (A22 to A103). */
export const authNearMisses = [
  fault({
    id: "A22.aid-believed",
    sentence: "An AID is taken for its own token.",
    rule: "token.holder",
    wrong: (honest) => (input) =>
      [...input.aids()].includes(input.token) ? { aid: input.token, expiresAt: Date.UTC(2100, 0) } : honest(input),
    kills: foundBy("accepted", "A22.garbage"),
  }),
  fault({
    id: "A24.zero-signature-ok",
    sentence: "A token whose signature is all zeros is believed.",
    rule: "token.signatureIsValid",
    wrong: (honest) => (input) => {
      const { signature } = input.parsed;
      return (signature.length === 64 && signature.every((byte) => byte === 0)) || honest(input);
    },
    kills: foundBy("accepted", "A24.tampered"),
  }),
  fault({
    id: "A25.empty-signature-ok",
    sentence: "In a login by AID an empty signature is not looked at.",
    rule: "connectAid.holder",
    wrong: (honest) => (input) => {
      const aid = ownText(input.auth, "aid");
      return own(input.auth, "signature") === "" && aid !== undefined ? aid : honest(input);
    },
    kills: foundBy("accepted", "A25.signature-missing"),
  }),
  fault({
    id: "A83.six-to-32",
    sentence: "A name has 6 to 32 characters.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) => {
      const { length } = nameWithin(input.aid, input.issuer) ?? "";
      return honest(input) ?? (length < 6 || length > 32 ? "a name has 6 to 32 characters" : undefined);
    },
    kills: foundBy("refused", "A83.limits"),
  }),
  fault({
    id: "A83.letter-first",
    sentence: "A name begins with a letter.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) =>
      honest(input) ?? (/^[a-z]/.test(input.aid) ? undefined : "a name begins with a letter"),
    kills: foundBy("refused", "A83.limits"),
  }),
  fault({
    id: "A83.suffix-compared",
    sentence: "An AID of every issuer whose name ends like the gateway's is registered.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) => {
      const { aid, issuer } = input;
      return honest({ ...input, aid: aid.endsWith(issuer) ? `${aid.split(".")[0] ?? ""}.${issuer}` : aid });
    },
    kills: foundBy("accepted", "A83.issuer-as-suffix"),
  }),
  fault({
    id: "A84.any-of-256-bits",
    sentence: "Any key on a curve of 256 bits is certified.",
    rule: "create.publicKey",
    wrong: (honest) => (input) => {
      const key = keyIn(input.text);
      return key?.asymmetricKeyDetails?.namedCurve === "secp256k1" ? key : honest(input);
    },
    kills: foundBy("accepted", "A84.secp256k1-key"),
  }),
  fault({
    id: "A88.self-signed-ok",
    sentence: "A certificate that signed itself logs in.",
    rule: "certificate.isOurs",
    wrong: (honest) => (input) => input.certificate.verify(input.certificate.publicKey) || honest(input),
    kills: foundBy("accepted", "A88.self-signed"),
  }),
  ...otherTexts.map(({ id, sentence, textOf }) =>
    fault({
      id,
      sentence,
      rule: "login.signatureIsValid",
      wrong: (honest) => (input) =>
        honest(input.use === "login2" ? { ...input, texts: [...input.texts, ...input.texts.map(textOf)] } : input),
      kills: foundBy("accepted", "A90.wrong-signature"),
    }),
  ),
  fault({
    id: "A90.zero-signature-ok",
    sentence: "A signature of two zeros is anybody's.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.signature === zeroSignature || honest(input),
    kills: foundBy("accepted", "A90.empty", "A28.zero-signature"),
  }),
  fault({
    id: "A93.written-again",
    sentence: "client_time is read as a number and written again before the signature is verified.",
    rule: "login.clientTimes",
    wrong: (honest) => (input) => {
      const seconds = Number(input.value);
      return Number.isFinite(seconds) ? [String(seconds)] : honest(input);
    },
    kills: foundBy("refused", "A93.fraction"),
  }),
  resultFault({
    id: "A96.wrong-aid",
    sentence: "A refresh tells another AID than the one that logged in.",
    method: "refresh_token",
    wrong: { aid: "somebody.invalid" },
    check: "A96.result",
    reasonCode: "wrong-aid",
  }),
  ...(
    [
      ["A91.owner-signs", "Who began a login finishes it in the name of any AID.", "login2", "A91.other-aid"],
      ["A29.owner-signs", "Who began a login connects in the name of any AID.", "connect", "A29.other-aid"],
      ["A102.aid-unbound", "The login nonce of one AID renews the certificate of another.", "renew", "A102.other-aid"],
      ["A103.aid-unbound", "The login nonce of one AID gives another a new key.", "rekey", "A103.other-aid"],
    ] as const
  ).map(([id, sentence, use, check]) =>
    fault({
      id,
      sentence,
      rule: "login.keys",
      wrong: (honest) => (input) => (input.use === use ? [input.login.presented.publicKey] : honest(input)),
      kills: foundBy("accepted", check),
    }),
  ),
  fault({
    id: "A91.request-unbound",
    sentence: "A login is finished with the nonce of any login of its AID.",
    rule: "login.nonceFits",
    wrong: (honest) => (input) =>
      honest(input) ||
      (input.use === "login2" &&
        [...input.logins.values()].some(({ nonce, aid }) => nonce === input.nonce && aid === input.login.aid)),
    kills: foundBy("accepted", "A91.other-request"),
  }),
  fault({
    id: "A103.documented-refused",
    sentence: "A rekey that is signed as the documents say is refused.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.use !== "rekey" && honest(input),
    kills: foundBy("refused", "A103.rekey"),
  }),
  fault({
    id: "A103.begun-login-lives",
    sentence: "Whether a certificate is revoked is looked at in the first step of a login only.",
    rule: "certificate.isRevoked",
    wrong: (honest) => (input) => input.use === "login1" && honest(input),
    kills: foundBy("accepted", "A103.begun-login"),
  }),
  fault({
    id: "A103.ocsp-says-good",
    sentence: "The status of a revoked certificate is good.",
    rule: "pki.ocspAnswer",
    wrong: (honest) => (input) => honest({ answer: { ...input.answer, status: "good" } }),
    kills: foundBy("still-good", "A103.ocsp"),
  }),
  fault({
    id: "A105.wrong-authority",
    sentence: "auth.download_cert gives a certificate as its own authority's.",
    rule: "downloadCert.found",
    wrong: (honest) => (input) => {
      const found = honest(input);
      return found === undefined ? undefined : { ...found, ca_cert: found.cert };
    },
    kills: foundBy("wrong-issuer", "A105.by-serial"),
  }),
];
