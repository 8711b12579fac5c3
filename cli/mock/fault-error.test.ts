import { describe, expect, it } from "vitest";
import { CliError } from "../exit.ts";
import { faultError } from "./fault-error.ts";

const unknown = Object.assign(new Error('no fault is called "X"'), { code: "UNKNOWN_FAULT" });

describe("a fault that cannot be switched on", () => {
  it.each([
    ["one of another mock", "ath-gateway", "HS-2.nonce-repeats@2", /is a fault of ath-handshake, not of ath-gateway/],
    ["a typing error", "ath-gateway", "ATT-5.jti-forgoten", /did you mean ATT-5\.jti-forgotten\?/],
    ["use number 0", "ath-gateway", "ATT-5.jti-forgotten@0", /whole number n from 1, not "ATT-5\.jti-forgotten@0"/],
    ["no id", "ath-gateway", "", /takes ID or ID@n/],
  ])("%s is told as what it is", async (_name, which, fault, said) => {
    const error = await faultError(unknown, which, ["ATT-5.jti-race", fault]);
    if (!(error instanceof CliError)) throw new Error("no error for users");
    expect(error.message).toMatch(said);
    expect(error.exitCode).toBe(2);
  });

  it("leaves what it can say nothing about, and other errors", async () => {
    const other = new Error("something else");
    expect(await faultError(unknown, "ath-gateway", ["frobnicate"])).toBe(unknown);
    expect(await faultError(other, "ath-gateway", ["HS-2.nonce-repeats"])).toBe(other);
  });
});
