import { isListedCode } from "../../../specs/index.ts";
import type { RefusalReason } from "../refusal.ts";
import { fault, foundBy } from "./fault.ts";

/** Codes that implementors make up where the standard lists none. */
const ownCodes: Readonly<Partial<Record<RefusalReason, string>>> = {
  "malformed-request": "INVALID_REQUEST",
  "credentials-wrong": "INVALID_CLIENT",
  "grant-type-unsupported": "UNSUPPORTED_GRANT_TYPE",
  "redirect-uri-unregistered": "INVALID_REDIRECT_URI",
};

/** What errors look like (ERR-1, ERR-2, ERR-3). */
export const errorFormFaults = [
  fault({
    id: "ERR-1.text-errors",
    requirement: "ERR-1",
    sentence: "Errors are plain text.",
    rule: "errors.body",
    wrong:
      () =>
      ({ message }) => ({ contentType: "text/plain; charset=utf-8", text: message }),
    kills: foundBy(
      "error-shape",
      "ERR-1.error-shape",
      "ERR-1.fuzz-register",
      "ERR-1.fuzz-authorize",
      "ERR-1.fuzz-token",
      "ERR-1.fuzz-revoke",
    ),
  }),
  fault({
    id: "ERR-1.stack-trace",
    requirement: "ERR-1",
    sentence: "Errors carry the stack trace of where they were thrown.",
    rule: "errors.body",
    wrong: (honest) => (input) => honest({ ...input, members: { ...input.members, stack: input.stack } }),
    kills: foundBy("stack-trace", "ERR-1.no-stack-trace"),
  }),
  fault({
    id: "ERR-2.all-400",
    requirement: "ERR-2",
    sentence: "Every refusal of a request comes with the status 400.",
    rule: "errors.status",
    wrong: (honest) => (input) => {
      const status = honest(input);
      return isListedCode(input.code) && status < 500 ? 400 : status;
    },
    kills: foundBy("wrong-status", "ERR-2.status-table"),
  }),
  fault({
    id: "ERR-3.own-codes",
    requirement: "ERR-3",
    sentence: "Malformed requests, wrong client credentials and the like have codes of the implementor's own.",
    rule: "errors.code",
    wrong: (honest) => (input) => ownCodes[input.reason] ?? honest(input),
    kills: foundBy("unlisted-code", "ERR-3.listed-codes"),
  }),
];
