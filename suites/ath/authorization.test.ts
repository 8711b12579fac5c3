import { describe, expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { authorization } from "./authorization.ts";
import { authorized, checkOf, emptyEvidence, exchanged, refusedWith } from "./testing/judging.ts";

type Roles = Parameters<typeof evidence>[0];
const judge = (id: string, roles: Roles, facts = {}) => {
  const { outcome, reasonCode } = checkOf(authorization, id).judge(evidence(roles, { facts }));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};
const refusedAuthorize = (id: number, code: string) => refusedWith(id, 403, code, { purpose: "authorize" });

test.each(authorization.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(authorization, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

describe("codes that the text states", () => {
  const verdict = (id: string, code: string) =>
    judge(id, { control: [authorized(1)], attempt: [refusedAuthorize(2, code)] });
  test.each([
    ["AUTHZ-1.unknown-client", "AGENT_NOT_REGISTERED"],
    ["AUTHZ-2.pending-agent", "AGENT_UNAPPROVED"],
    ["AUTHZ-4.other-provider", "PROVIDER_NOT_APPROVED"],
    ["AUTHZ-5.extra-scope", "SCOPE_NOT_APPROVED"],
    ["AUTHZ-10.other-agents-attestation", "AGENT_IDENTITY_MISMATCH"],
    ["AUTHZ-10.other-agents-attestation", "INVALID_ATTESTATION"],
    // An unlisted code is a finding of its own (ERR-3).
    ["AUTHZ-1.unknown-client", "NO_SUCH_CLIENT"],
  ])("%s may be refused with %s", (id, code) => {
    expect(verdict(id, code)).toBe("pass");
  });
  test("another listed code contradicts them", () => {
    expect(verdict("AUTHZ-1.unknown-client", "TOKEN_INVALID")).toBe("violated unfitting-code");
  });
  test("any code will do where none is stated", () => {
    expect(verdict("AUTHZ-8.prefix", "TOKEN_INVALID")).toBe("pass");
  });
});

describe("AUTHZ-5.no-session", () => {
  const session = { ath_session_id: "s-2" };
  const body = (members: object) => ({ code: "SCOPE_NOT_APPROVED", message: "no", ...members });
  const answer = (status: number, members: object) =>
    exchange(2, { purpose: "authorize", status, json: body(members) });
  test.each([
    ["pass", answer(403, {})],
    ["pass", answer(403, { ath_session_id: "" })],
    ["violated session-made", answer(403, session)],
    ["violated session-made", answer(403, { details: { next: [session] } })],
    ["violated session-made", authorized(2)],
    ["violated server-error", answer(500, {})],
  ])("%s", (verdict, attempt) => {
    expect(judge("AUTHZ-5.no-session", { control: [authorized(1)], attempt: [attempt] })).toBe(verdict);
  });
});

describe("AUTHZ-6", () => {
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  const subject = [authorized(1)];
  test.each([
    ["pass", { challenge, method: "S256" }],
    ["violated pkce-missing", { challenge: null, method: null }],
    ["violated pkce-plain", { challenge, method: "plain" }],
    ["violated pkce-plain", { challenge, method: null }],
    ["violated pkce-malformed", { challenge: challenge.slice(1), method: "S256" }],
    ["violated pkce-malformed", { challenge: `${challenge.slice(1)}=`, method: "S256" }],
    ["violated pkce-malformed", { challenge, method: "s256" }],
  ])("challenge: %s", (verdict, pkce) => {
    expect(judge("AUTHZ-6.challenge", { subject }, { pkce })).toBe(verdict);
  });
  test.each([
    ["pass", ["a", "b", "c"]],
    ["violated pkce-reused", ["a", "b", "a"]],
    ["not-tested challenge-missing", ["a", "b"]],
  ])("fresh: %s", (verdict, challenges) => {
    expect(judge("AUTHZ-6.fresh", { subject }, { challenges })).toBe(verdict);
  });
});

describe("AUTHZ-11.resource", () => {
  const resource = "https://api.gateproof.example/mail%20box?part=1&part=2";
  test.each([
    ["pass", { without: [], given: [resource] }],
    ["pass", { without: ["https://own.example"], given: ["https://own.example", resource] }],
    ["not-applicable not-passed-on", { without: [], given: [] }],
    ["not-applicable not-passed-on", { without: ["https://own.example"], given: ["https://own.example"] }],
    ["violated resource-altered", { without: [], given: [resource.toLowerCase().replace("%20", "+")] }],
  ])("%s", (verdict, resources) => {
    expect(judge("AUTHZ-11.resource", { subject: [authorized(1)] }, { resources })).toBe(verdict);
  });
});

describe("AUTHZ-12", () => {
  const refusedExchange = (id: number, status: number) =>
    refusedWith(id, status, "SESSION_NOT_FOUND", { purpose: "token" });
  test.each([
    ["pass", [refusedExchange(2, 400)]],
    // Nothing was completed, whatever the answer is called.
    ["pass", [refusedExchange(2, 502)]],
    ["violated completed-by-other-browser", [exchanged(2)]],
    ["violated completed-by-other-browser", [refusedExchange(2, 400), exchanged(3)]],
    ["not-tested no-answer", [exchange(2, { purpose: "token" })]],
    ["not-tested rate-limited", [refusedExchange(2, 429)]],
  ])("other-session: %s", (verdict, attempt) => {
    expect(judge("AUTHZ-12.other-session", { control: [exchanged(1)], attempt })).toBe(verdict);
  });

  const without = (...attempt: readonly ReturnType<typeof exchanged>[]): Roles =>
    attempt.length === 0 ? { control: [exchanged(1)] } : { control: [exchanged(1)], "without-readable": attempt };
  test.each([
    ["pass", { all: 2, httpOnly: 2 }, without()],
    ["not-applicable no-cookie", { all: 0, httpOnly: 0 }, without()],
    ["violated cookie-readable", { all: 1, httpOnly: 0 }, without(refusedExchange(2, 400))],
    ["violated cookie-readable", { all: 2, httpOnly: 1 }, without(refusedExchange(2, 400))],
    ["pass", { all: 2, httpOnly: 1 }, without(exchanged(2))],
    ["not-applicable no-cookie", { all: 1, httpOnly: 0 }, without(exchanged(2))],
    ["not-tested no-answer", { all: 1, httpOnly: 0 }, without()],
  ])("http-only: %s with %j", (verdict, cookies, roles) => {
    expect(judge("AUTHZ-12.http-only", roles, { cookies })).toBe(verdict);
  });
});
