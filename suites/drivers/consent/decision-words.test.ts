import { describe, expect, test } from "vitest";
import { leaningOf, linkAgrees, linkRefuses } from "./decision-words.ts";

test.each([
  ["refuses", "Deny", "access_denied", "No, thanks", "Do not allow", "Don’t authorize", "I disagree", "Not now"],
  ["refuses", "consent_deny", "cancelConsent", "Deny access grant", "Continue without accepting"],
  ["refuses", "拒绝", "取消授权", "不同意", "不允许", "拒絕"],
  ["agrees", "Allow", "Authorise", "I agree", "allowAccess", "consent", "Yes, allow. No password is shared."],
  ["agrees", "同意", "同意并继续", "允许", "授权", "接受"],
  ["goes-on", "Continue", "Yes", "OK", "确认", "继续"],
  ["neutral", "Send", "1", "", "No account? Register", "Notes", "Known devices"],
] as const)("%s: %s, %s, …", (leaning, ...texts) => {
  expect(texts.map((text) => leaningOf(text))).toEqual(texts.map(() => leaning));
});

test("a label and a value that contradict each other are unclear; otherwise either may tell", () => {
  expect(leaningOf("Deny", "allow")).toBe("unclear");
  expect(leaningOf("Close", "deny")).toBe("refuses");
  expect(leaningOf("同意", "1")).toBe("agrees");
  expect(leaningOf("Continue", "cancel")).toBe("refuses");
});

describe("links", () => {
  const page = "https://gateway.example/consent";
  test.each([
    ["Cancel", "", true],
    ["No, thanks", "", true],
    ["I do not agree", "", true],
    ["Back", "?decision=deny", true],
    ["Back", "?error=access_denied&state=x", true],
    ["Back", "?cancel", true],
    ["Norsk", "?lang=no", false],
    ["Help", "?cancel_url=https%3A%2F%2Fapp.example%2Fcancel", false],
    ["Allow", "?else=cancel", false],
    ["How to decline", "", false],
  ])("%s (%s) refuses: %s", (label, query, refuses) => {
    expect(linkRefuses(label, new URL(`${page}${query}`))).toBe(refuses);
  });

  test("agree by the word they begin with", () => {
    expect(linkAgrees("Allow access")).toBe(true);
    expect(linkAgrees("The terms you agree to")).toBe(false);
  });
});
