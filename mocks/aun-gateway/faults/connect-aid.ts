import { ownText } from "../../ath/json.ts";
import { RpcError } from "../method.ts";
import { missingOf } from "../rules/login.ts";
import { fault, foundBy } from "./auth-service-fault.ts";

const INTERNAL_ERROR = 4500;
const AUTHENTICATION_FAILED = 4001;

const missingChecks = ["aid", "request-id", "nonce", "client-time", "signature"].map((name) => `A25.${name}-missing`);

/** auth.connect with method aid (A25 to A30). */
export const connectAidFaults = [
  fault({
    id: "A25.aid-fields-optional",
    requirement: "A25",
    sentence: "Of the members of a login by AID those that are there are judged, and the others are not missed.",
    rule: "connectAid.holder",
    wrong: (honest) => (input) => {
      const { auth, logins } = input;
      if (missingOf(auth).length === 0) return honest(input);
      const nonce = ownText(auth, "nonce");
      const login =
        logins.get(ownText(auth, "request_id") ?? "") ?? [...logins.values()].find((one) => one.nonce === nonce);
      return login?.aid ?? honest(input);
    },
    kills: foundBy("accepted", ...missingChecks),
  }),
  fault({
    id: "A25.missing-crashes",
    requirement: "A25",
    sentence: "A login by AID that lacks a member ends in an internal error.",
    rule: "connectAid.holder",
    wrong: (honest) => (input) => {
      if (missingOf(input.auth).length > 0) throw new RpcError(INTERNAL_ERROR, "internal error");
      return honest(input);
    },
    kills: foundBy("server-error", ...missingChecks),
  }),
  fault({
    id: "A26.local-name-ok",
    requirement: "A26",
    sentence: "A name without its issuer is completed with the gateway's own.",
    rule: "connectAid.holder",
    wrong: (honest) => (input) => {
      const aid = ownText(input.auth, "aid");
      const isShort = aid !== undefined && !aid.includes(".");
      return honest(isShort ? { ...input, auth: { ...input.auth, aid: `${aid}.${input.issuer}` } } : input);
    },
    kills: foundBy("accepted", "A26.short-name"),
  }),
  fault({
    id: "A27.aid-method-broken",
    requirement: "A27",
    sentence: "The method aid is announced and always refused.",
    rule: "connectAid.holder",
    wrong: () => () => {
      throw new RpcError(AUTHENTICATION_FAILED, "authentication failed");
    },
    kills: foundBy("refused", "A27.aid-login"),
  }),
  fault({
    id: "A28.signature-unchecked",
    requirement: "A28",
    sentence: "The signature of a connect by AID has to be there, and nobody verifies it.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.use === "connect" || honest(input),
    kills: foundBy("accepted", "A28.bad-signature", "A28.foreign-key"),
  }),
  fault({
    id: "A28.any-known-key",
    requirement: "A28",
    sentence: "Any registered agent can sign the connect of any other.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => honest(input.use === "connect" ? { ...input, keys: [...input.knownKeys()] } : input),
    kills: foundBy("accepted", "A28.foreign-key"),
  }),
  fault({
    id: "A29.nonce-reusable",
    requirement: "A29",
    sentence: "One login nonce connects as often as it is sent within its minute.",
    rule: "login.isUsedUp",
    wrong: (honest) => (input) => input.use !== "connect" && honest(input),
    kills: foundBy("accepted", "A29.reused"),
  }),
  fault({
    id: "A29.nonce-unbound",
    requirement: "A29",
    sentence: "A login nonce connects whatever AID signs it.",
    rule: "login.keys",
    wrong: (honest) => (input) => {
      const key = input.keyOf(input.aid);
      return input.use === "connect" && key !== undefined ? [key] : honest(input);
    },
    kills: foundBy("accepted", "A29.other-aid"),
  }),
  fault({
    id: "A29.request-unbound",
    requirement: "A29",
    sentence: "A login nonce goes with every request_id of its AID.",
    rule: "login.nonceFits",
    wrong: (honest) => (input) =>
      honest(input) ||
      (input.use === "connect" &&
        [...input.logins.values()].some(({ nonce, aid }) => nonce === input.nonce && aid === input.login.aid)),
    kills: foundBy("accepted", "A29.other-request"),
  }),
];
