import { isJsonObject, own, ownText } from "../../ath/json.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

/** A comparison of nonces that is nearly right. */
const nonceMisses: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly passes: (given: string, own: string) => boolean;
}[] = [
  {
    id: "A15.prefix-ok",
    sentence: "The beginning of the nonce is as good as the whole.",
    passes: (given, whole) => given !== "" && whole.startsWith(given),
  },
  {
    id: "A15.case-ignored",
    sentence: "The nonce is compared without regard to case.",
    passes: (given, whole) => given.toLowerCase() === whole.toLowerCase(),
  },
];

/** What auth.connect lets through beside what it must (A14 to A36): the blatant case is refused, the subtle one is not. */
export const connectNearMisses = [
  fault({
    id: "A14.null-nonce-ok",
    sentence: "A nonce of null is as good as the right one.",
    rule: "connect.nonce",
    wrong: (honest) => (input) => (input.given === null ? "fits" : honest(input)),
    kills: foundBy("accepted", "A14.empty"),
  }),
  ...nonceMisses.map(({ id, sentence, passes }) =>
    fault({
      id,
      sentence,
      rule: "connect.nonce",
      wrong: (honest) => (input) => {
        const { given, own: expected } = input;
        const both = typeof given === "string" && typeof expected === "string";
        return both && passes(given, expected) ? "fits" : honest(input);
      },
      kills: foundBy("accepted", "A15.wrong"),
    }),
  ),
  fault({
    id: "A16.nonce-outlives-connection",
    sentence: "The nonce of a connection that has closed is good for every other.",
    rule: "connect.nonce",
    wrong: (honest) => {
      const seen = new Set<unknown>();
      return (input) => {
        const open = new Set(input.everyNonce());
        const isOld = seen.has(input.given) && !open.has(input.given);
        for (const nonce of open) seen.add(nonce);
        return isOld ? "fits" : honest(input);
      };
    },
    kills: foundBy("accepted", "A16.closed-connection"),
  }),
  fault({
    id: "A19.empty-auth-ok",
    sentence: "Who sends an auth that holds nothing is connected as somebody.",
    rule: "connect.credentials",
    wrong: (honest) => (input) =>
      isJsonObject(input.given) && Object.keys(input.given).length === 0 ? { anonymous: true } : honest(input),
    kills: foundBy("accepted", "A19.no-auth"),
  }),
  fault({
    id: "A19.empty-method-ok",
    sentence: "An empty auth.method counts as kite_token.",
    rule: "connect.method",
    wrong: (honest) => (input) => (own(input.auth, "method") === "" ? "kite_token" : honest(input)),
    kills: foundBy("accepted", "A19.no-method"),
  }),
  fault({
    id: "A20.none-ok",
    sentence: "An auth.method called none counts as kite_token.",
    rule: "connect.method",
    wrong: (honest) => (input) => (own(input.auth, "method") === "none" ? "kite_token" : honest(input)),
    kills: foundBy("accepted", "A20.unknown-method"),
  }),
  fault({
    id: "A21.empty-token-ok",
    sentence: "An empty token connects as somebody.",
    rule: "connect.kiteToken",
    wrong: (honest) => (input) => (own(input.auth, "token") === "" ? input.anyAid() : undefined) ?? honest(input),
    kills: foundBy("accepted", "A21.no-token"),
  }),
  fault({
    id: "A33.strict-options",
    sentence: "Members of options that the documents do not name are refused.",
    rule: "connect.membersFit",
    wrong:
      () =>
      ({ params }) => {
        const options = own(params, "options");
        return (
          !isJsonObject(options) || Object.keys(options).every((name) => name === "kind" || name === "short_ttl_ms")
        );
      },
    kills: foundBy("refused", "A33.unknown-members"),
  }),
  fault({
    id: "A35.major-only",
    sentence: "Versions with the server's first number are let in, whatever follows it.",
    rule: "versions.chosen",
    wrong: (honest) => (input) => {
      const [asked, spoken] = [input.client.min, input.server.max].map((version) => version.split(".")[0]);
      return honest(input) ?? (asked === spoken ? input.server.max : undefined);
    },
    kills: foundBy("accepted", "A35.none-common"),
  }),
  fault({
    id: "A36.ranges-swapped",
    sentence: "The error about versions calls the server's range the client's.",
    rule: "versions.data",
    wrong: (honest) => (input) => honest({ client: input.server, server: input.client }),
    kills: foundBy("not-echoed", "A36.ranges"),
  }),
  fault({
    id: "A42.device-folded",
    sentence: "connection.device_id is the client's device in lower case.",
    rule: "connect.result",
    wrong: (honest) => (input) => {
      const result = honest(input);
      const device = ownText(isJsonObject(result["connection"]) ? result["connection"] : {}, "device_id");
      return put(result, "connection.device_id", device?.toLowerCase() ?? "");
    },
    kills: foundBy("not-echoed", "A42.connection"),
  }),
  fault({
    id: "A42.id-of-device",
    sentence: "The id of a connection is made of the name of its device.",
    rule: "connect.result",
    wrong: (honest) => (input) => {
      const result = honest(input);
      const device = isJsonObject(result["connection"]) ? result["connection"]["device_id"] : "";
      return put(result, "connection.id", `conn_${String(device)}`);
    },
    kills: foundBy("repeated", "A42.unique"),
  }),
  fault({
    id: "A45.feature-echoed",
    sentence: "A feature is announced to those clients that declare it.",
    rule: "connect.capabilities",
    wrong: (honest) => (input) => put(honest(input), "features.e2ee", own(input.client, "e2ee") === true),
    kills: foundBy("depends-on-client", "A45.not-intersected"),
  }),
];
