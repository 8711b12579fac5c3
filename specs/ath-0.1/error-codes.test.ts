import { describe, expect, it } from "vitest";
import { errorStatus, isListedCode } from "./error-codes.ts";

describe("error codes", () => {
  it("come with the statuses of the protocol's table", () => {
    const byStatus = (status: number) =>
      Object.entries(errorStatus)
        .filter(([, other]) => other === status)
        .map(([code]) => code);
    expect(byStatus(400)).toEqual(["SESSION_NOT_FOUND", "SESSION_EXPIRED", "STATE_MISMATCH"]);
    expect(byStatus(401)).toEqual(["INVALID_ATTESTATION", "TOKEN_INVALID", "TOKEN_EXPIRED", "TOKEN_REVOKED"]);
    expect(byStatus(403)).toEqual([
      ...["AGENT_NOT_REGISTERED", "AGENT_UNAPPROVED", "PROVIDER_NOT_APPROVED", "SCOPE_NOT_APPROVED"],
      ...["AGENT_IDENTITY_MISMATCH", "PROVIDER_MISMATCH", "USER_DENIED"],
    ]);
    expect(byStatus(500)).toEqual(["INTERNAL_ERROR"]);
    expect(byStatus(502)).toEqual(["OAUTH_ERROR"]);
    expect(Object.keys(errorStatus)).toHaveLength(16);
  });

  it.each(["USER_DENIED", "INTERNAL_ERROR"])("%s is listed", (code) => expect(isListedCode(code)).toBe(true));

  it.each(["user_denied", "INVALID_REQUEST", "", "toString", "__proto__"])("%j is not listed", (code) =>
    expect(isListedCode(code)).toBe(false),
  );
});
