import { hasUnstorableText } from "../../core/unstorable-text.ts";
import { DRIFT_MS } from "../rules/message.ts";
import { fault, foundBy } from "./fault.ts";

/** More than anybody sends. */
const HUGE_BYTES = 64 * 1024 * 1024;

/** Times of messages (HS-6). */
export const timestampFaults = [
  fault({
    id: "HS-6.past-ignored",
    requirement: "HS-6",
    sentence: "A message may be as old as it likes.",
    rule: "message.timestampFits",
    wrong: (honest) => (input) => honest(input) || (input.timestamp ?? 0) * 1000 < input.now,
    kills: foundBy("accepted", "HS-6.past"),
  }),
  fault({
    id: "HS-6.future-ignored",
    requirement: "HS-6",
    sentence: "A message may come from the future.",
    rule: "message.timestampFits",
    wrong: (honest) => (input) => honest(input) || (input.timestamp ?? 0) * 1000 > input.now,
    kills: foundBy("accepted", "HS-6.future", "HS-6.milliseconds"),
  }),
  fault({
    id: "HS-6.only-first-message",
    requirement: "HS-6",
    sentence: "The time of the first message is judged, that of the others is not.",
    rule: "message.timestampFits",
    wrong: (honest) => (input) => input.type !== "handshake_request" || honest(input),
    kills: foundBy("accepted", "HS-6.past", "HS-6.future"),
  }),
  fault({
    id: "HS-6.window-too-narrow",
    requirement: "HS-6",
    sentence: "A message has to be within one minute of now.",
    rule: "message.timestampFits",
    wrong: (honest) => (input) => honest(input) && Math.abs(input.now - (input.timestamp ?? 0) * 1000) <= DRIFT_MS / 5,
    kills: foundBy("refused", "HS-6.window-past", "HS-6.window-future"),
  }),
];

