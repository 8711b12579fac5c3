import { describe, expect, it } from "vitest";
import type { Exchange } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import { errors } from "./errors.ts";
import { membersOf, requiredOf, withMember } from "./shared/schema-paths.ts";
import { evidenceOf, issued, judged, type Made, made, refusedWith } from "./testing/flow-evidence.ts";

const ok = () => refusedWith("authorize", 400, "INVALID_ATTESTATION");
const answer = (status: number | null, body = "", more: Partial<Made> = {}) =>
  made({ purpose: "authorize", status, body, ...more });
const verdictOn = (id: string, ...attempts: readonly Exchange[]) =>
  judged(errors, id, evidenceOf({ control: [issued()], attempt: attempts }));
const crash = () => refusedWith("authorize", 500, "INTERNAL_ERROR");
const session = () =>
  made({ purpose: "authorize", json: { authorization_url: "http://p.test/", ath_session_id: "s" } });

describe("hostile input", () => {
  it.each([
    ["ERR-1.malformed-json", ok(), "pass"],
    ["ERR-1.malformed-json", crash(), "violated server-error"],
    ["ERR-1.malformed-json", answer(400, "Bad Request"), "violated error-shape"],
    ["ERR-1.malformed-json", session(), "violated accepted"],
    ["ERR-1.form-body", answer(415, "no"), "pass"],
    ["ERR-1.form-body", session(), "violated accepted"],
    ["ERR-1.missing-fields", ok(), "pass"],
    ["ERR-1.missing-fields", session(), "pass"],
    ["ERR-1.missing-fields", crash(), "violated server-error"],
    ["ERR-1.not-an-object", crash(), "violated server-error"],
    ["ERR-1.not-an-object", answer(null), "violated no-answer"],
    ["ERR-1.huge-body", answer(413), "pass"],
    ["ERR-1.huge-body", session(), "violated accepted"],
    ["ERR-1.huge-body", answer(null, "", { requestBytes: 6_000_000 }), "violated no-answer"],
    [
      "ERR-1.huge-body",
      answer(null, "", { requestBytes: 6_000_000, error: "CONNECTION_RESET" }),
      "inconclusive connection-cut",
    ],
    ["ERR-1.deep-nesting", session(), "pass"],
    ["ERR-1.deep-nesting", crash(), "violated server-error"],
    ["ERR-1.deep-nesting", answer(429), "not-tested rate-limited"],
  ])("%s", (id, attempt, verdict) => {
    expect(verdictOn(id, attempt)).toBe(verdict);
  });
  it("names the crash and not the rate limit before it", () => {
    expect(verdictOn("ERR-1.not-an-object", answer(429), crash())).toBe("violated server-error");
  });
  it("judges nothing without a target that serves", () => {
    const evidence = evidenceOf({ control: [crash()], attempt: [ok()] });
    expect(judged(errors, "ERR-1.huge-body", evidence)).toBe("not-tested control-refused");
  });
});

describe("ERR-1.prototype-names", () => {
  const registered = (provider_id: string, approved_scopes: string[]) =>
    made({
      purpose: "register",
      json: { client_id: "c", agent_status: "approved", approved_providers: [{ provider_id, approved_scopes }] },
    });
  it.each([
    ["denied by a granted registration", registered("__proto__", []), "pass"],
    ["approved as a provider", registered("__proto__", ["read"]), "violated accepted"],
    ["approved as a scope", registered("mail", ["constructor"]), "violated accepted"],
    ["a session for it", session(), "violated accepted"],
    ["a token for it", issued(), "violated accepted"],
    ["a revocation without effect", made({ purpose: "revoke", json: {} }), "pass"],
    ["a crash", crash(), "violated server-error"],
  ])("%s", (_, attempt, verdict) => {
    expect(verdictOn("ERR-1.prototype-names", attempt)).toBe(verdict);
  });
});

