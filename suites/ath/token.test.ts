import { describe, expect, it } from "vitest";
import type { Exchange } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import { evidenceOf, issued, judged, made, refusedWith } from "./testing/flow-evidence.ts";
import { token } from "./token.ts";

const refusal = () => refusedWith("token", 400, "SESSION_NOT_FOUND");

const response = {
  token_type: "Bearer",
  expires_in: 3600,
  effective_scopes: ["mail:read"],
  provider_id: "mail",
  agent_id: "http://agent.test/a",
  scope_intersection: { agent_approved: ["mail:read"], user_consented: ["mail:read"], effective: ["mail:read"] },
} as const;

describe("the token response", () => {
  const facts = { agent_id: response.agent_id, provider_id: response.provider_id };
  const answered = (changes: Readonly<Record<string, Json>>, headers: Exchange["request"]["headers"] = []) =>
    evidenceOf(
      { subject: [{ ...made({ purpose: "token", json: { access_token: "t", ...response, ...changes }, headers }) }] },
      facts,
    );
  it.each([
    ["TOK-1.shape", answered({}), "pass"],
    ["TOK-1.shape", answered({ expires_in: "3600" }), "violated schema"],
    ["TOK-1.shape", answered({ token_type: "bearer" }), "violated schema"],
    ["TOK-1.shape", answered({ scope_intersection: null }), "violated schema"],
    ["TOK-1.identity", answered({}), "pass"],
    ["TOK-1.identity", answered({ agent_id: "client-7" }), "violated wrong-identity"],
    ["TOK-11.no-store", answered({}, [["Cache-Control", "private, no-store"]]), "pass"],
    ["TOK-11.no-store", answered({}, [["Cache-Control", "max-age=60"]]), "violated cacheable"],
    ["TOK-11.no-store", answered({}), "violated cacheable"],
    ["TOK-12.lifetime", answered({}), "pass"],
    ["TOK-12.lifetime", answered({ expires_in: 28_800 }), "violated too-long"],
  ])("%s", (id, evidence, verdict) => {
    expect(judged(token, id, evidence)).toBe(verdict);
  });
});

describe("scopes", () => {
  const sets = {
    approved: ["r", "s", "d"],
    requested: ["r", "s"],
    consented: ["r", "d"],
    scopes: ["r", "s", "d"],
  };
  const told = (agent_approved: string[], user_consented: string[], effective: string[]) => ({
    effective_scopes: effective,
    scope_intersection: { agent_approved, user_consented, effective },
  });
  const verdictOn = (subject: Exchange, facts: Readonly<Record<string, Json>> = sets) =>
    judged(token, "TOK-2.consent-wider", evidenceOf({ subject: [subject] }, facts));
  it.each([
    ["the intersection, all lists in full", told(["r", "s", "d"], ["r", "d"], ["r"]), "pass"],
    ["the intersection, lists cut down to the request", told(["r", "s"], ["r"], ["r"]), "pass"],
    ["a scope of the gateway's own at the provider", told(["r"], ["r", "offline_access"], ["r"]), "pass"],
    ["a scope that was not consented to", told(["r", "s"], ["r"], ["r", "s"]), "violated too-wide"],
    ["a scope that was not requested", told(["r", "d"], ["r", "d"], ["r", "d"]), "violated too-wide"],
    ["nothing", told(["r"], ["r"], []), "violated too-narrow"],
    ["consent that was not given", told(["r"], ["r", "s"], ["r"]), "violated misreported"],
    ["approval left out", told([], ["r"], ["r"]), "violated misreported"],
    [
      "another list than effective_scopes",
      {
        ...told(["r"], ["r"], ["r"]),
        effective_scopes: ["r"],
        scope_intersection: { agent_approved: ["r"], user_consented: ["r"], effective: ["r", "s"] },
      },
      "violated misreported",
    ],
    ["no scope_intersection", { effective_scopes: ["r"] }, "violated misreported"],
    ["no effective_scopes", {}, "not-tested no-effective-scopes"],
  ])("%s", (_, members, verdict) => {
    expect(verdictOn(issued(members))).toBe(verdict);
  });
  it("lets a gateway mistrust a provider that grants more than was asked", () => {
    expect(verdictOn(refusal())).toBe("pass");
  });
  it("demands a token for consent that was merely narrower", () => {
    expect(verdictOn(refusal(), { ...sets, consented: ["r"] })).toBe("violated too-narrow");
  });
  it("judges nothing when the target was too busy", () => {
    expect(verdictOn(refusedWith("token", 429, "RATE_LIMITED"))).toBe("not-tested no-answer");
  });
});

