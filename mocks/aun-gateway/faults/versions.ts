import { isJsonObject, own } from "../../ath/json.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

/** The digits of a version read as one number. */
function digits(version: string): number {
  return Number(version.replaceAll(".", ""));
}

/** Version negotiation. */
export const versionFaults = [
  fault({
    id: "A34.answers-client-max",
    sentence: "The client's highest version is chosen, known or not.",
    rule: "versions.chosen",
    wrong: (honest) => (input) => (honest(input) === undefined ? undefined : input.client.max),
    kills: foundBy("wrong-version", "A34.highest"),
  }),
  fault({
    id: "A34.own-highest",
    sentence: "The gateway's highest version is chosen, whether the client speaks it or only a lower one.",
    rule: "versions.chosen",
    wrong: (honest) => (input) => (honest(input) === undefined ? undefined : input.server.max),
    mount: "versions",
    kills: foundBy("wrong-version", "A34.highest"),
  }),
  fault({
    id: "A34.exact-only",
    sentence: "Only a client with exactly the server's range is let in.",
    rule: "versions.chosen",
    wrong:
      () =>
      ({ client, server }) =>
        client.min === server.min && client.max === server.max ? server.max : undefined,
    kills: foundBy("refused", "A34.highest"),
  }),
  fault({
    id: "A34.text-compare",
    sentence: "Versions are compared by their digits as one number, so that 0.90 is above 1.0.",
    rule: "versions.compare",
    wrong: () => (one, other) => digits(one) - digits(other),
    kills: foundBy("refused", "A34.numeric"),
  }),
  fault({
    id: "A35.any-version",
    sentence: "A client without a common version is let in with the server's.",
    rule: "versions.chosen",
    wrong:
      () =>
      ({ server }) =>
        server.max,
    kills: foundBy("accepted", "A35.none-common"),
  }),
  fault({
    id: "A35.says-4000",
    sentence: "Having no common version is called a missing parameter.",
    rule: "versions.code",
    wrong: () => () => 4000,
    kills: foundBy("unfitting-code", "A35.none-common"),
  }),
  fault({
    id: "A36.no-data",
    sentence: "The error about versions does not tell the ranges.",
    rule: "versions.data",
    wrong: () => () => undefined,
    kills: foundBy("schema", "A36.ranges"),
  }),
  fault({
    id: "A37.stays-open",
    sentence: "A connection without a common version stays open.",
    rule: "versions.closes",
    wrong: () => () => false,
    kills: foundBy("still-open", "A37.closed"),
  }),
  fault({
    id: "A38.missing-hangs",
    sentence: "auth.connect without protocol.min and protocol.max is never answered.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { method, params } = input.request;
      const protocol = isJsonObject(params) ? own(params, "protocol") : undefined;
      const complete =
        isJsonObject(protocol) && own(protocol, "min") !== undefined && own(protocol, "max") !== undefined;
      return method === "auth.connect" && !complete ? [] : honest(input);
    },
    kills: foundBy("no-answer", "A38.missing"),
  }),
  fault({
    id: "A39.range-unchecked",
    sentence: "What is no range of versions counts as the server's own.",
    rule: "versions.asked",
    wrong: (honest) => (input) => honest(input) ?? { min: "1.0", max: "1.0" },
    kills: foundBy("accepted", "A39.reversed", "A39.not-a-version"),
  }),
];

interface ResultFault {
  readonly id: string;
  readonly sentence: string;
  readonly path: string;
  /** Undefined: the member is left out. */
  readonly value: unknown;
  readonly check: string;
  readonly reasonCode: string;
}

const resultFaultRows: readonly ResultFault[] = [
  {
    id: "A40.no-protocol",
    sentence: "The result of auth.connect does not tell the version.",
    path: "protocol",
    value: undefined,
    check: "A40.members",
    reasonCode: "schema",
  },
  {
    id: "A40.authenticated-missing",
    sentence: "The result of auth.connect does not say that it authenticated.",
    path: "authenticated",
    value: undefined,
    check: "A40.members",
    reasonCode: "schema",
  },
  {
    id: "A40.server-time-text",
    sentence: "server_time is text.",
    path: "server_time",
    value: "2026-01-01T00:00:00Z",
    check: "A40.members",
    reasonCode: "schema",
  },
  {
    id: "A41.no-role",
    sentence: "identity lacks the role.",
    path: "identity.role",
    value: undefined,
    check: "A41.identity",
    reasonCode: "schema",
  },
  {
    id: "A42.no-connection-id",
    sentence: "The result of auth.connect does not name the connection.",
    path: "connection.id",
    value: undefined,
    check: "A42.connection",
    reasonCode: "schema",
  },
  {
    id: "A42.device-lost",
    sentence: "connection.device_id is not the client's device.",
    path: "connection.device_id",
    value: "device",
    check: "A42.connection",
    reasonCode: "not-echoed",
  },
  {
    id: "A43.no-bridge-info",
    sentence: "The result of auth.connect lacks bridgeInfo.",
    path: "bridgeInfo",
    value: undefined,
    check: "A43.bridge",
    reasonCode: "schema",
  },
  {
    id: "A43.trust-level-number",
    sentence: "trust_level is a number.",
    path: "trust_level",
    value: 1,
    check: "A43.bridge",
    reasonCode: "schema",
  },
  {
    id: "A46.always-long",
    sentence: "Every connection is called long.",
    path: "connection.kind",
    value: "long",
    check: "A46.kind",
    reasonCode: "not-echoed",
  },
];

/** The result of auth.connect. */
export const resultFaults = [
  ...resultFaultRows.map(({ id, sentence, path, value, check, reasonCode }) =>
    fault({
      id,
      sentence,
      rule: "connect.result",
      wrong:
        () =>
        ({ result }) =>
          put(result, path, value),
      kills: foundBy(reasonCode, check),
    }),
  ),
  fault({
    id: "A41.aid-from-request",
    sentence: "An AID in the request counts for more than the one of the token.",
    rule: "connect.identity",
    wrong:
      () =>
      ({ verified, params }) => {
        const auth = own(params, "auth");
        const claimed = own(params, "aid") ?? (isJsonObject(auth) ? own(auth, "aid") : undefined);
        return typeof claimed === "string" ? claimed : verified;
      },
    kills: foundBy("wrong-aid", "A41.claimed-aid"),
  }),
  fault({
    id: "A42.same-id",
    sentence: "Every connection has the same id.",
    rule: "connect.id",
    wrong: () => () => "gateway-client",
    kills: foundBy("repeated", "A42.unique"),
  }),
  fault({
    id: "A44.milliseconds",
    sentence: "server_time is in milliseconds.",
    rule: "connect.result",
    wrong:
      () =>
      ({ result }) =>
        put(result, "server_time", Number(own(result, "server_time")) * 1000),
    kills: foundBy("wrong-time", "A44.server-time"),
  }),
  fault({
    id: "A45.intersected",
    sentence: "The server announces only what the client declared as well.",
    rule: "connect.capabilities",
    wrong:
      () =>
      ({ own: ours, client }) =>
        Object.fromEntries(
          Object.entries(ours).map(([name, value]) => [
            name,
            isJsonObject(value)
              ? Object.fromEntries(Object.entries(value).filter(([key]) => client[key] === true))
              : value,
          ]),
        ),
    kills: foundBy("depends-on-client", "A45.not-intersected"),
  }),
];
