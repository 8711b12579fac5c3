import { describe, expect, it } from "vitest";
import type { Json } from "../engine/json.ts";
import { callback } from "./callback.ts";
import { evidenceOf, issued, judged, made, refusedWith } from "./testing/flow-evidence.ts";

const refusal = () => refusedWith("token", 400, "SESSION_NOT_FOUND");

describe.each(["CB-1.unknown-state", "CB-1.missing-state", "CB-2.denied-then-code"])("%s", (id) => {
  it.each([
    ["a refused exchange", { control: [issued()], attempt: [refusal()] }, "pass"],
    ["a token", { control: [issued()], attempt: [issued()] }, "violated completed"],
    ["a 200 without a token", { control: [issued()], attempt: [made({ purpose: "token", json: {} })] }, "pass"],
    ["no control", { control: [refusal()], attempt: [refusal()] }, "not-tested control-refused"],
    ["silence", { control: [issued()], attempt: [made({ purpose: "token", status: null })] }, "not-tested no-answer"],
  ])("%s", (_, marks, verdict) => {
    expect(judged(callback, id, evidenceOf(marks))).toBe(verdict);
  });
});

describe("CB-1.used-state", () => {
  const redemption = () => made({ purpose: "provider-token", from: "target", to: "provider" });
  it("passes when the provider sees one token request", () => {
    const first = redemption();
    const evidence = evidenceOf({ control: [issued()] }, { redemptions: [first.id], replayed: [] }, [first]);
    expect(judged(callback, "CB-1.used-state", evidence)).toBe("pass");
  });
  it("finds the second token request", () => {
    const [first, second] = [redemption(), redemption()];
    const facts = { redemptions: [first.id], replayed: [second.id] };
    const evidence = evidenceOf({ control: [issued()] }, facts, [first, second]);
    expect(judged(callback, "CB-1.used-state", evidence)).toBe("violated completed");
  });
  it("judges nothing when the provider saw no token request at all", () => {
    const evidence = evidenceOf({ control: [issued()] }, { redemptions: [], replayed: [] });
    expect(judged(callback, "CB-1.used-state", evidence)).toBe("not-tested control-refused");
  });
});

describe("CB-2.denied", () => {
  it.each([
    ["USER_DENIED", refusedWith("token", 403, "USER_DENIED"), "pass"],
    ["OAUTH_ERROR with the status of the table", refusedWith("token", 502, "OAUTH_ERROR"), "pass"],
    ["a code from no list", refusedWith("token", 400, "access_denied"), "pass"],
    ["SESSION_NOT_FOUND", refusal(), "violated unfitting-code"],
    ["INTERNAL_ERROR", refusedWith("token", 500, "INTERNAL_ERROR"), "violated server-error"],
    ["a token", issued(), "violated accepted"],
  ])("%s", (_, attempt, verdict) => {
    expect(judged(callback, "CB-2.denied", evidenceOf({ control: [issued()], attempt: [attempt] }))).toBe(verdict);
  });
  it("needs its control also for a failure of the provider", () => {
    const attempt = [refusedWith("token", 502, "OAUTH_ERROR")];
    expect(judged(callback, "CB-2.denied", evidenceOf({ control: [refusal()], attempt }))).toBe(
      "not-tested control-refused",
    );
  });
});

const landed = (finalUrl: string, facts: Readonly<Record<string, Json>> = {}, body = "") =>
  evidenceOf(
    { subject: [made({ purpose: "landing", from: "user", to: "identity-host", url: finalUrl, body })] },
    { redirectUri: "http://agent.test/landing", state: "abc", finalUrl, ...facts },
  );

describe("CB-3.state-returned", () => {
  it.each([
    ["with the state", landed("http://agent.test/landing?code=x&state=abc"), "pass"],
    ["without the state", landed("http://agent.test/landing?code=x"), "violated state-changed"],
    ["with another state", landed("http://agent.test/landing?state=abd"), "violated state-changed"],
    ["elsewhere", landed("http://gateway.test/done?state=abc"), "violated not-redirected"],
    [
      "at a page that leads on",
      landed("http://gateway.test/done", {}, '<a href="http://agent.test/landing?state=abc">on</a>'),
      "ambiguous not-redirected",
    ],
  ])("%s", (_, evidence, verdict) => {
    expect(judged(callback, "CB-3.state-returned", evidence)).toBe(verdict);
  });
});

describe("CB-3.state-verbatim", () => {
  const state = "0f+/=&%25 ü";
  const at = (returned: string) => landed(`http://agent.test/landing?state=${returned}`, { state });
  it.each([
    ["encoded", at(encodeURIComponent(state)), "pass"],
    ["pasted", at(state), "violated state-changed"],
    ["with its umlaut mangled", at(encodeURIComponent(state.replace("ü", "Ã¼"))), "ambiguous state-changed"],
  ])("%s", (_, evidence, verdict) => {
    expect(judged(callback, "CB-3.state-verbatim", evidence)).toBe(verdict);
  });
});

describe("CB-3.redirect-with-query", () => {
  const redirectUri = "http://agent.test/landing?tenant=a+b%26c&view=2";
  it.each([
    ["kept", `${redirectUri}&code=x&state=abc`, "pass"],
    ["in another order and encoding", "http://agent.test/landing?state=abc&view=2&tenant=a%20b%26c", "pass"],
    ["pasted behind a second question mark", `${redirectUri}?code=x&state=abc`, "violated redirect-broken"],
    ["dropped", "http://agent.test/landing?state=abc", "violated redirect-broken"],
  ])("%s", (_, finalUrl, verdict) => {
    expect(judged(callback, "CB-3.redirect-with-query", landed(finalUrl, { redirectUri }))).toBe(verdict);
  });
});
