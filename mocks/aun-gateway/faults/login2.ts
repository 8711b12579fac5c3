import type { KeyObject } from "node:crypto";
import { newKeyPair } from "../../core/key-pair.ts";
import { fault, foundBy, resultFault } from "./auth-service-fault.ts";

/** How far a client's clock may be away for an impatient service, in milliseconds. */
const NARROW_SKEW_MS = 5 * 60_000;

/** How a client's time is read too strictly. */
const strictTimes: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly isTime: (value: unknown) => boolean;
  readonly checks: readonly string[];
}[] = [
  {
    id: "A93.integer-only",
    sentence: "client_time has to be whole seconds, and two of four public clients send a fraction.",
    isTime: (value) => /^\d+$/.test(String(value)),
    checks: ["A93.fraction"],
  },
  {
    id: "A93.numbers-only",
    sentence: "client_time has to be a JSON number, and every public client sends a text.",
    isTime: (value) => typeof value === "number",
    checks: ["A93.string", "A93.fraction"],
  },
  {
    id: "A93.strings-only",
    sentence: "client_time has to be a text, although the documents say number.",
    isTime: (value) => typeof value === "string",
    checks: ["A93.number"],
  },
];

/** What login2 gives and what it looks at (A89 to A95). */
export const login2Faults = [
  ...(
    [
      ["A89.no-expires-in", "The life of a token is not said.", "expires_in", "A89.result", "schema"],
      ["A89.no-status", "A login that worked does not say so.", "status", "A89.result", "schema"],
      [
        "A89.no-refresh-token",
        "A login gives nothing to refresh with.",
        "refresh_token",
        "A89.refresh-token",
        "missing",
      ],
    ] as const
  ).map(([id, sentence, member, check, reasonCode]) =>
    resultFault({ id, sentence, method: "aid_login2", wrong: { [member]: undefined }, check, reasonCode }),
  ),
  fault({
    id: "A90.signature-ignored",
    requirement: "A90",
    sentence: "The signature of a login has to be there, and nobody verifies it.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.use === "login2" || honest(input),
    kills: foundBy("accepted", "A90.wrong-signature", "A90.other-key", "A90.empty"),
  }),
  fault({
    id: "A90.any-known-key",
    requirement: "A90",
    sentence: "Any registered agent can sign for any other.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => honest(input.use === "login2" ? { ...input, keys: [...input.knownKeys()] } : input),
    kills: foundBy("accepted", "A90.other-key"),
  }),
  fault({
    id: "A90.empty-ok",
    requirement: "A90",
    sentence: "A signature is verified when there is one; an empty one passes.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => (input.use === "login2" && input.signature === "") || honest(input),
    kills: foundBy("accepted", "A90.empty"),
  }),
  fault({
    id: "A91.nonce-unchecked",
    requirement: "A91",
    sentence: "Which nonce was signed is not compared with the one given out.",
    rule: "login.nonceFits",
    wrong: (honest) => (input) => input.use === "login2" || honest(input),
    kills: foundBy("accepted", "A91.wrong-nonce"),
  }),
  fault({
    id: "A91.nonce-reusable",
    requirement: "A91",
    sentence: "One login1 is good for as many login2 as fit into its minute.",
    rule: "login.isUsedUp",
    wrong: (honest) => (input) => input.use !== "login2" && honest(input),
    kills: foundBy("accepted", "A91.reused", "A29.used-by-login"),
  }),
  fault({
    id: "A91.request-unchecked",
    requirement: "A91",
    sentence: "A login is found by its nonce, whatever its request_id.",
    rule: "login.find",
    wrong: (honest) => (input) => {
      const byNonce = [...input.logins.values()].find(({ nonce }) => nonce === input.nonce);
      return honest(input) ?? (input.use === "login2" ? byNonce : undefined);
    },
    kills: foundBy("accepted", "A91.wrong-request-id"),
  }),
  fault({
    id: "A91.aid-unbound",
    requirement: "A91",
    sentence: "A login that one AID began can be finished in the name of another.",
    rule: "login.keys",
    wrong: (honest) => (input) => {
      const keys = [input.keyOf(input.aid), input.login.presented.publicKey];
      return input.use === "login2" ? keys.filter((key): key is KeyObject => key !== undefined) : honest(input);
    },
    kills: foundBy("accepted", "A91.other-aid"),
  }),
  fault({
    id: "A92.bound-to-connection",
    requirement: "A92",
    sentence: "login2 has to come on the connection of its login1.",
    rule: "login.connectionFits",
    wrong:
      () =>
      ({ openedBy, connectionId }) =>
        openedBy === connectionId,
    kills: foundBy("refused", "A92.other-connection"),
  }),
  fault({
    id: "A93.skew-checked",
    requirement: "A93",
    sentence: "A client whose clock is more than five minutes away cannot log in.",
    rule: "login.clientTimeFits",
    wrong:
      () =>
      ({ value, now }) =>
        Math.abs(Number(value) * 1000 - now) <= NARROW_SKEW_MS,
    kills: foundBy("refused", "A93.skew"),
  }),
  ...strictTimes.map(({ id, sentence, isTime, checks }) =>
    fault({
      id,
      requirement: "A93",
      sentence,
      rule: "login.clientTimes",
      wrong: (honest) => (input) => (isTime(input.value) ? honest(input) : []),
      kills: foundBy("refused", ...checks),
    }),
  ),
  fault({
    id: "A95.always-new-cert",
    requirement: "A95",
    sentence: "Every login brings a new certificate.",
    rule: "login.newCertificate",
    wrong:
      () =>
      ({ make }) =>
        make(),
    kills: foundBy("early", "A95.no-early-renewal"),
  }),
  fault({
    id: "A95.never-renews",
    requirement: "A95",
    sentence: "A login never brings a new certificate.",
    rule: "login.newCertificate",
    wrong: () => () => undefined,
    kills: foundBy("missing", "A95.past-half"),
  }),
  fault({
    id: "A95.new-key",
    requirement: "A95",
    sentence: "The new certificate of a login is for a key that the service made itself.",
    rule: "login.newCertificate",
    wrong: (honest) => (input) => honest({ ...input, make: () => input.make(newKeyPair("P-256").publicKey) }),
    kills: foundBy("wrong-key", "A95.past-half"),
  }),
];

/** A nonce that never expires counts in every use. */
export const nonceLifeFault = fault({
  id: "A30.login-nonce-never-expires",
  requirement: "A30",
  sentence: "A login nonce is good until it is used, however late.",
  rule: "login.isFresh",
  wrong: () => () => true,
  kills: foundBy("accepted", "A30.old", "A91.old"),
});
