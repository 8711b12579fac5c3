import { own, ownText } from "../../ath/json.ts";
import { RpcError } from "../method.ts";
import { connectCodes, isAuthMethod } from "../rules/connect.ts";
import { fault, foundBy } from "./gateway-fault.ts";

/** The members of auth.connect that the documents name. */
const knownMembers: Readonly<Record<string, readonly string[]>> = {
  "": ["nonce", "auth", "protocol", "device", "client", "delivery_mode", "options", "extra_info", "capabilities"],
  auth: ["method", "token", "code", "aid", "request_id", "nonce", "client_time", "signature"],
  protocol: ["min", "max"],
  device: ["id", "type"],
};

function namesOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

const unauthenticated = new RpcError(connectCodes.authentication, "nobody to connect as");

/** The parameters of auth.connect. */
export const connectFaults = [
  fault({
    id: "A14.nonce-optional",
    sentence: "auth.connect works without a nonce.",
    rule: "connect.nonce",
    wrong: (honest) => (input) => (input.given === undefined || input.given === "" ? "fits" : honest(input)),
    kills: foundBy("accepted", "A14.missing", "A14.empty", "A119.fuzz-connect"),
  }),
  fault({
    id: "A14.empty-nonce-ok",
    sentence: "An empty nonce is as good as the right one.",
    rule: "connect.nonce",
    wrong: (honest) => (input) => (input.given === "" ? "fits" : honest(input)),
    kills: foundBy("accepted", "A14.empty"),
  }),
  fault({
    id: "A14.says-4010",
    sentence: "A missing nonce is called invalid or expired.",
    rule: "connect.nonceMissingCode",
    wrong: () => () => connectCodes.nonce,
    kills: foundBy("unfitting-code", "A14.missing"),
  }),
  fault({
    id: "A15.nonce-unchecked",
    sentence: "Any text is taken for the nonce.",
    rule: "connect.nonce",
    wrong: (honest) => (input) => (honest(input) === "missing" ? "missing" : "fits"),
    kills: foundBy("accepted", "A15.wrong", "A16.other-connection", "A18.other-socket", "A111.old-nonce"),
  }),
  fault({
    id: "A16.any-issued-nonce",
    sentence: "The nonce of any connection is good for every other.",
    rule: "connect.nonce",
    wrong: (honest) => {
      const seen = new Set<unknown>();
      return (input) => {
        for (const nonce of input.everyNonce()) seen.add(nonce);
        return seen.has(input.given) ? "fits" : honest(input);
      };
    },
    kills: foundBy("accepted", "A16.other-connection", "A18.other-socket", "A111.old-nonce"),
  }),
  fault({
    id: "A19.auth-optional",
    sentence: "Who sends no auth is connected as somebody.",
    rule: "connect.credentials",
    wrong: (honest) => (input) => (input.given === undefined ? { anonymous: true } : honest(input)),
    kills: foundBy("accepted", "A19.no-auth"),
  }),
  fault({
    id: "A19.method-optional",
    sentence: "Without auth.method, kite_token is assumed.",
    rule: "connect.method",
    wrong: (honest) => (input) => (own(input.auth, "method") === undefined ? "kite_token" : honest(input)),
    kills: foundBy("accepted", "A19.no-method"),
  }),
  fault({
    id: "A20.any-method",
    sentence: "An unknown auth.method counts as kite_token.",
    rule: "connect.method",
    wrong: (honest) => (input) => {
      const method = own(input.auth, "method");
      return typeof method === "string" && !isAuthMethod(method) ? "kite_token" : honest(input);
    },
    kills: foundBy("accepted", "A20.unknown-method"),
  }),
  fault({
    id: "A21.token-optional",
    sentence: "Method kite_token without a token connects as somebody.",
    rule: "connect.kiteToken",
    wrong: (honest) => (input) => {
      if (ownText(input.auth, "token") !== undefined) return honest(input);
      const aid = input.anyAid();
      if (aid === undefined) throw unauthenticated;
      return aid;
    },
    kills: foundBy("accepted", "A21.no-token"),
  }),
  fault({
    id: "A31.any-code",
    sentence: "Any pairing code, or none, connects as somebody.",
    rule: "connect.pairingCode",
    wrong: () => (input) => {
      const aid = input.codes.aidOf(ownText(input.auth, "code") ?? "") ?? input.anyAid();
      if (aid === undefined) throw unauthenticated;
      return aid;
    },
    kills: foundBy("accepted", "A31.no-code", "A31.wrong-code"),
  }),
  fault({
    id: "A31.code-optional",
    sentence: "Method pairing_code without a code connects as somebody.",
    rule: "connect.pairingCode",
    wrong: (honest) => (input) => {
      const aid = input.anyAid();
      return ownText(input.auth, "code") === undefined && aid !== undefined ? aid : honest(input);
    },
    kills: foundBy("accepted", "A31.no-code"),
  }),
  fault({
    id: "A31.pairing-broken",
    sentence: "No pairing code is ever right.",
    rule: "connect.pairingCode",
    wrong: () => (input) => {
      if (ownText(input.auth, "code") === undefined)
        throw new RpcError(connectCodes.parameter, "missing parameter: auth.code");
      throw unauthenticated;
    },
    kills: foundBy("refused", "A31.right"),
  }),
  fault({
    id: "A31.wrong-identity",
    sentence: "A pairing code connects as the first AID there is instead of the paired one.",
    rule: "connect.pairingCode",
    wrong: (honest) => (input) => {
      const paired = honest(input);
      return input.anyAid() ?? paired;
    },
    kills: foundBy("wrong-aid", "A31.right"),
  }),
  fault({
    id: "A31.code-reusable",
    sentence: "A pairing code can be used again and again.",
    rule: "connect.pairingCode",
    wrong: (honest) => (input) => honest({ ...input, codes: { aidOf: input.codes.aidOf, use: () => {} } }),
    kills: foundBy("accepted", "A31.once"),
  }),
  fault({
    id: "A33.strict-members",
    sentence: "Members that the documents do not name are refused.",
    rule: "connect.membersFit",
    wrong:
      () =>
      ({ params }) =>
        Object.entries(knownMembers).every(([name, known]) => {
          const there = namesOf(name === "" ? params : own(params, name));
          return there.every((member) => known.includes(member));
        }),
    kills: foundBy("refused", "A33.unknown-members"),
  }),
  fault({
    id: "A33.device-type-list",
    sentence: "device.type must be desktop, mobile or browser.",
    rule: "connect.deviceTypeFits",
    wrong:
      () =>
      ({ type }) =>
        type === undefined || type === "desktop" || type === "mobile" || type === "browser",
    kills: foundBy("refused", "A33.sdk-request"),
  }),
  fault({
    id: "A110.token-once",
    sentence: "A token connects once.",
    rule: "connect.kiteToken",
    wrong: (honest) => {
      const seen = new Set<string>();
      return (input) => {
        const token = ownText(input.auth, "token") ?? "";
        if (seen.has(token)) throw new RpcError(connectCodes.authentication, "the token was used");
        const aid = honest(input);
        seen.add(token);
        return aid;
      };
    },
    kills: foundBy("refused", "A110.same-token"),
  }),
];
