import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import type { Json } from "../engine/json.ts";
import { audit } from "./audit.ts";

const called = (status = 200) => made({ purpose: "api-call", method: "GET", status, json: {} });

describe("decisions", () => {
  const entry = { event: "x", who: "did:ath:agent:1" };
  const found = (...entries: Json[]) => ({ logged: [{ decision: "a forwarded call", entries }] });
  it.each([
    ["GW-5.call-logged", found(entry), "pass"],
    ["GW-5.call-logged", found(), "violated not-logged"],
    [
      "GW-5.refusal-logged",
      {
        logged: [
          { decision: "one", entries: [entry] },
          { decision: "two", entries: [] },
        ],
      },
      "violated not-logged",
    ],
    ["GW-5.handshake-logged", {}, "not-tested nothing-recorded"],
  ])("%s", (id, facts, verdict) => {
    expect(judged(audit, id, evidenceOf({ cause: [called()] }, facts))).toBe(verdict);
  });
});

describe("the entry of a call", () => {
  const whose = { user: "did:u", system: "oa", scopes: ["oa:read"] };
  const full = { agent: "did:a", for: "did:u", backend: "oa", effective: ["oa:read"], outcome: "success" };
  const { outcome: _, ...undecided } = full;
  it.each<[string, readonly Json[], string]>([
    ["full", [full], "pass"],
    ["under other names, nested", [{ a: "did:a did:u", to: { url: "/oa/api" }, s: "oa:read", status: 200 }], "pass"],
    ["one of several", [{ event: "rate" }, full], "pass"],
    ["no user", [{ ...full, for: "" }], "violated fields-missing"],
    ["no backend", [{ ...full, backend: "", effective: ["o:r"] }], "violated fields-missing"],
    ["no scopes", [{ ...full, effective: [] }], "violated fields-missing"],
    ["no outcome", [undecided], "violated fields-missing"],
    ["none", [], "not-tested not-logged"],
  ])("%s", (_name, entries, verdict) => {
    expect(judged(audit, "GW-5.fields", evidenceOf({ control: [called()] }, { ...whose, entries }))).toBe(verdict);
  });
});

describe("secrets", () => {
  it.each([
    ["none", "nothing to hide", "pass"],
    ["a token", "‹ath-token:0123456789ab:300›", "violated secret-logged"],
    ["a credential", "for ‹credentials:0123456789ab:300›", "violated secret-logged"],
    ["a signature", "‹signature:0123456789ab:86›", "violated secret-logged"],
    ["a JWT nobody knew", "‹jwt:0123456789ab:86›", "violated secret-logged"],
  ])("%s", (_, reason, verdict) => {
    const evidence = evidenceOf({ control: [called()] }, { entries: [{ agent: "did:a", reason }] });
    expect(judged(audit, "GW-5.no-secrets", evidence)).toBe(verdict);
  });

  it("are not looked for in an empty log", () => {
    expect(judged(audit, "GW-5.no-secrets", evidenceOf({ control: [called()] }, { entries: [] }))).toBe(
      "not-tested not-logged",
    );
    for (const { id } of audit.checks) expect(judged(audit, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});
