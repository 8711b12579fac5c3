import { describe, expect, it } from "vitest";
import type { Exchange } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import { binding } from "./binding.ts";
import { proxy } from "./proxy.ts";
import { called, evidenceOf, issued, judged, type Made, made, refusedWith } from "./testing/flow-evidence.ts";

const arrivedAt = (changes: Partial<Made> = {}) =>
  made({
    purpose: "upstream-call",
    from: "target",
    to: "upstream",
    method: "GET",
    url: "http://api.test/api/v1/messages",
    ...changes,
  });

describe("refused calls", () => {
  const judgedWith = (id: string, attempt: Exchange, reached: readonly Exchange[] = []) =>
    judged(
      proxy,
      id,
      evidenceOf({ control: [called()], attempt: [attempt] }, { reached: reached.map(({ id }) => id) }, reached),
    );
  it.each([
    ["PRX-1.unknown-token", refusedWith("proxy", 401, "TOKEN_INVALID"), "pass"],
    ["PRX-1.unknown-token", refusedWith("proxy", 401, "TOKEN_EXPIRED"), "violated unfitting-code"],
    ["PRX-1.no-token", called(), "violated accepted"],
    ["PRX-2.missing-agent-id", refusedWith("proxy", 403, "AGENT_IDENTITY_MISMATCH"), "pass"],
    ["PRX-3.other-provider", refusedWith("proxy", 403, "PROVIDER_MISMATCH"), "pass"],
    ["PRX-4.out-of-scope", refusedWith("proxy", 403, "SCOPE_NOT_APPROVED"), "pass"],
    ["PRX-4.unmapped", called(), "violated accepted"],
    ["PRX-7.revoked", refusedWith("proxy", 401, "TOKEN_INVALID"), "violated unfitting-code"],
    ["PRX-7.expired", refusedWith("proxy", 401, "TOKEN_EXPIRED"), "pass"],
  ])("%s", (id, attempt, verdict) => {
    expect(judgedWith(id, attempt)).toBe(verdict);
  });
  it("finds a refused call that the provider saw all the same", () => {
    const attempt = refusedWith("proxy", 401, "TOKEN_INVALID");
    expect(judgedWith("PRX-1.no-token", attempt, [arrivedAt()])).toBe("violated reached-provider");
  });
});

describe("PRX-5", () => {
  const passed = (id: string, sent: Exchange, arrived?: Exchange) =>
    judged(
      proxy,
      `PRX-5.${id}`,
      evidenceOf({ control: [called()], sent: [sent] }, { arrivals: [arrived?.id ?? 0] }, arrived ? [arrived] : []),
    );
  const call = (changes: Partial<Made>) => made({ purpose: "proxy", method: "GET", ...changes });
  const url = (query: string) => `http://gateway.test/ath/proxy/mail/v1/messages${query}`;
  const type = (value: string) => [["content-type", value]] as const;

  it.each([
    ["method", call({ method: "PUT" }), arrivedAt({ method: "PUT" }), "pass"],
    ["method", call({ method: "PUT" }), arrivedAt({ method: "POST" }), "violated altered"],
    ["path", call({ url: url("?gp=1") }), arrivedAt(), "pass"],
    ["path", call({ url: url("") }), arrivedAt({ url: "http://api.test/api/v1" }), "violated altered"],
    ["query", call({ url: url("?a=1%20b&c") }), arrivedAt({ url: "http://api.test/api/v1/messages?a=1+b&c=" }), "pass"],
    ["query", call({ url: url("?a=1") }), arrivedAt(), "violated altered"],
    ["repeated-query", call({ url: url("?t=a&t=b") }), arrivedAt({ url: "http://api.test/api?t=a&t=b" }), "pass"],
    [
      "repeated-query",
      call({ url: url("?t=a&t=b") }),
      arrivedAt({ url: "http://api.test/api?t=b" }),
      "violated altered",
    ],
    ["request-body", call({ requestBytes: 9, sha: "a" }), arrivedAt({ requestBytes: 9, sha: "a" }), "pass"],
    ["request-body", call({ requestBytes: 9, sha: "a" }), arrivedAt({ requestBytes: 9, sha: "b" }), "violated altered"],
    ["binary-request", call({ requestBytes: 9 }), arrivedAt({ requestBytes: 14 }), "violated altered"],
    [
      "request-content-type",
      call({ requestHeaders: type('text/x; profile="a"') }),
      arrivedAt({ requestHeaders: type("text/x;profile=a") }),
      "pass",
    ],
    [
      "request-content-type",
      call({ requestHeaders: type("text/x") }),
      arrivedAt({ requestHeaders: type("application/json") }),
      "violated altered",
    ],
    ["response-body", call({ body: "abc", responseSha: "a" }), arrivedAt({ body: "abc", responseSha: "a" }), "pass"],
    [
      "response-body",
      call({ body: "abc", responseSha: "b" }),
      arrivedAt({ body: "abc", responseSha: "a" }),
      "violated altered",
    ],
    ["large-response", call({ body: "ab" }), arrivedAt({ body: "abc" }), "violated altered"],
    ["status", call({ status: 418 }), arrivedAt({ status: 418 }), "pass"],
    ["status", call({ status: 200 }), arrivedAt({ status: 404 }), "violated altered"],
    ["no-content", call({ status: 204 }), arrivedAt({ status: 204 }), "pass"],
    ["no-content", call({ status: 500 }), arrivedAt({ status: 204 }), "violated altered"],
    ["no-content", call({ status: null }), arrivedAt({ status: 204 }), "violated altered"],
    ["redirect", call({ status: 404 }), arrivedAt({ status: 302 }), "violated altered"],
    ["large-request", call({ status: 413 }), undefined, "ambiguous over-a-limit"],
    ["chunked-request", call({ status: 411 }), undefined, "ambiguous length-required"],
    ["chunked-request", call({ requestBytes: 9 }), arrivedAt({ requestBytes: 0 }), "violated altered"],
    ["query", call({ status: 400 }), undefined, "violated altered"],
    ["query", call({ status: 429 }), undefined, "not-tested rate-limited"],
  ])("%s", (id, sent, arrived, verdict) => {
    expect(passed(id, sent, arrived)).toBe(verdict);
  });
});

