import { hasUnstorableText } from "../../core/unstorable-text.ts";
import type { Provider } from "../settings.ts";
import { fault, foundBy } from "./fault.ts";
import { depthOf, formMembers } from "./wrong/forms.ts";

/** More than anybody sends. */
const HUGE_BYTES = 64 * 1024 * 1024;

/** Input that breaks an implementor who trusts it (ERR-1). */
export const robustnessFaults = [
  fault({
    id: "ERR-1.malformed-json-crashes",
    requirement: "ERR-1",
    sentence: "A body that is no JSON ends in an internal error.",
    rule: "body.parse",
    wrong: (honest) => (input) => {
      const parsed = honest(input);
      const text = Buffer.from(input.bytes).toString("utf8");
      if (!parsed.ok && input.contentType?.includes("json") === true && input.depthIsBearable(text)) JSON.parse(text);
      return parsed;
    },
    kills: foundBy("server-error", "ERR-1.malformed-json"),
  }),
  fault({
    id: "ERR-1.form-accepted",
    requirement: "ERR-1",
    sentence: "A form is taken as well where JSON is due.",
    rule: "body.parse",
    wrong: (honest) => (input) =>
      input.contentType?.startsWith("application/x-www-form-urlencoded") === true
        ? { ok: true, value: formMembers(Buffer.from(input.bytes).toString("utf8")) }
        : honest(input),
    kills: foundBy("accepted", "ERR-1.form-body"),
  }),
  fault({
    id: "ERR-1.fields-optional",
    requirement: "ERR-1",
    sentence: "Nothing is missed at registration and authorization that no other rule needs.",
    rule: "body.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const isMissed = input.endpoint === "token" || input.endpoint === "revoke";
      return isMissed ? issues : issues.filter(({ keyword }) => keyword !== "required");
    },
    kills: foundBy("accepted", "ERR-1.fuzz-register", "ERR-1.fuzz-authorize"),
  }),
  fault({
    id: "ERR-1.missing-field-crashes",
    requirement: "ERR-1",
    sentence: "A required member that is missing at authorization or exchange ends in an internal error.",
    rule: "body.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const missing = issues.find(({ keyword }) => keyword === "required");
      if (missing !== undefined && (input.endpoint === "authorize" || input.endpoint === "token")) {
        throw new TypeError(`cannot read ${missing.path} of undefined`);
      }
      return issues;
    },
    kills: foundBy("server-error", "ERR-1.missing-fields", "ERR-1.fuzz-authorize", "ERR-1.fuzz-token"),
  }),
  fault({
    id: "ERR-1.missing-scopes-crashes",
    requirement: "ERR-1",
    sentence: "An authorization without scopes ends in an internal error.",
    rule: "body.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const missing = issues.some(({ path, keyword }) => path === "/scopes" && keyword === "required");
      if (missing && input.endpoint === "authorize") throw new TypeError("scopes is not iterable");
      return issues;
    },
    kills: foundBy("server-error", "ERR-1.missing-fields", "ERR-1.fuzz-authorize"),
  }),
  fault({
    id: "ERR-1.wrong-type-crashes",
    requirement: "ERR-1",
    sentence: "A member of a wrong type ends in an internal error.",
    rule: "body.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      const wrong = issues.find(({ keyword }) => keyword === "type");
      if (wrong !== undefined) throw new TypeError(`${wrong.path} has no such method`);
      return issues;
    },
    kills: foundBy(
      "server-error",
      "ERR-1.wrong-types",
      "ERR-1.fuzz-register",
      "ERR-1.fuzz-authorize",
      "ERR-1.fuzz-token",
      "ERR-1.fuzz-revoke",
    ),
  }),
  fault({
    id: "ERR-1.unstorable-text-crashes",
    requirement: "ERR-1",
    sentence: "A text with NUL or half a surrogate pair in it reaches the database, which does not take it.",
    rule: "body.asObject",
    wrong: (honest) => (input) => {
      if (hasUnstorableText(input.value)) throw new RangeError("invalid byte sequence for encoding UTF8");
      return honest(input);
    },
    kills: foundBy(
      "server-error",
      "ERR-1.fuzz-register",
      "ERR-1.fuzz-authorize",
      "ERR-1.fuzz-token",
      "ERR-1.fuzz-revoke",
    ),
  }),
  fault({
    id: "ERR-1.null-body-crashes",
    requirement: "ERR-1",
    sentence: "A body that is JSON null ends in an internal error.",
    rule: "body.asObject",
    wrong: (honest) => (input) => {
      if (input.value === null) throw new TypeError("cannot read members of null");
      return honest(input);
    },
    kills: foundBy("server-error", "ERR-1.not-an-object"),
  }),
  fault({
    id: "ERR-1.prototype-lookup",
    requirement: "ERR-1",
    sentence: "Providers are looked up in a plain object, where constructor and __proto__ are found as well.",
    rule: "provider.find",
    wrong:
      () =>
      ({ providerId, providers }) => {
        const table: Readonly<Record<string, Provider>> = Object.fromEntries(providers);
        return table[providerId];
      },
    kills: foundBy("server-error", "ERR-1.prototype-names"),
  }),
  fault({
    id: "ERR-1.huge-body-accepted",
    requirement: "ERR-1",
    sentence: "Bodies of many MiB are read and worked on.",
    rule: "body.maxBytes",
    wrong: () => () => HUGE_BYTES,
    kills: foundBy("accepted", "ERR-1.huge-body"),
  }),
  fault({
    id: "ERR-1.broken-jwt-crashes",
    requirement: "ERR-1",
    sentence: "An attestation whose parts are no JSON objects ends in an internal error.",
    rule: "attestation.unreadable",
    wrong: () => () => {
      throw new SyntaxError("unexpected token in JSON at position 0");
    },
    kills: foundBy("server-error", "ERR-1.broken-attestations"),
  }),
  fault({
    id: "ERR-1.deep-nesting-crashes",
    requirement: "ERR-1",
    sentence: "A body is walked by recursion, which deep nesting ends with an internal error.",
    rule: "body.depthIsBearable",
    wrong: (honest) => (input) => {
      if (honest(input)) return true;
      return Number.isFinite(depthOf(JSON.parse(input.text)));
    },
    kills: foundBy("server-error", "ERR-1.deep-nesting"),
  }),
];