describe("ERR-1.error-shape", () => {
  it.each([
    ["an ATHError", ok(), "pass"],
    ["text", answer(403, "Forbidden"), "violated error-shape"],
    ["JSON of another shape", answer(403, '{"error":"no"}'), "violated error-shape"],
    ["nothing refused", made({ purpose: "revoke", json: {} }), "not-tested nothing-refused"],
    ["an endpoint that is not there", made({ purpose: "agent-status", status: 404 }), "not-tested nothing-refused"],
  ])("%s", (_, attempt, verdict) => {
    expect(verdictOn("ERR-1.error-shape", attempt)).toBe(verdict);
  });
});

describe("ERR-1.no-stack-trace", () => {
  const stack = new Error("boom").stack ?? "";
  it.each([
    ["a plain error", JSON.stringify({ code: "X", message: "look at line 3: no" }), "pass"],
    ["a sentence with at and a URL", '{"message":"\\n at the latest http://gateway.test:80/ath"}', "pass"],
    ["a stack in JSON", JSON.stringify({ code: "X", message: stack }), "violated stack-trace"],
    ["a stack as text", stack, "violated stack-trace"],
    ["Python", 'Traceback (most recent call last):\n  File "a.py", line 1', "violated stack-trace"],
    ["Go", "panic: x\n\ngoroutine 1 [running]:", "violated stack-trace"],
    ["Java", "java.lang.X: no\n\tat com.example.Gate.open(Gate.java:17)", "violated stack-trace"],
  ])("%s", (_, body, verdict) => {
    expect(verdictOn("ERR-1.no-stack-trace", answer(400, body))).toBe(verdict);
  });
});

describe("the census", () => {
  const verdictWith = (id: string, census: readonly Json[], ...attempts: readonly Exchange[]) =>
    judged(errors, id, evidenceOf({ control: [issued()], attempt: attempts }, { census }));
  const kind = (status: number, code: string) => ({ status, code, purpose: "token", count: 1 });
  it.each([
    ["ERR-2.status-table", [kind(401, "TOKEN_INVALID")], "pass"],
    ["ERR-2.status-table", [kind(400, "TOKEN_INVALID")], "violated wrong-status"],
    ["ERR-2.status-table", [kind(400, "invalid_request")], "pass"],
    ["ERR-2.status-table", [kind(409, "INVALID_ATTESTATION")], "not-tested nothing-refused"],
    ["ERR-3.listed-codes", [kind(401, "TOKEN_INVALID"), kind(429, "slow_down")], "pass"],
    ["ERR-3.listed-codes", [kind(400, "invalid_request")], "violated unlisted-code"],
    ["ERR-3.listed-codes", [kind(401, "TOKEN_INVALID"), kind(413, "body_too_large")], "pass"],
    ["ERR-3.listed-codes", [], "not-tested nothing-refused"],
  ])("%s of the run: %o", (id, census, verdict) => {
    expect(verdictWith(id, census)).toBe(verdict);
  });
  it("looks at its own refusals as well", () => {
    const own = refusedWith("token", 404, "SESSION_NOT_FOUND");
    expect(verdictWith("ERR-2.status-table", [], own)).toBe("violated wrong-status");
  });
});

describe("members of a body by its schema", () => {
  it("finds nested ones and those of lists", () => {
    const paths = membersOf("register").map((path) => path.join("."));
    expect(paths).toContain("agent_id");
    expect(paths).toContain("developer.name");
    expect(paths).toContain("requested_providers.0.scopes.0");
  });
  it("knows the required ones", () => {
    expect(requiredOf("token")).toContain("client_secret");
    expect(requiredOf("authorize")).not.toContain("resource");
  });
  it("replaces one and leaves the rest", () => {
    const body = { a: { b: 1, c: 2 }, d: [{ e: 3 }, 4] };
    expect(withMember(body, ["a", "b"], null)).toEqual({ a: { b: null, c: 2 }, d: [{ e: 3 }, 4] });
    expect(withMember(body, ["d", 0, "e"], "x")).toEqual({ a: { b: 1, c: 2 }, d: [{ e: "x" }, 4] });
    expect(withMember(body, ["f", 0], true)).toEqual({ ...body, f: [true] });
  });
});
