import { describe, expect, it } from "vitest";
import type { Json } from "../engine/json.ts";
import { audit } from "./audit.ts";
import { rateLimit } from "./rate-limit.ts";
import { revocation } from "./revocation.ts";
import { called, evidenceOf, issued, judged, made, refusedWith } from "./testing/flow-evidence.ts";

const dead = () => refusedWith("proxy", 401, "TOKEN_REVOKED");

describe("revocation", () => {
  const revoke = (status: number) => made({ purpose: "revoke", status, json: {} });
  it.each(["REV-2.no-credentials", "REV-2.wrong-secret", "REV-3.other-agent"])("%s is judged by its effect", (id) => {
    const lives = evidenceOf({ control: [called()], revocation: [revoke(200)], after: [called()] });
    const died = evidenceOf({ control: [called()], revocation: [revoke(401)], after: [dead()] });
    const broke = evidenceOf({ control: [called()], revocation: [revoke(401)], after: [called(502)] });
    expect(judged(revocation, id, lives)).toBe("pass");
    expect(judged(revocation, id, died)).toBe("violated token-died");
    expect(judged(revocation, id, broke)).toBe("not-tested call-failed");
  });
  it("REV-1 wants the token dead", () => {
    expect(judged(revocation, "REV-1.revoked", evidenceOf({ control: [called()], attempt: [dead()] }))).toBe("pass");
    expect(judged(revocation, "REV-1.revoked", evidenceOf({ control: [called()], attempt: [called()] }))).toBe(
      "violated accepted",
    );
  });
  it.each([
    [200, "pass"],
    [204, "pass"],
    [404, "violated not-200"],
    [500, "violated not-200"],
    [429, "not-tested no-answer"],
  ])("REV-4 of an unknown token with %i", (status, verdict) => {
    const evidence = evidenceOf({ control: [revoke(200)], attempt: [revoke(status)] });
    expect(judged(revocation, "REV-4.unknown-token", evidence)).toBe(verdict);
  });
});

describe("audit", () => {
  const entry = {
    timestamp: "2026-01-01T00:00:00Z",
    event: "access_granted",
    agent_id: "http://agent.test/a",
    user_id: "alice",
    provider_id: "mail",
    effective_scopes: ["mail:read"],
  };
  const logged = (id: string, ...entries: readonly Json[]) =>
    judged(audit, id, evidenceOf({ cause: [issued()], control: [issued()] }, { entries }));
  it.each([
    ["the event by its name", [entry], "pass"],
    ["the event by another spelling and member", [{ type: "Access-Granted" }], "pass"],
    ["other events only", [{ event: "proxy_request" }], "violated not-logged"],
    ["nothing", [], "violated not-logged"],
  ])("AUD-1.access-granted: %s", (_, entries, verdict) => {
    expect(logged("AUD-1.access-granted", ...entries)).toBe(verdict);
  });
  it.each([
    ["everything", entry, "pass"],
    ["no timestamp", { ...entry, timestamp: "soon" }, "violated fields-missing"],
    ["no provider", { ...entry, provider_id: null }, "violated fields-missing"],
    ["no scopes", { ...entry, effective_scopes: "mail:read" }, "violated fields-missing"],
    ["less of another event", { timestamp: 1, event: "attestation_failed", agent_id: "a" }, "pass"],
  ])("AUD-1.fields: %s", (_, one, verdict) => {
    expect(logged("AUD-1.fields", one)).toBe(verdict);
  });
  it.each(["ath-token", "client-secret", "attestation", "jwt", "provider-token"])("AUD-2 finds a %s", (kind) => {
    expect(logged("AUD-2.no-secrets", entry, { note: `‹${kind}:0123456789ab:43›` })).toBe("violated secret-logged");
    expect(logged("AUD-2.no-secrets", entry)).toBe("pass");
  });
  it("judges no fields and no secrets of an empty log", () => {
    expect(logged("AUD-1.fields")).toBe("not-tested not-logged");
    expect(logged("AUD-2.no-secrets")).toBe("not-tested not-logged");
  });
});

describe("rate limit", () => {
  const facts = { calls: 1001, seconds: 2, declared: true };
  const limit = (headers: readonly (readonly [string, string])[] = []) =>
    made({ purpose: "proxy", status: 429, headers });
  it.each([
    ["RATE-1.burst", { control: [called()], limited: [limit()] }, "pass"],
    ["RATE-1.burst", { control: [called()] }, "violated no-limit"],
    ["RATE-1.burst", {}, "not-tested control-refused"],
    ["RATE-1.others-unaffected", { control: [called()], limited: [limit()], other: [called()] }, "pass"],
    [
      "RATE-1.others-unaffected",
      { control: [called()], limited: [limit()], other: [limit()] },
      "violated others-limited",
    ],
    ["RATE-1.others-unaffected", { control: [called()], other: [called()] }, "not-applicable no-limit-reached"],
    ["RATE-1.retry-after", { control: [called()], limited: [limit([["retry-after", "30"]])] }, "pass"],
    ["RATE-1.retry-after", { control: [called()], limited: [limit()] }, "violated no-retry-after"],
    [
      "RATE-1.retry-after",
      { control: [called()], limited: [limit([["Retry-After", "soon"]])] },
      "violated no-retry-after",
    ],
  ])("%s %#", (id, marks, verdict) => {
    expect(judged(rateLimit, id, evidenceOf(marks, facts))).toBe(verdict);
  });
  it("blames no target for a limit that it does not declare", () => {
    const undeclared = { ...facts, declared: false };
    expect(judged(rateLimit, "RATE-1.burst", evidenceOf({ control: [called()] }, undeclared))).toBe(
      "not-applicable no-limit-reached",
    );
  });
});
