import { errorStatus, isListedCode } from "../../../specs/index.ts";
import type { JsonObject } from "../json.ts";
import { type OwnCode, type RefusalReason, refusalCodes } from "../refusal.ts";

/** An error's body on the wire. */
export interface ErrorBody {
  readonly contentType: string;
  readonly text: string;
}

export interface ErrorRules {
  /** ERR-3: the code that a reason travels under. */
  "errors.code": (input: { readonly reason: RefusalReason }) => string;
  /** ERR-2: the status that goes with a code. */
  "errors.status": (input: { readonly reason: RefusalReason; readonly code: string }) => number;
  /** ERR-1: a JSON object with code and message; never a stack trace. */
  "errors.body": (input: {
    readonly reason: RefusalReason;
    readonly code: string;
    readonly message: string;
    readonly members: JsonObject;
    /** Where it was refused. */
    readonly stack: string;
  }) => ErrorBody;
}

const ownStatus = {
  AGENT_ALREADY_REGISTERED: 409,
  RATE_LIMITED: 429,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
} as const satisfies Readonly<Record<OwnCode, number>>;

function isOwnCode(code: string): code is OwnCode {
  return Object.hasOwn(ownStatus, code);
}

export const honestErrors: ErrorRules = {
  "errors.code": ({ reason }) => refusalCodes[reason],
  "errors.status": ({ code }) => {
    if (isListedCode(code)) return errorStatus[code];
    return isOwnCode(code) ? ownStatus[code] : 400;
  },
  "errors.body": ({ code, message, members }) => ({
    contentType: "application/json",
    text: JSON.stringify({ code, message, ...members }),
  }),
};
