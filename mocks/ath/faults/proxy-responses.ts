import { gunzipSync } from "node:zlib";
import { bytesOf } from "../body-source.ts";
import { fault, foundBy } from "./fault.ts";
import { firstBytes, throughText } from "./wrong/bodies.ts";

const CUT_AT_BYTES = 1024 * 1024;

/** The general status of its class, for those that say more. */
function flattened(status: number): number {
  if (status > 200 && status < 204) return 200;
  if (status > 400 && status < 500) return 400;
  return Math.min(status, 500);
}

/** What the agent gets of the provider's answer (PRX-5). */
export const proxyResponseFaults = [
  fault({
    id: "PRX-5.response-decoded-as-text",
    requirement: "PRX-5",
    sentence: "Response bodies are handled as text, so that binary ones are ruined.",
    rule: "proxy.responseBody",
    wrong:
      () =>
      ({ body }) =>
        throughText(body),
    kills: foundBy("altered", "PRX-5.response-body"),
  }),
  fault({
    id: "PRX-5.response-cut",
    requirement: "PRX-5",
    sentence: "Only the first MiB of a response body is passed on.",
    rule: "proxy.responseBody",
    wrong:
      () =>
      ({ body }) =>
        firstBytes(body, CUT_AT_BYTES),
    kills: foundBy("altered", "PRX-5.large-response"),
  }),
  fault({
    id: "PRX-5.response-type-forced",
    requirement: "PRX-5",
    sentence: "Every answer of the provider is announced to the agent as JSON.",
    rule: "proxy.responseHeaders",
    wrong: (honest) => (input) => [
      ...honest(input).filter(([name]) => name.toLowerCase() !== "content-type"),
      ["content-type", "application/json"],
    ],
    kills: foundBy("altered", "PRX-5.response-content-type"),
  }),
  fault({
    id: "PRX-5.response-headers-dropped",
    requirement: "PRX-5",
    sentence: "None of the provider's header fields reaches the agent.",
    rule: "proxy.responseHeaders",
    wrong: (honest) => (input) => honest(input).filter(([name]) => name.toLowerCase() === "content-length"),
    kills: foundBy("altered", "PRX-5.response-content-type"),
  }),
  fault({
    id: "PRX-5.encoding-unsaid",
    requirement: "PRX-5",
    sentence: "The agent gets the bytes of a compressed answer and is not told that they are compressed.",
    rule: "proxy.responseHeaders",
    wrong: (honest) => (input) => honest(input).filter(([name]) => name.toLowerCase() !== "content-encoding"),
    kills: foundBy("altered", "PRX-5.encoded-response"),
  }),
  fault({
    id: "PRX-5.encoding-undone",
    requirement: "PRX-5",
    sentence: "A compressed answer is unpacked on the way and still announced as compressed.",
    rule: "proxy.responseBody",
    wrong: (honest) => async (input) => {
      const bytes = await bytesOf(await honest(input));
      // RFC 1952 § 2.3.1: how a gzip member begins.
      return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    },
    kills: foundBy("altered", "PRX-5.encoded-response"),
  }),
  fault({
    id: "PRX-5.failures-wrapped",
    requirement: "PRX-5",
    sentence: "What the provider fails at reaches the agent as 502.",
    rule: "proxy.responseStatus",
    wrong:
      () =>
      ({ status }) =>
        status >= 500 ? 502 : status,
    kills: foundBy("altered", "PRX-5.status"),
  }),
  fault({
    id: "PRX-5.status-flattened",
    requirement: "PRX-5",
    sentence: "The provider's status is reduced to 200, 400 or 500.",
    rule: "proxy.responseStatus",
    wrong:
      () =>
      ({ status }) =>
        flattened(status),
    kills: foundBy("altered", "PRX-5.status"),
  }),
  fault({
    id: "PRX-5.no-content-crashes",
    requirement: "PRX-5",
    sentence: "An answer without content ends in an internal error, since its body is parsed.",
    rule: "proxy.responseStatus",
    wrong: (honest) => (input) => {
      if (input.status === 204) throw new SyntaxError("unexpected end of JSON input");
      return honest(input);
    },
    kills: foundBy("altered", "PRX-5.no-content"),
  }),
  fault({
    id: "PRX-5.redirect-followed",
    requirement: "PRX-5",
    sentence: "Redirects of the provider are followed, wherever they lead, and the agent gets what is there.",
    rule: "proxy.onRedirect",
    wrong:
      () =>
      ({ location, follow }) =>
        follow(location),
    kills: foundBy("altered", "PRX-5.redirect"),
  }),
  fault({
    id: "PRX-5.errors-reworded",
    requirement: "PRX-5",
    sentence: "Of what the provider fails at the agent gets the status, and words of the implementor's own.",
    rule: "proxy.responseBody",
    wrong: (honest) => (input) =>
      input.status >= 400 ? Buffer.from('{"code":"OAUTH_ERROR","message":"the provider failed"}') : honest(input),
    kills: foundBy("altered", "PRX-5.error-body"),
  }),
];
