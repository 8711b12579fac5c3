import { nameable, withoutHopByHop } from "../rules/forwarding.ts";
import { fault, foundBy } from "./fault.ts";
import { firstBytes, textOnly, throughJson, throughText } from "./wrong/bodies.ts";

/** Half of what a client may well send. */
const CUT_AT_BYTES = 512 * 1024;

/** Fields that node itself acts on or makes; sending them on would break the framing and not only the rule. */
const framing = new Set(["connection", "transfer-encoding", "trailer", "upgrade", "content-length"]);

/** What the provider gets of a call (PRX-5, PRX-6). */
export const proxyRequestFaults = [
  fault({
    id: "PRX-5.method-rewritten",
    requirement: "PRX-5",
    sentence: "Calls that change something are all sent on as PUT.",
    rule: "proxy.method",
    wrong: (honest) => (input) => (["POST", "PATCH", "DELETE"].includes(input.method) ? "PUT" : honest(input)),
    kills: foundBy("altered", "PRX-5.method"),
  }),
  fault({
    id: "PRX-5.path-truncated",
    requirement: "PRX-5",
    sentence: "The last segment of the path does not reach the provider.",
    rule: "proxy.path",
    wrong:
      () =>
      ({ path }) =>
        path.slice(0, path.lastIndexOf("/")),
    kills: foundBy("altered", "PRX-5.path"),
  }),
  fault({
    id: "PRX-5.query-dropped",
    requirement: "PRX-5",
    sentence: "Calls are sent on without their query.",
    rule: "proxy.query",
    wrong: () => () => undefined,
    kills: foundBy("altered", "PRX-5.query", "PRX-5.repeated-query"),
  }),
  fault({
    id: "PRX-5.query-deduplicated",
    requirement: "PRX-5",
    sentence: "Of a query parameter that is repeated only the last one is sent on.",
    rule: "proxy.query",
    wrong:
      () =>
      ({ query }) => {
        const pairs = query?.split("&").map((pair): [string, string] => [pair.split("=")[0] ?? "", pair]);
        return pairs === undefined ? undefined : [...new Map(pairs).values()].join("&");
      },
    kills: foundBy("altered", "PRX-5.repeated-query"),
  }),
  fault({
    id: "PRX-5.json-reserialised",
    requirement: "PRX-5",
    sentence: "A JSON body is parsed and printed again before it is sent on.",
    rule: "proxy.requestBody",
    wrong:
      () =>
      ({ body, contentType }) =>
        throughJson(body, contentType),
    kills: foundBy("altered", "PRX-5.request-body"),
  }),
  fault({
    id: "PRX-5.request-decoded-as-text",
    requirement: "PRX-5",
    sentence: "Request bodies are handled as text, so that binary ones are ruined.",
    rule: "proxy.requestBody",
    wrong:
      () =>
      ({ body }) =>
        throughText(body),
    kills: foundBy("altered", "PRX-5.binary-request"),
  }),
  fault({
    id: "PRX-5.binary-request-dropped",
    requirement: "PRX-5",
    sentence: "Request bodies that are not text are left out.",
    rule: "proxy.requestBody",
    wrong:
      () =>
      ({ body }) =>
        textOnly(body),
    kills: foundBy("altered", "PRX-5.binary-request"),
  }),
  fault({
    id: "PRX-5.request-cut",
    requirement: "PRX-5",
    sentence: "Only the first half MiB of a request body is sent on.",
    rule: "proxy.requestBody",
    wrong:
      () =>
      ({ body }) =>
        firstBytes(body, CUT_AT_BYTES),
    kills: foundBy("altered", "PRX-5.large-request"),
  }),
  fault({
    id: "PRX-5.chunked-dropped",
    requirement: "PRX-5",
    sentence: "Request bodies whose length is not announced are taken for none.",
    rule: "proxy.requestBody",
    wrong:
      () =>
      ({ body, hasLength }) =>
        hasLength ? body : undefined,
    kills: foundBy("altered", "PRX-5.chunked-request"),
  }),
  fault({
    id: "PRX-5.request-type-forced",
    requirement: "PRX-5",
    sentence: "Every request is announced to the provider as JSON.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) => [
      ...honest(input).filter(([name]) => name.toLowerCase() !== "content-type"),
      ["content-type", "application/json"],
    ],
    kills: foundBy("altered", "PRX-5.request-content-type"),
  }),
  fault({
    id: "PRX-5.request-headers-dropped",
    requirement: "PRX-5",
    sentence: "None of the agent's header fields reaches the provider.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) =>
      honest(input).filter(([name]) => ["authorization", "content-length"].includes(name.toLowerCase())),
    kills: foundBy("altered", "PRX-5.request-content-type"),
  }),
  fault({
    id: "PRX-6.token-forwarded",
    requirement: "PRX-6",
    sentence: "The provider is told the ATH token as well, in a header of its own.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) => [
      ...honest(input),
      ...input.headers
        .filter(([name]) => name.toLowerCase() === "authorization")
        .map(([, value]): [string, string] => ["x-forwarded-authorization", value]),
    ],
    kills: foundBy("ath-token-forwarded", "PRX-6.token-stripped"),
  }),
  fault({
    id: "PRX-6.agent-id-forwarded",
    requirement: "PRX-6",
    sentence: "X-ATH-Agent-ID is sent on to the provider.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) => [
      ...honest(input),
      ...input.headers.filter(([name]) => name.toLowerCase() === "x-ath-agent-id"),
    ],
    kills: foundBy("agent-id-forwarded", "PRX-6.agent-id-stripped"),
  }),
  fault({
    id: "PRX-6.provider-token-missing",
    requirement: "PRX-6",
    sentence: "Calls are sent on without the provider's token.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) => honest(input).filter(([name]) => name.toLowerCase() !== "authorization"),
    kills: foundBy("provider-token-missing", "PRX-6.provider-token"),
  }),
  fault({
    id: "PRX-6.hop-by-hop-forwarded",
    requirement: "PRX-6",
    sentence: "Header fields that are for the connection to the implementor alone are sent on.",
    rule: "proxy.requestHeaders",
    wrong: (honest) => (input) => {
      const { headers } = input;
      const kept = new Set(withoutHopByHop(headers));
      const dropped = headers.filter((field) => !kept.has(field));
      return [...honest(input), ...dropped.filter(([name]) => nameable(name) && !framing.has(name.toLowerCase()))];
    },
    kills: foundBy("hop-by-hop-forwarded", "PRX-6.hop-by-hop"),
  }),
];