describe("PRX-6", () => {
  const athToken = "‹ath-token:000000000001:43›";
  const seen = (
    id: string,
    requestHeaders: Exchange["request"]["headers"],
    facts: Readonly<Record<string, Json>> = {},
  ) => {
    const arrived = arrivedAt({ requestHeaders });
    const all = { token: athToken, user: "alice", arrived: [arrived.id], ...facts };
    return judged(proxy, `PRX-6.${id}`, evidenceOf({ control: [issued()], call: [called()] }, all, [arrived]));
  };
  it.each([
    ["token-stripped", [["authorization", "Bearer ‹provider-token:000000000002:48›"]], {}, "pass"],
    ["token-stripped", [["x-forwarded-authorization", `Bearer ${athToken}`]], {}, "violated ath-token-forwarded"],
    ["agent-id-stripped", [["x-agent", "http://agent.test/a"]], {}, "pass"],
    ["agent-id-stripped", [["X-Ath-Agent-Id", "http://agent.test/a"]], {}, "violated agent-id-forwarded"],
    ["provider-token", [], {}, "pass"],
    ["provider-token", [], { user: null }, "violated provider-token-missing"],
    [
      "hop-by-hop",
      [
        ["connection", "keep-alive"],
        ["keep-alive", "timeout=5"],
      ],
      {},
      "pass",
    ],
    ["hop-by-hop", [["x-gateproof-hop", "gateproof-hop"]], {}, "violated hop-by-hop-forwarded"],
    ["token-stripped", [], { arrived: [] }, "not-tested nothing-arrived"],
  ] as const)("%s", (id, headers, facts, verdict) => {
    expect(seen(id, headers, facts)).toBe(verdict);
  });
});

describe("PRX-8.dot-segments", () => {
  const attacked = (attempt: Exchange, escaped: readonly Exchange[] = []) => {
    const arrived = arrivedAt();
    const facts = { arrived: [arrived.id], escaped: escaped.map(({ id }) => id) };
    const evidence = evidenceOf({ control: [called()], attempt: [attempt] }, facts, [arrived, ...escaped]);
    return judged(proxy, "PRX-8.dot-segments", evidence);
  };
  it.each([
    ["refused", attacked(called(400)), "pass"],
    ["kept inside", attacked(called(200)), "pass"],
    ["escaped", attacked(called(404), [arrivedAt({ to: "other" })]), "violated escaped"],
    ["escaped although refused", attacked(called(400), [arrivedAt({ to: "other" })]), "violated escaped"],
    ["unanswered", attacked(made({ purpose: "proxy", status: null })), "not-tested no-answer"],
  ])("%s", (_, verdict, expected) => {
    expect(verdict).toBe(expected);
  });
});

describe("BIND-1", () => {
  const usedBy = (...calls: (readonly [of: string, seen: string | null])[]) =>
    judged(
      binding,
      "BIND-1.user",
      evidenceOf(
        { call: calls.map(() => called()) },
        { calls: calls.map(([of, seen], at) => ({ of, seen, exchange: at + 1 })) },
      ),
    );
  it("passes when each call is its own user's", () => {
    expect(usedBy(["alice", "alice"], ["bob", "bob"], ["alice", "alice"])).toBe("pass");
  });
  it("finds the token of the latest user in all calls", () => {
    expect(usedBy(["alice", "bob"], ["bob", "bob"], ["alice", "bob"])).toBe("violated other-users-token");
  });
  it("judges nothing from too few calls", () => {
    expect(usedBy(["alice", "alice"])).toBe("not-tested nothing-arrived");
  });
  it.each(["agent", "provider", "scopes"])("BIND-1.%s is a refusal of any code", (variant) => {
    const evidence = evidenceOf({ control: [called()], attempt: [refusedWith("proxy", 401, "TOKEN_INVALID")] });
    expect(judged(binding, `BIND-1.${variant}`, evidence)).toBe("pass");
    const accepted = evidenceOf({ control: [called()], attempt: [called()] });
    expect(judged(binding, `BIND-1.${variant}`, accepted)).toBe("violated accepted");
  });
});
