import type { Json } from "./json.ts";

/**
 * Who takes part in an exchange. `operator` is the kit acting through a hook of the target; `peer` is the second AUN
 * domain that the target is connected with: what it grants, the target has not granted.
 */
export type Party =
  | "agent"
  | "user"
  | "operator"
  | "target"
  | "peer"
  | "provider"
  | "upstream"
  | "identity-host"
  | "other";

/** A party that says what it likes: what it sends is bounded, and what it calls a secret is only overheard. */
export function isForeign(party: Party): boolean {
  return party === "target" || party === "peer" || party === "other";
}

/** What an exchange is for; it tells how to read the answer (see granted.ts). */
export type Purpose =
  | "discovery"
  | "register"
  | "agent-status"
  | "authorize"
  | "browse"
  | "callback"
  | "landing"
  | "token"
  | "proxy"
  | "revoke"
  | "hook"
  | "identity-document"
  | "provider-authorize"
  | "provider-token"
  | "upstream-call"
  | "handshake-hello"
  | "handshake-proof"
  | "handshake-scopes"
  | "handshake-complete"
  | "handshake-confirmation"
  | "confirmation-answer"
  | "api-call"
  | "websocket"
  | "other";

/** A header list as it was on the wire: order and repetition kept, names as sent. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A body: its text as far as it was kept, and the length and SHA-256 (hex) of all of it. */
export interface RecordedBody {
  readonly body?: string;
  readonly bodyBytes: number;
  readonly bodySha256?: string;
  readonly truncated?: boolean;
}

export interface RecordedRequest extends RecordedBody {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
}

export interface RecordedResponse extends RecordedBody {
  readonly status: number;
  readonly headers: HeaderList;
}

/**
 * One request and its answer, or the reason why there was none. Secrets are replaced by placeholders (redact.ts) that
 * keep equality and length.
 */
export interface Exchange {
  /** 1, 2, 3 … in the order in which the check started them. */
  readonly id: number;
  readonly from: Party;
  readonly to: Party;
  readonly purpose: Purpose;
  /** ISO 8601, the kit's clock. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse | null;
  /**
   * A transport failure: TIMEOUT, CONNECTION_REFUSED, CONNECTION_RESET, TLS, TOO_LARGE, PROTOCOL, DNS, OTHER; or
   * STALE_CONNECTION, where a kept connection ended as it was used again, and the next exchange is the same request once
   * more.
   */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/**
 * One event of a WebSocket connection: a message, a control frame, its opening or its end. Ids come from the same series
 * as those of exchanges, so that marks and findings may name either.
 */
export interface Frame {
  readonly id: number;
  /** 1, 2, 3 … in the order in which the check opened its connections. */
  readonly connection: number;
  readonly from: Party;
  readonly to: Party;
  readonly kind: "open" | "text" | "binary" | "ping" | "pong" | "close" | "error";
  /** ISO 8601, the kit's clock. */
  readonly at: string;
  /** Milliseconds since the check began, monotonic. */
  readonly atMs: number;
  /** Text as far as it was kept; of `open` the URL, of `error` its code and message. */
  readonly text?: string;
  readonly bytes: number;
  readonly sha256?: string;
  readonly truncated?: boolean;
  /** Of `close`: the code and the reason (RFC 6455 § 7.4); 1006 when the connection just ended. */
  readonly code?: number;
  readonly reason?: string;
}

/** Who a failure belongs to. */
export type Cause = "target" | "environment" | "configuration" | "kit";

/** Why a drive ended before it could show anything. */
export interface Stop {
  readonly kind: "not-tested" | "not-applicable" | "kit-error";
  /** Machine-readable, for example `control-refused`, `hook-missing`, `feature-absent`, `rate-limited`. */
  readonly reasonCode: string;
  readonly message: string;
  /** What would make it testable. */
  readonly mend?: string;
  readonly cause: Cause | null;
  /** Exchanges that decided it. */
  readonly exchanges?: readonly number[];
}

/** What one drive recorded: everything a judge may look at. It survives JSON unchanged. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  /** What went over WebSockets, in order; absent where the profile speaks HTTP only. */
  readonly frames?: readonly Frame[];
  /** Roles of exchanges and frames: `control`, `attempt`, `subject`, or whatever the check names. */
  readonly marks: Readonly<Record<string, readonly number[]>>;
  /** What the drive measured or knew beyond the wire. */
  readonly facts: Readonly<Record<string, Json>>;
  readonly stopped?: Stop;
  /** For properties: one evidence per generated input, the shrunken counterexample last. */
  readonly cases?: readonly Evidence[];
}

/** The exchanges that carry a role, in order. */
export function marked(evidence: Evidence, role: string): readonly Exchange[] {
  const ids = new Set(evidence.marks[role] ?? []);
  return evidence.exchanges.filter(({ id }) => ids.has(id));
}

/** The frames that carry a role, in order. */
export function markedFrames({ marks, frames = [] }: Evidence, role: string): readonly Frame[] {
  const ids = new Set(marks[role] ?? []);
  return frames.filter(({ id }) => ids.has(id));
}

/** The value of a header (case-insensitive; repeated ones joined by ", "); undefined when absent. */
export function header(message: { readonly headers: HeaderList }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = message.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}
