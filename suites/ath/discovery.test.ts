import { describe, expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { discovery } from "./discovery.ts";
import { checkOf, emptyEvidence, refusedWith, registered } from "./testing/judging.ts";

type Roles = Parameters<typeof evidence>[0];
const judge = (id: string, roles: Roles) => {
  const { outcome, reasonCode } = checkOf(discovery, id).judge(evidence(roles));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};
const document = {
  ath_version: "0.1",
  gateway_id: "gw",
  agent_registration_endpoint: "http://127.0.0.1:4000/ath/agents/register",
  supported_providers: [],
};
const directory = (members: object) => {
  const request = { method: "GET", url: "http://127.0.0.1:4000/.well-known/ath.json" };
  return { subject: [exchange(1, { purpose: "discovery", status: 200, json: { ...document, ...members }, request })] };
};

test.each(discovery.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(discovery, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

test.each([
  ["pass", { extra: true }],
  ["violated schema", { supported_providers: undefined }],
])("DISC-1.shape: %s", (verdict, members) => {
  expect(judge("DISC-1.shape", directory(members))).toBe(verdict);
});

test.each([
  ["pass", {}],
  ["violated wrong-version", { ath_version: "1.0" }],
  ["violated wrong-version", { ath_version: 0.1 }],
])("DISC-1.version: %s with %j", (verdict, members) => {
  expect(judge("DISC-1.version", directory(members))).toBe(verdict);
});

test.each([
  ["pass", "http://127.0.0.1:4000/elsewhere"],
  ["pass", "http://localhost:4000/ath/agents/register"],
  ["pass", "https://register.example/agents"],
  ["violated foreign-origin", "/ath/agents/register"],
  ["violated foreign-origin", "http://register.example/agents"],
  ["violated foreign-origin", "http://127.0.0.1:4001/ath/agents/register"],
])("DISC-3.endpoint-origin: %s for %s", (verdict, agent_registration_endpoint) => {
  expect(judge("DISC-3.endpoint-origin", directory({ agent_registration_endpoint }))).toBe(verdict);
});

describe("DISC-3.endpoint-works", () => {
  test.each([
    ["pass", { attempt: [registered(1)] }],
    ["violated endpoint-broken", { attempt: [refusedWith(1, 404)], control: [registered(2)] }],
    ["not-tested control-refused", { attempt: [refusedWith(1, 404)], control: [refusedWith(2, 401)] }],
    ["not-tested control-refused", { attempt: [refusedWith(1, 429)], control: [registered(2)] }],
  ])("%s", (verdict, roles) => {
    expect(judge("DISC-3.endpoint-works", roles)).toBe(verdict);
  });
});
