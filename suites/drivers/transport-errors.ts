/** Why an exchange had no (whole) answer: the codes of `Exchange.error`. */
type TransportErrorCode =
  | "TIMEOUT"
  | "CONNECTION_REFUSED"
  | "CONNECTION_RESET"
  | "STALE_CONNECTION"
  | "TLS"
  | "TOO_LARGE"
  | "PROTOCOL"
  | "DNS"
  | "OTHER";

export interface TransportError {
  readonly code: TransportErrorCode;
  readonly message: string;
}

/** What the system calls it, and what the kit calls it; the first pattern that fits decides. */
const rows: readonly (readonly [RegExp, TransportErrorCode])[] = [
  [/^ECONNREFUSED$/, "CONNECTION_REFUSED"],
  [/^(ENOTFOUND|EAI_)/, "DNS"],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, "CONNECTION_RESET"],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, "TIMEOUT"],
  [/^HPE_HEADER_OVERFLOW$/, "TOO_LARGE"],
  [/^HPE_/, "PROTOCOL"],
  [/^WS_ERR_UNSUPPORTED_MESSAGE_LENGTH$/, "TOO_LARGE"],
  [/^WS_ERR_/, "PROTOCOL"],
  [/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$|HOSTNAME_MISMATCH|CRL_|INVALID_CA)/, "TLS"],
];

/** The `code` of a Node error; of the first inner one when it has none of its own (several addresses were tried). */
export function systemCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? systemCode(error.errors[0]) : "";
}

/** Names a failure of the transport. */
export function transportError(error: unknown): TransportError {
  const system = systemCode(error);
  const message = error instanceof Error && error.message !== "" ? error.message : system;
  // An upgrade that is never answered has a message and no code (ws).
  const unnamed = system === "" && /timed out/.test(message) ? "TIMEOUT" : "OTHER";
  const code = rows.find(([pattern]) => pattern.test(system))?.[1] ?? unnamed;
  return { code, message: system === "" || message.includes(system) ? message : `${message} (${system})` };
}
