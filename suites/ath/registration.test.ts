import { describe, expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { registration } from "./registration.ts";
import { authorized, checkOf, emptyEvidence, refusedWith, registered } from "./testing/judging.ts";

type Roles = Parameters<typeof evidence>[0];
const judge = (id: string, roles: Roles, facts = {}) => {
  const { outcome, reasonCode } = checkOf(registration, id).judge(evidence(roles, { facts }));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};
const entry = (provider_id: string, approved_scopes: readonly string[], denied_scopes: readonly string[]) => ({
  provider_id,
  approved_scopes,
  denied_scopes,
});

test.each(registration.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(registration, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

describe("REG-1.shape", () => {
  const whole = { approved_providers: [entry("mail", ["read"], [])], approval_expires: "2027-01-01T00:00:00Z" };
  test.each([
    ["pass", registered(1, { ...whole, extra: "is fine" })],
    ["violated schema", registered(1, { ...whole, approval_expires: undefined })],
    [
      "violated schema",
      registered(1, { ...whole, approved_providers: [{ ...entry("mail", [], []), denied_scopes: null }] }),
    ],
    ["violated schema", exchange(1, { status: 200, text: "<p>welcome</p>" })],
    ["not-tested request-refused", refusedWith(1, 401)],
  ])("%s", (verdict, subject) => {
    expect(judge("REG-1.shape", { subject: [subject] })).toBe(verdict);
  });
});

describe("REG-2.partition", () => {
  const judgeCase = (
    subject: ReturnType<typeof registered>,
    input: readonly string[],
    control: readonly ReturnType<typeof registered>[] = [],
  ) => {
    const one = evidence({ subject: [subject], control }, { facts: { input, provider: "mail" } });
    const { outcome, reasonCode } = checkOf(registration, "REG-2.partition").judge({ ...emptyEvidence, cases: [one] });
    return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
  };
  const decided = (approved: readonly string[], denied: readonly string[], status = "approved") =>
    registered(1, { agent_status: status, approved_providers: [entry("mail", approved, denied)] });
  test.each([
    ["pass", decided(["a"], ["b"])],
    ["pass", decided([], ["b", "a"], "denied")],
    // Two entries for one provider divide the scopes as well as one.
    ["pass", registered(1, { approved_providers: [entry("mail", ["a"], []), entry("mail", [], ["b"])] })],
    ["violated missing-scope", decided(["a"], [])],
    ["violated missing-scope", registered(1, { approved_providers: [] })],
    ["violated overlap", decided(["a", "b"], ["b"])],
    ["violated extra-scope", decided(["a", "b", "c"], [])],
    ["violated extra-scope", decided(["a"], ["b", "c"])],
    // What is not decided yet is missing for a good reason; approving too much never is.
    ["pass", registered(1, { agent_status: "pending", approved_providers: [] })],
    ["violated extra-scope", decided(["c"], [], "pending")],
  ])("%s", (verdict, subject) => {
    expect(judgeCase(subject, ["a", "b"])).toBe(verdict);
  });
  test("a whole refusal is fair for unknown scopes only", () => {
    const control = [registered(2)];
    expect(judgeCase(refusedWith(1, 400), ["a", "gateproof:unknown-a"], control)).toBe("pass");
    expect(judgeCase(refusedWith(1, 400), ["a"], control)).toBe("not-tested request-refused");
    expect(judgeCase(refusedWith(1, 429), ["gateproof:unknown-a"], control)).toBe("not-tested request-refused");
    expect(judgeCase(refusedWith(1, 400), ["gateproof:unknown-a"], [refusedWith(2, 400)])).toBe(
      "not-tested request-refused",
    );
  });
});

describe("REG-2.several-providers", () => {
  const facts = { requested: { mail: ["read"], calendar: ["see"] } };
  const answer = (...approved_providers: readonly unknown[]) => ({ subject: [registered(1, { approved_providers })] });
  test.each([
    ["pass", answer(entry("mail", ["read"], []), entry("calendar", [], ["see"]))],
    ["violated missing-provider", answer(entry("mail", ["read"], []))],
    ["violated extra-scope", answer(entry("mail", ["read"], []), entry("calendar", ["read"], ["see"]))],
  ])("%s", (verdict, roles) => {
    expect(judge("REG-2.several-providers", roles, facts)).toBe(verdict);
  });
});

describe("REG-3.duplicate", () => {
  test.each([
    ["pass", refusedWith(2, 409, "ANY_CODE")],
    ["violated accepted", registered(2)],
    ["violated wrong-status", refusedWith(2, 400)],
    ["violated server-error", refusedWith(2, 500)],
    ["not-tested rate-limited", refusedWith(2, 429)],
  ])("%s", (verdict, attempt) => {
    expect(judge("REG-3.duplicate", { control: [registered(1)], attempt: [attempt] })).toBe(verdict);
  });
});

describe("REG-4.nothing-registered", () => {
  const roles = (rest: Roles) => ({ control: [authorized(1)], invalid: [refusedWith(2, 400)], ...rest });
  test.each([
    ["pass", roles({ valid: [registered(3)], use: [authorized(4)] })],
    ["violated took-effect", roles({ valid: [refusedWith(3, 409)] })],
    ["violated took-effect", roles({ valid: [registered(3)], use: [refusedWith(4, 403)] })],
    ["inconclusive later-request-refused", roles({ valid: [refusedWith(3, 400)] })],
    ["not-tested rate-limited", roles({ valid: [refusedWith(3, 429)] })],
    ["not-tested prerequisite-refused", roles({ invalid: [registered(2)], valid: [refusedWith(3, 409)] })],
  ])("%s", (verdict, given) => {
    expect(judge("REG-4.nothing-registered", given)).toBe(verdict);
  });
});

describe("REG-5.unknown-provider", () => {
  const unknown = "gateproof-no-such-provider";
  const approving = (...scopes: readonly string[]) =>
    registered(2, { approved_providers: [entry(unknown, scopes, [])] });
  test.each([
    ["pass", refusedWith(2, 403, "PROVIDER_NOT_APPROVED")],
    ["pass", registered(2, { approved_providers: [entry(unknown, [], ["read"])] })],
    ["pass", registered(2, { approved_providers: [] })],
    ["violated accepted", approving("read")],
    ["violated server-error", refusedWith(2, 500)],
    ["violated no-answer", exchange(2)],
  ])("%s", (verdict, attempt) => {
    expect(judge("REG-5.unknown-provider", { control: [registered(1)], attempt: [attempt] })).toBe(verdict);
  });
});

describe("REG-6", () => {
  const six = (member: (sample: number) => Readonly<Record<string, unknown>>) => ({
    subject: Array.from({ length: 6 }, (_, sample) => registered(sample + 1, member(sample))),
  });
  const own = (sample: number) => ({ client_id: `c-${sample}`, client_secret: `‹client-secret:${sample}:43›` });
  test("unique", () => {
    expect(judge("REG-6.unique", six(own))).toBe("pass");
    expect(
      judge(
        "REG-6.unique",
        six((at) => ({ ...own(at), client_secret: "‹client-secret:0:43›" })),
      ),
    ).toBe("violated repeated");
    expect(
      judge(
        "REG-6.unique",
        six((at) => ({ ...own(at), client_id: "c" })),
      ),
    ).toBe("violated repeated");
    expect(
      judge(
        "REG-6.unique",
        six((at) => ({ ...own(at), client_secret: undefined })),
      ),
    ).toBe("not-tested credentials-missing");
  });
  test("unguessable", () => {
    const strong = { samples: 6, varying: 43, alphabet: 64 };
    const counter = { samples: 6, varying: 2, alphabet: 10 };
    expect(judge("REG-6.unguessable", six(own), { client_id: strong, client_secret: strong })).toBe("pass");
    expect(judge("REG-6.unguessable", six(own), { client_id: counter, client_secret: strong })).toBe("pass");
    expect(judge("REG-6.unguessable", six(own), { client_id: strong, client_secret: counter })).toBe(
      "violated guessable",
    );
  });
});
