import { describe, expect, it } from "vitest";
import type { Json } from "../engine/json.ts";
import { bridge } from "./bridge.ts";
import { called, evidenceOf, issued, judged, made, refusedWith } from "./testing/flow-evidence.ts";

const redemption = {
  exchange: 1,
  contentType: "application/x-www-form-urlencoded;charset=UTF-8",
  challenge: "digest",
  verifierSha256: "digest",
  provesPlain: false,
  redirectUri: "http://gateway.test/ath/callback",
  authorizedRedirectUri: "http://gateway.test/ath/callback",
};
const redeemed = (changes: Readonly<Record<string, Json>>) =>
  evidenceOf({}, { redemptions: [{ ...redemption, ...changes }] });

describe("BRG-1", () => {
  it.each([
    ["form-encoded", {}, "pass"],
    ["form-encoded", { contentType: "application/json" }, "violated not-form-encoded"],
    ["code-verifier", {}, "pass"],
    ["code-verifier", { verifierSha256: null }, "violated verifier-missing"],
    ["code-verifier", { verifierSha256: "other" }, "violated verifier-wrong"],
    ["code-verifier", { verifierSha256: "other", provesPlain: true }, "pass"],
    ["code-verifier", { challenge: null }, "not-tested nothing-to-judge"],
    ["code-verifier", { contentType: "application/json" }, "not-tested nothing-to-judge"],
    ["redirect-uri", {}, "pass"],
    ["redirect-uri", { redirectUri: null }, "violated redirect-uri-differs"],
    ["redirect-uri", { redirectUri: "http://gateway.test/other" }, "violated redirect-uri-differs"],
  ])("%s with %o", (variant, changes, verdict) => {
    expect(judged(bridge, `BRG-1.${variant}`, redeemed(changes))).toBe(verdict);
  });
  it("judges nothing without a token request", () => {
    expect(judged(bridge, "BRG-1.form-encoded", evidenceOf({}, { redemptions: [] }))).toBe(
      "not-tested nothing-to-judge",
    );
  });
});

const token = "‹provider-token:aaaaaaaaaaaa:48›";
const secret = "‹provider-client-secret:bbbbbbbbbbbb:32›";
const given = () =>
  made({
    purpose: "provider-token",
    from: "target",
    to: "provider",
    json: { access_token: token, scope: "mail:read" },
  });
const quoting = () =>
  made({ purpose: "provider-token", from: "target", to: "provider", status: 400, body: `no ${secret}` });

describe("BRG-2.provider-tokens", () => {
  const judgedWith = (...seen: ReturnType<typeof made>[]) =>
    judged(bridge, "BRG-2.provider-tokens", evidenceOf({ control: [issued()] }, {}, [given(), ...seen]));
  it("passes when nobody on the agent's side saw one", () => {
    expect(judgedWith(called())).toBe("pass");
  });
  it.each([
    ["a body", made({ purpose: "proxy", body: `{"token":"${token}"}` })],
    ["a header", made({ purpose: "proxy", headers: [["X-Token", token]] })],
    ["a redirect", made({ purpose: "callback", from: "user", status: 302, headers: [["Location", `/?t=${token}`]] })],
    ["a URL", made({ purpose: "landing", from: "user", to: "identity-host", url: `http://agent.test/?t=${token}` })],
  ])("finds it in %s", (_, leak) => {
    expect(judgedWith(leak)).toBe("violated provider-secret-leaked");
  });
  it("does not blame the target for the provider's own page", () => {
    expect(judgedWith(made({ purpose: "provider-authorize", from: "user", to: "provider", body: token }))).toBe("pass");
  });
  it("judges nothing when the provider gave no token", () => {
    const evidence = evidenceOf({ control: [issued()] });
    expect(judged(bridge, "BRG-2.provider-tokens", evidence)).toBe("not-tested no-secret-seen");
  });
});

describe("BRG-2.client-secret", () => {
  it.each([
    ["nowhere", "http://provider.test/authorize?client_id=gateway", "pass"],
    ["in the URL to the provider", `http://provider.test/authorize?s=${secret}`, "violated provider-secret-leaked"],
  ])("%s", (_, url, verdict) => {
    const step = made({ purpose: "provider-authorize", from: "user", to: "provider", url });
    const evidence = evidenceOf({ control: [issued()] }, { providerClientSecret: secret }, [step]);
    expect(judged(bridge, "BRG-2.client-secret", evidence)).toBe(verdict);
  });
});

describe("BRG-2.on-error", () => {
  const facts = { providerClientSecret: secret };
  const refusal = (message: string) => made({ purpose: "token", status: 502, json: { code: "OAUTH_ERROR", message } });
  it.each([
    ["kept back", "the provider failed", "pass"],
    ["passed on", `the provider said ${secret}`, "violated provider-secret-leaked"],
  ])("%s", (_, message, verdict) => {
    const evidence = evidenceOf({ control: [issued()], attempt: [refusal(message)] }, facts, [quoting()]);
    expect(judged(bridge, "BRG-2.on-error", evidence)).toBe(verdict);
  });
  it("judges nothing when the provider quoted nothing", () => {
    const evidence = evidenceOf({ control: [issued()], attempt: [refusal("no")] }, facts);
    expect(judged(bridge, "BRG-2.on-error", evidence)).toBe("not-tested no-secret-seen");
  });
});

describe("BRG-3", () => {
  const afterExpiry = (attempt: ReturnType<typeof made>, expiresIn = 3600) =>
    evidenceOf({ control: [called()], attempt: [attempt] }, { expiresIn });
  it.each([
    ["refresh", afterExpiry(called()), "pass"],
    ["refresh", afterExpiry(called(401)), "violated not-refreshed"],
    ["refresh", afterExpiry(refusedWith("proxy", 401, "TOKEN_EXPIRED"), 1), "not-applicable lifetime-follows-provider"],
    ["refresh", afterExpiry(called(429)), "not-tested no-answer"],
    ["refresh-fails", afterExpiry(refusedWith("proxy", 502, "OAUTH_ERROR")), "pass"],
    ["refresh-fails", afterExpiry(called(401)), "violated unclear-error"],
    ["refresh-fails", afterExpiry(called()), "violated unclear-error"],
  ])("%s", (variant, evidence, verdict) => {
    expect(judged(bridge, `BRG-3.${variant}`, evidence)).toBe(verdict);
  });
});
