import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import { api } from "./api.ts";
import { backendRequests } from "./shared/backend-arrivals.ts";
import { fullestOperation, operationsOf, partsOf } from "./shared/operations.ts";

const called = (status: number) =>
  made({ purpose: "api-call", method: "GET", status, json: { code: "NO", message: "no" } });

describe("a call that must be refused", () => {
  it.each([
    ["refused, unseen", 403, 0, "pass"],
    ["refused, and yet forwarded", 403, 1, "violated reached-backend"],
    ["answered", 200, 1, "violated accepted"],
    ["redirected", 302, 0, "violated accepted"],
    ["a crash", 500, 0, "violated server-error"],
    ["a limit", 429, 0, "not-tested rate-limited"],
  ])("%s", (_, status, reached, verdict) => {
    const evidence = evidenceOf({ control: [called(200)], attempt: [called(status)] }, { reached });
    for (const id of ["HS-21.forged", "GW-1.unmapped", "GW-8.token-revoked"])
      expect(judged(api, id, evidence)).toBe(verdict);
  });

  it("is judged without a look at the backends where nobody can look", () => {
    const evidence = evidenceOf({ control: [called(200)], attempt: [called(403)] });
    expect(judged(api, "HS-21.no-token", evidence)).toBe("pass");
  });

  it("gives no verdict on nothing", () => {
    for (const { id } of api.checks) expect(judged(api, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});

describe("a call within the scopes", () => {
  it.each([
    [200, "pass"],
    [403, "violated refused"],
    [502, "violated refused"],
  ])("HTTP %s", (status, verdict) => {
    const control = made({ purpose: "handshake-complete", json: { access_token: "t" } });
    const evidence = evidenceOf({ control: [control], attempt: [called(200), called(status)] });
    expect(judged(api, "GW-1.in-scope", evidence)).toBe(verdict);
  });
});

describe("the backends' log", () => {
  it("is read with members that are missing, and headers in any case", () => {
    expect(
      backendRequests([{ method: "GET", path: "/a", headers: { "X-A": "1", B: ["2", "3"] }, body: "b" }, {}]),
    ).toEqual([
      { method: "GET", path: "/a", headers: { "x-a": "1", b: "2, 3" }, body: "b" },
      { method: "", path: "", headers: {}, body: "" },
    ]);
    expect(backendRequests("no list")).toEqual([]);
  });
});

describe("operations of a system", () => {
  const system = {
    prefix: "/oa",
    scopes: { read: ["GET /oa/a"], write: ["POST /oa/a", "GET /oa/a"] },
    unmapped: [],
    format: "json",
    sample: {},
  } as const;
  it("are each there once, and one with a body is preferred", () => {
    expect(operationsOf(system)).toEqual(["GET /oa/a", "POST /oa/a"]);
    expect(fullestOperation(system, Object.keys(system.scopes))).toBe("POST /oa/a");
    expect(fullestOperation({ ...system, scopes: { read: ["GET /oa/a"] } }, ["read"])).toBe("GET /oa/a");
    expect(fullestOperation({ ...system, scopes: {} }, ["read"])).toBeUndefined();
    expect(partsOf("POST /oa/a b")).toEqual({ method: "POST", path: "/oa/a b" });
  });
});