describe.each(["TOK-3.nothing-consented", "TOK-8.second-exchange", "TOK-10.before-consent", "TOK-7.expired-callback"])(
  "%s",
  (id) => {
    it.each([
      ["a refusal", refusal(), "pass"],
      ["a failure of the provider", refusedWith("token", 502, "OAUTH_ERROR"), "pass"],
      ["a token", issued(), "violated accepted"],
      ["a crash", refusedWith("token", 500, "INTERNAL_ERROR"), "violated server-error"],
    ])("%s", (_, attempt, verdict) => {
      expect(judged(token, id, evidenceOf({ control: [issued()], attempt: [attempt] }))).toBe(verdict);
    });
  },
);

describe("TOK-3.disjoint-consent", () => {
  const judgedCases = (...attempts: Exchange[]) => {
    const cases = attempts.map((attempt) => evidenceOf({ control: [issued()], attempt: [attempt] }));
    return judged(token, "TOK-3.disjoint-consent", { ...evidenceOf({}), cases });
  };
  it("passes when no case gave a token", () => {
    expect(judgedCases(refusal(), refusal())).toBe("pass");
  });
  it("finds the case that did", () => {
    expect(judgedCases(refusal(), issued({ effective_scopes: [] }))).toBe("violated accepted");
  });
});

describe("TOK-4.token-endpoint-audience", () => {
  it.each([
    ["accepted", { attempt: [issued()] }, "pass"],
    ["refused where the base URL is accepted", { attempt: [refusal()], base: [issued()] }, "violated refused"],
    ["refused like everything", { attempt: [refusal()], base: [refusal()] }, "not-tested request-refused"],
  ])("%s", (_, marks, verdict) => {
    expect(judged(token, "TOK-4.token-endpoint-audience", evidenceOf(marks))).toBe(verdict);
  });
});

describe("codes of refusals", () => {
  it.each([
    ["TOK-6.unknown-session", refusal(), "pass"],
    ["TOK-6.unknown-session", refusedWith("token", 400, "SESSION_EXPIRED"), "violated unfitting-code"],
    ["TOK-7.expired-session", refusedWith("token", 400, "SESSION_EXPIRED"), "pass"],
    ["TOK-7.expired-session", refusedWith("token", 401, "INVALID_ATTESTATION"), "violated unfitting-code"],
    ["TOK-5.wrong-secret", refusedWith("token", 401, "invalid_client"), "pass"],
    ["TOK-9.missing-grant-type", issued(), "violated accepted"],
  ])("%s", (id, attempt, verdict) => {
    expect(judged(token, id, evidenceOf({ control: [issued()], attempt: [attempt] }))).toBe(verdict);
  });
});

describe("TOK-6.foreign-code", () => {
  it.each([
    ["refused", issued(), refusal(), "pass"],
    ["refused by the provider", refusal(), refusedWith("token", 502, "OAUTH_ERROR"), "pass"],
    ["taken like any other", issued(), issued(), "not-applicable code-ignored"],
    ["taken where a placeholder is not", refusal(), issued(), "violated accepted"],
  ])("%s", (_, placeholder, attempt, verdict) => {
    const evidence = evidenceOf({ control: [issued()], placeholder: [placeholder], attempt: [attempt] });
    expect(judged(token, "TOK-6.foreign-code", evidence)).toBe(verdict);
  });
});

describe("TOK-8.concurrent", () => {
  const races = (...pairs: Exchange[][]) =>
    evidenceOf({ control: [issued()], ...Object.fromEntries(pairs.map((pair, at) => [`race-${at + 1}`, pair])) });
  it.each([
    ["one wins each time", races([issued(), refusal()], [refusal(), issued()]), "pass"],
    ["both win once", races([issued(), refusal()], [issued(), issued()]), "violated both-won"],
    ["nobody wins", races([refusal(), refusal()]), "violated none-won"],
    ["nobody is answered", races([made({ purpose: "token", status: null }), refusal()]), "not-tested no-answer"],
  ])("%s", (_, evidence, verdict) => {
    expect(judged(token, "TOK-8.concurrent", evidence)).toBe(verdict);
  });
});
