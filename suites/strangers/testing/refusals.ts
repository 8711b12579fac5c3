/** The table of error codes and their statuses, taken down from the text (ATH 0.1 schema § error codes). */
const table = {
  SESSION_NOT_FOUND: 400,
  SESSION_EXPIRED: 400,
  STATE_MISMATCH: 400,
  INVALID_ATTESTATION: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_REVOKED: 401,
  AGENT_NOT_REGISTERED: 403,
  AGENT_UNAPPROVED: 403,
  PROVIDER_NOT_APPROVED: 403,
  SCOPE_NOT_APPROVED: 403,
  AGENT_IDENTITY_MISMATCH: 403,
  PROVIDER_MISMATCH: 403,
  USER_DENIED: 403,
  OAUTH_ERROR: 502,
  INTERNAL_ERROR: 500,
} as const;

type Code = keyof typeof table;

/** What the text calls for by name, or leaves to the implementor: then {@link Openings} chooses. */
const stated = {
  attestation: "INVALID_ATTESTATION",
  "client-unknown": "AGENT_NOT_REGISTERED",
  "agent-unapproved": "AGENT_UNAPPROVED",
  "provider-not-approved": "PROVIDER_NOT_APPROVED",
  "scope-not-approved": "SCOPE_NOT_APPROVED",
  "session-unknown": "SESSION_NOT_FOUND",
  "token-invalid": "TOKEN_INVALID",
  "token-expired": "TOKEN_EXPIRED",
  "token-revoked": "TOKEN_REVOKED",
  "agent-header": "AGENT_IDENTITY_MISMATCH",
  "provider-mismatch": "PROVIDER_MISMATCH",
  "callback-state": "STATE_MISMATCH",
  "refresh-failed": "OAUTH_ERROR",
  broken: "INTERNAL_ERROR",
} as const satisfies Record<string, Code>;

type Stated = keyof typeof stated;

/** Refusals for which the text names no code, or several; each character fills the gap in its own way. */
export interface Openings {
  readonly malformed: Code;
  readonly "wrong-secret": Code;
  readonly "wrong-subject": "AGENT_IDENTITY_MISMATCH" | "INVALID_ATTESTATION";
  readonly "document-unavailable": "INVALID_ATTESTATION" | "INTERNAL_ERROR" | "OAUTH_ERROR";
  readonly "redirect-mismatch": Code;
  readonly "state-missing": Code;
  readonly "status-unauthenticated": Code;
  readonly "status-foreign": Code;
  readonly "callback-browser": Code;
  readonly "grant-type": Code;
  readonly "session-foreign": Code;
  readonly "session-expired": "SESSION_EXPIRED" | "SESSION_NOT_FOUND";
  readonly "session-used": Code;
  readonly "not-consented": Code;
  readonly denied: "USER_DENIED" | "OAUTH_ERROR";
  readonly "bridge-failed": "OAUTH_ERROR";
  readonly "wrong-code": Code;
  readonly "nothing-granted": Code;
  readonly "operation-not-granted": Code;
  readonly "upstream-down": "OAUTH_ERROR";
  readonly "revocation-refused": Code;
}

/** Statuses of HTTP itself, for which the table has no code: the code is a name of the implementor's own. */
const plainHttp = {
  "no-such-path": { status: 404, code: "NOT_FOUND" },
  "no-such-method": { status: 405, code: "METHOD_NOT_ALLOWED" },
  "too-large": { status: 413, code: "PAYLOAD_TOO_LARGE" },
  "not-json": { status: 415, code: "UNSUPPORTED_MEDIA_TYPE" },
  "too-many": { status: 429, code: "RATE_LIMITED" },
  "duplicate-agent": { status: 409, code: "AGENT_ALREADY_REGISTERED" },
} as const;

export type Situation = Stated | keyof Openings | keyof typeof plainHttp;

/** Thrown wherever a call cannot be granted; the server turns it into an ATHError. */
export class Refusal extends Error {
  readonly situation: Situation;
  readonly headers: Readonly<Record<string, string>>;
  constructor(situation: Situation, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.situation = situation;
    this.headers = headers;
  }
}

function isPlainHttp(situation: Situation): situation is keyof typeof plainHttp {
  return Object.hasOwn(plainHttp, situation);
}

function isStated(situation: Situation): situation is Stated {
  return Object.hasOwn(stated, situation);
}

/** Code and status of a refusal as this implementor gives them. */
export function answerTo(situation: Situation, openings: Openings): { readonly status: number; readonly code: string } {
  if (isPlainHttp(situation)) return plainHttp[situation];
  const code = isStated(situation) ? stated[situation] : openings[situation];
  return { code, status: table[code] };
}