/** Input that breaks a gateway that trusts it (HS-5). */
export const robustnessFaults = [
  fault({
    id: "HS-5.fields-optional",
    requirement: "HS-5",
    sentence: "Messages are taken with members missing.",
    rule: "message.issues",
    wrong: (honest) => (input) => honest(input).filter(({ kind }) => kind !== "missing"),
    kills: foundBy(
      "accepted",
      "HS-5.missing-field",
      "HS-5.fuzz-hello",
      "HS-5.fuzz-proof",
      "HS-5.fuzz-scopes",
      "HS-5.fuzz-complete",
    ),
  }),
  fault({
    id: "HS-5.missing-field-crashes",
    requirement: "HS-5",
    sentence: "A missing member ends in an internal error.",
    rule: "message.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const missing = issues.find(({ kind }) => kind === "missing");
      if (missing !== undefined) throw new TypeError(`cannot read ${missing.member} of undefined`);
      return issues;
    },
    kills: foundBy(
      "server-error",
      "HS-5.missing-field",
      "HS-5.fuzz-hello",
      "HS-5.fuzz-proof",
      "HS-5.fuzz-scopes",
      "HS-5.fuzz-complete",
    ),
  }),
  fault({
    id: "HS-5.types-unchecked",
    requirement: "HS-5",
    sentence: "Members of a wrong type count as if they were not there, and nobody minds.",
    rule: "message.issues",
    wrong: (honest) => (input) => honest(input).filter(({ kind }) => kind !== "type"),
    kills: foundBy("accepted", "HS-5.wrong-type"),
  }),
  fault({
    id: "HS-5.wrong-type-crashes",
    requirement: "HS-5",
    sentence: "A member of a wrong type ends in an internal error.",
    rule: "message.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const wrong = issues.find(({ kind }) => kind === "type");
      if (wrong !== undefined) throw new TypeError(`${wrong.member} has no such method`);
      return issues;
    },
    kills: foundBy(
      "server-error",
      "HS-5.wrong-type",
      "HS-5.fuzz-hello",
      "HS-5.fuzz-proof",
      "HS-5.fuzz-scopes",
      "HS-5.fuzz-complete",
    ),
  }),
  fault({
    id: "HS-5.unstorable-text-crashes",
    requirement: "HS-5",
    sentence: "A text with NUL or half a surrogate pair in it reaches the database, which does not take it.",
    rule: "message.asObject",
    wrong: (honest) => (input) => {
      if (hasUnstorableText(input.value)) throw new RangeError("invalid byte sequence for encoding UTF8");
      return honest(input);
    },
    kills: foundBy("server-error", "HS-5.fuzz-hello", "HS-5.fuzz-proof", "HS-5.fuzz-scopes", "HS-5.fuzz-complete"),
  }),
  fault({
    id: "HS-5.unknown-type-accepted",
    requirement: "HS-5",
    sentence: "A message of an unknown type is answered as a handshake_request.",
    rule: "message.type",
    wrong: (honest) => (input) => honest(input) ?? "handshake_request",
    kills: foundBy("accepted", "HS-5.unknown-type"),
  }),
  fault({
    id: "HS-5.unknown-type-crashes",
    requirement: "HS-5",
    sentence: "A message of an unknown type ends in an internal error.",
    rule: "message.type",
    wrong: (honest) => (input) => {
      const type = honest(input);
      if (type === undefined) throw new TypeError("no handler for this type");
      return type;
    },
    kills: foundBy(
      "server-error",
      "HS-5.unknown-type",
      "HS-5.fuzz-hello",
      "HS-5.fuzz-proof",
      "HS-5.fuzz-scopes",
      "HS-5.fuzz-complete",
    ),
  }),
  fault({
    id: "HS-5.null-crashes",
    requirement: "HS-5",
    sentence: "A message that is JSON null ends in an internal error.",
    rule: "message.asObject",
    wrong: (honest) => (input) => {
      if (input.value === null) throw new TypeError("cannot read members of null");
      return honest(input);
    },
    kills: foundBy("server-error", "HS-5.not-an-object"),
  }),
  fault({
    id: "HS-5.text-errors",
    requirement: "HS-5",
    sentence: "Refusals are plain text.",
    rule: "errors.body",
    wrong:
      () =>
      ({ message }) => ({ contentType: "text/plain; charset=utf-8", text: message }),
    kills: foundBy(
      "error-shape",
      "HS-5.error-shape",
      "HS-5.fuzz-hello",
      "HS-5.fuzz-proof",
      "HS-5.fuzz-scopes",
      "HS-5.fuzz-complete",
    ),
  }),
  fault({
    id: "HS-5.malformed-key-crashes",
    requirement: "HS-5",
    sentence: "A key that cannot be read ends in an internal error.",
    rule: "hello.agentKey",
    wrong: (honest) => (input) => {
      const key = honest(input);
      if (key === undefined) throw new TypeError("the key has no details");
      return key;
    },
    kills: foundBy("server-error", "HS-5.malformed-key"),
  }),
  fault({
    id: "HS-5.prototype-lookup",
    requirement: "HS-5",
    sentence: "Handshakes are looked up in a plain object, where constructor and __proto__ are found as well.",
    rule: "order.handshake",
    wrong:
      () =>
      ({ id, handshakes }) => {
        const table: Readonly<Record<string, ReturnType<typeof handshakes.get>>> = Object.fromEntries(handshakes);
        return table[id];
      },
    kills: foundBy("server-error", "HS-5.prototype-names"),
  }),
  fault({
    id: "HS-5.huge-accepted",
    requirement: "HS-5",
    sentence: "Messages of many MiB are read and worked on.",
    rule: "message.maxBytes",
    wrong: () => () => HUGE_BYTES,
    kills: foundBy("accepted", "HS-5.huge"),
  }),
  fault({
    id: "HS-5.deep-crashes",
    requirement: "HS-5",
    sentence: "A message is walked by recursion, which deep nesting ends with an internal error.",
    rule: "message.depthIsBearable",
    wrong: (honest) => (input) => {
      if (!honest(input)) throw new RangeError("Maximum call stack size exceeded");
      return true;
    },
    kills: foundBy("server-error", "HS-5.deep"),
  }),
];
