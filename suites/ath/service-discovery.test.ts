import { describe, expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { serviceDiscovery } from "./service-discovery.ts";
import { checkOf, emptyEvidence, exchanged, refusedWith, registered } from "./testing/judging.ts";

type Roles = Parameters<typeof evidence>[0];
const judge = (id: string, roles: Roles) => {
  const { outcome, reasonCode } = checkOf(serviceDiscovery, id).judge(evidence(roles));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};

const base = "http://127.0.0.1:4000";
const auth = {
  type: "oauth2",
  authorization_endpoint: `${base}/ath/authorize`,
  token_endpoint: `${base}/ath/token`,
  scopes_supported: ["mail:read", "mail:send"],
};
const document = { ath_version: "0.1", app_id: "mail", name: "Mail", auth, api_base: `${base}/api` };
const request = { method: "GET", url: `${base}/.well-known/ath-app.json` };
const published = (members: object = {}) =>
  exchange(1, { purpose: "discovery", status: 200, json: { ...document, ...members }, request });
const approving = (id: number, provider_id: string, approved_scopes: readonly string[]) =>
  registered(id, { approved_providers: [{ provider_id, approved_scopes, denied_scopes: [] }] });

test.each(serviceDiscovery.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(serviceDiscovery, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

describe("DISC-2.shape", () => {
  const absent = refusedWith(1, 404, "NOT_FOUND", { purpose: "discovery" });
  test.each([
    ["pass", { subject: [published({ extra: 1 })] }],
    ["violated schema", { subject: [published({ auth: { ...auth, type: "basic" } })] }],
    ["violated not-published", { subject: [absent], control: [registered(2)] }],
    ["not-tested request-refused", { subject: [absent], control: [refusedWith(2, 401)] }],
    ["not-tested request-refused", { subject: [exchange(1)], control: [registered(2)] }],
  ])("%s", (verdict, roles) => {
    expect(judge("DISC-2.shape", roles)).toBe(verdict);
  });
});

test.each([
  ["DISC-2.version", {}, "pass"],
  ["DISC-2.version", { ath_version: "0.2" }, "violated wrong-version"],
  ["DISC-2.auth-type", {}, "pass"],
  ["DISC-2.auth-type", { auth: undefined }, "violated wrong-auth-type"],
  ["DISC-2.api-base-origin", {}, "pass"],
  ["DISC-2.api-base-origin", { api_base: "https://api.mail.example/" }, "pass"],
  ["DISC-2.api-base-origin", { api_base: "/api" }, "violated foreign-origin"],
  ["DISC-2.api-base-origin", { api_base: "http://10.0.0.1/api" }, "violated foreign-origin"],
  ["DISC-3.endpoint-origin", { auth: { ...auth, registration_endpoint: "/x" } }, "violated foreign-origin"],
  ["DISC-3.endpoint-origin", { auth: { ...auth, registration_endpoint: `${base}/x` } }, "pass"],
])("%s with %j: %s", (id, members, verdict) => {
  expect(judge(id, { subject: [published(members)] })).toBe(verdict);
});

describe("DISC-2.app-id", () => {
  const control = [approving(3, "mail", ["mail:read"])];
  test.each([
    ["pass", { attempt: [approving(2, "mail", ["mail:read"])], control }],
    ["violated app-id-unknown", { attempt: [approving(2, "mail", [])], control }],
    ["violated app-id-unknown", { attempt: [refusedWith(2, 403, "PROVIDER_NOT_APPROVED")], control }],
    ["not-tested no-answer", { attempt: [refusedWith(2, 429)], control }],
    ["not-tested control-refused", { attempt: [registered(2)], control: [approving(3, "mail", [])] }],
  ])("%s", (verdict, roles) => {
    expect(judge("DISC-2.app-id", { subject: [published()], ...roles })).toBe(verdict);
  });
});

test.each([
  ["pass", ["mail:read"]],
  ["violated scope-unlisted", ["mail:read", "mail:delete"]],
])("DISC-2.scopes: %s for %j", (verdict, approved) => {
  const control = [approving(3, "mail", approved)];
  expect(judge("DISC-2.scopes", { subject: [published()], attempt: [registered(2)], control })).toBe(verdict);
});

describe("DISC-2.token-endpoint", () => {
  const control = [exchanged(2)];
  const answered = (status: number) => [refusedWith(1, status, "NOT_FOUND", { purpose: "token" })];
  test.each([
    ["pass", { attempt: [exchanged(1)] }],
    ["violated endpoint-broken", { attempt: answered(404), control }],
    ["ambiguous endpoint-broken", { attempt: answered(405), control }],
    ["not-tested control-refused", { attempt: answered(404), control: answered(404) }],
  ])("%s", (verdict, roles) => {
    expect(judge("DISC-2.token-endpoint", roles)).toBe(verdict);
  });
});

describe("DISC-2.api-base-works", () => {
  const call = (status?: number) => [
    exchange(2, { purpose: "proxy", json: {}, ...(status === undefined ? {} : { status }) }),
  ];
  test.each([
    ["pass", call(200)],
    ["violated api-base-broken", call(404)],
    ["violated api-base-broken", call()],
    ["not-tested call-failed", call(403)],
  ])("%s", (verdict, attempt) => {
    expect(judge("DISC-2.api-base-works", { control: [exchanged(1)], attempt })).toBe(verdict);
  });
});
