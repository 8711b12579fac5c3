/**
 * The error codes that the AUN documents list, with what they say. The chapters 03 and 07 give different families for the
 * same cases, so that a check accepts either; a listed code that stands for something else is a finding.
 */
export const aunErrorCodes: Readonly<Record<number, string>> = {
  4000: "a required parameter is missing (03)",
  4001: "authentication failed (03)",
  4010: "nonce invalid or expired (03)",
  4500: "internal error of the server (03)",
  [-32700]: "not JSON (07)",
  [-32600]: "not a request (07)",
  [-32601]: "unknown method (07)",
  [-32602]: "invalid parameters (07)",
  [-32603]: "internal error (07)",
  [-32000]: "no common protocol version (03)",
  [-32001]: "authentication failed (07)",
  [-32002]: "certificate or nonce invalid (01, 07)",
  [-32003]: "signature invalid (01, 07)",
  [-32004]: "not permitted (07)",
  [-32005]: "token expired, or the refresh chain is used up (01, 07)",
  [-32008]: "not found (07)",
  [-32009]: "version conflict (07)",
  [-32010]: "the other domain cannot be reached (06)",
  [-32011]: "the other domain did not answer in time (06)",
  [-32012]: "the other domain refused (06)",
  [-32013]: "the session is not initialised (07)",
};

/** The codes that fit each case, both families together; what is not listed at all is never held against a target. */
export const fittingCodes = {
  missingParameter: [4000, -32602],
  badParameter: [4000, -32602],
  authentication: [4001, -32001, -32002, -32003, -32005],
  challengeNonce: [4010, 4001, -32001, -32002],
  login: [4001, 4010, -32001, -32002, -32003],
  notInitialised: [-32013],
  version: [-32000],
  notJson: [-32700],
  notARequest: [-32600],
  unknownMethod: [-32601],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** What a target says when something broke inside it. */
export const internalErrors: readonly number[] = [4500, -32603];

/** What a target says to a client that is too fast; no document lists them, the public clients know them. */
export const rateLimits: readonly number[] = [429, 4290, -32029, -32429];
