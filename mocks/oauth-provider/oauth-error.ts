import { jsonResponse } from "../core/json.ts";

export type OAuthErrorCode =
  | "access_denied"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_request"
  | "invalid_scope"
  | "invalid_target"
  | "server_error"
  | "unsupported_grant_type"
  | "unsupported_response_type";

/** A refusal in the words of RFC 6749 § 4.1.2.1 and § 5.2, RFC 8707 § 2. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  constructor(code: OAuthErrorCode, description: string) {
    super(description);
    this.code = code;
  }
}

/** Answers of the token endpoint and its sisters must not be stored (RFC 6749 § 5.1). */
export const noStore = { "cache-control": "no-store", pragma: "no-cache" } as const;

const statuses: Readonly<Partial<Record<OAuthErrorCode, number>>> = { invalid_client: 401, server_error: 500 };

/** RFC 6749 § 5.2: the error as JSON; a client that failed to authenticate is told how to. */
export function oauthErrorResponse({ code, message }: OAuthError): Response {
  const challenge = code === "invalid_client" ? { "www-authenticate": 'Basic realm="oauth", charset="UTF-8"' } : {};
  return jsonResponse(
    { error: code, error_description: message },
    { status: statuses[code] ?? 400, headers: { ...noStore, ...challenge } },
  );
}
