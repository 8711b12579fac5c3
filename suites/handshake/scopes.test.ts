import { describe, expect, it } from "vitest";
import { evidenceOf, judged, type Made, made } from "../ath/testing/flow-evidence.ts";
import type { Json } from "../engine/json.ts";
import { credential } from "./credential.ts";
import { scopes } from "./scopes.ts";

const result = (members: Readonly<Record<string, Json>>, other: Partial<Made> = {}) =>
  made({ purpose: "handshake-scopes", json: { type: "scope_result", ...members }, ...other });
const grant = (...given: string[]) => result({ scopes_granted: given, ttl_granted: 60 });
const refusal = (status: number) => made({ purpose: "handshake-scopes", status, json: { code: "NO", message: "no" } });

describe("granted scopes", () => {
  const sets = { requested: ["a", "b"], credential: ["a", "b"], approved: ["a"], policy: ["a", "b"] };
  const nothing = { ...sets, credential: ["x"] };
  const unasked = { ...sets, approved: ["a", "x"] };
  it.each([
    ["what all sets have", grant("a"), sets, "pass"],
    ["a scope that was not approved", grant("a", "b"), sets, "violated too-wide"],
    ["a scope that nobody asked for", grant("a", "x"), unasked, "violated too-wide"],
    ["less than is due", grant(), sets, "violated too-narrow"],
    ["a refusal where something is due", refusal(403), sets, "violated too-narrow"],
    ["a refusal where nothing is due", refusal(403), nothing, "pass"],
    ["a result without grants where nothing is due", grant(), nothing, "pass"],
    ["a refusal of an approval that goes beyond the request", refusal(408), unasked, "pass"],
    ["a server error", refusal(500), nothing, "not-tested no-answer"],
    ["a limit", refusal(429), sets, "not-tested rate-limited"],
    ["a 2xx that is no result", made({ purpose: "handshake-scopes", json: {} }), sets, "not-tested no-answer"],
  ])("%s", (_, subject, facts, verdict) => {
    expect(judged(scopes, "HS-12.partial-approval", evidenceOf({ subject: [subject] }, facts))).toBe(verdict);
  });

  it("gives no verdict on nothing", () => {
    for (const { id } of scopes.checks) expect(judged(scopes, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});

describe("scopes_denied", () => {
  const facts = { requested: ["a", "b", "c"] };
  const told = (...denied: Json[]) => result({ scopes_granted: ["a"], scopes_denied: denied });
  const no = (scope: string, reason = "not allowed") => ({ scope, reason });
  it.each([
    ["HS-13.denied-listed", told(no("b"), no("c")), "pass"],
    ["HS-13.denied-listed", told(no("b")), "violated missing-denial"],
    ["HS-13.denied-listed", result({ scopes_granted: ["a"] }), "violated missing-denial"],
    ["HS-13.denied-listed", told(no("b", " "), no("c")), "violated missing-reason"],
    ["HS-13.denied-listed", told({ scope: "b" }, no("c")), "violated missing-reason"],
    ["HS-13.disjoint", told(no("b"), no("c")), "pass"],
    ["HS-13.disjoint", told(no("a"), no("b")), "violated overlap"],
    ["HS-13.disjoint", told(no("x")), "violated overlap"],
    ["HS-13.disjoint", refusal(403), "not-tested request-refused"],
  ])("%s", (id, subject, verdict) => {
    expect(judged(scopes, id, evidenceOf({ subject: [subject] }, facts))).toBe(verdict);
  });
});

describe("ttl_granted", () => {
  const bounds = { bound: 60, asked: 60 };
  const tooMuch = { bound: 60, asked: 9000 };
  const lasting = (ttl: Json) => result({ scopes_granted: ["a"], ttl_granted: ttl });
  it.each([
    ["within all bounds", lasting(60), bounds, "pass"],
    ["rounded up", lasting(61), bounds, "pass"],
    ["too long", lasting(62), bounds, "violated too-long"],
    ["no number", lasting("60"), bounds, "not-tested no-ttl"],
    ["refused for asking too much", refusal(400), tooMuch, "pass"],
    ["refused though little was asked", refusal(400), bounds, "not-tested request-refused"],
  ])("%s", (_, subject, facts, verdict) => {
    const evidence = { ...evidenceOf({}), cases: [evidenceOf({ subject: [subject] }, facts)] };
    expect(judged(scopes, "HS-17.bounds", evidence)).toBe(verdict);
  });

  it.each([
    [60, "pass"],
    [0, "violated schema"],
    [-1, "violated schema"],
    [1.5, "violated schema"],
    ["60", "violated schema"],
  ])("%s", (ttl, verdict) => {
    expect(judged(scopes, "HS-17.positive", evidenceOf({ subject: [lasting(ttl)] }))).toBe(verdict);
  });
});

describe("a wrong credential", () => {
  it.each([
    ["refused", refusal(401), "pass"],
    ["answered by a result without grants", grant(), "pass"],
    ["granted", grant("a"), "violated accepted"],
    ["answered by a crash", refusal(500), "violated server-error"],
    ["not answered", made({ purpose: "handshake-scopes", status: null }), "violated no-answer"],
  ])("%s", (_, attempt, verdict) => {
    const evidence = evidenceOf({ control: [grant("a")], attempt: [attempt] });
    expect(judged(credential, "HS-11.unsigned", evidence)).toBe(verdict);
  });

  it("proves nothing without a right one", () => {
    const evidence = evidenceOf({ control: [refusal(403)], attempt: [refusal(401)] });
    for (const { id } of credential.checks) expect(judged(credential, id, evidence)).toBe("not-tested control-refused");
  });
});
