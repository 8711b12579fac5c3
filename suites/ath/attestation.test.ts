import { describe, expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { attestation } from "./attestation.ts";
import { authorized, checkOf, emptyEvidence, refusedWith, registered } from "./testing/judging.ts";

const judge = (id: string, roles: Parameters<typeof evidence>[0], facts = {}) => {
  const { outcome, reasonCode } = checkOf(attestation, id).judge(evidence(roles, { facts }));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};
const silent = (id: number) => exchange(id);

test.each(attestation.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(attestation, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

describe("ATT-1.wrong-key and its kind", () => {
  const control = [registered(1)];
  test.each([
    ["pass", refusedWith(2, 401)],
    ["pass", refusedWith(2, 400, "WHATEVER")],
    ["violated accepted", registered(2)],
    ["violated server-error", refusedWith(2, 500)],
    ["violated no-answer", silent(2)],
    ["not-tested rate-limited", refusedWith(2, 429)],
  ])("%s", (verdict, attempt) => {
    expect(judge("ATT-1.wrong-key", { control, attempt: [attempt] })).toBe(verdict);
  });
  test("proves nothing without a granted control", () => {
    const roles = { control: [refusedWith(1, 401)], attempt: [refusedWith(2, 401)] };
    expect(judge("ATT-1.wrong-key", roles)).toBe("not-tested control-refused");
  });
});

describe("ATT-4.past-window", () => {
  test.each([
    ["pass", registered(2)],
    ["violated refused", refusedWith(2, 401)],
  ])("%s", (verdict, attempt) => {
    expect(judge("ATT-4.past-window", { control: [registered(1)], attempt: [attempt] })).toBe(verdict);
  });
});

describe("ATT-5.concurrent", () => {
  const races = (...pairs: readonly (readonly [boolean, boolean])[]) => {
    const roles = pairs.map(([first, second], race) => {
      const answer = (won: boolean, id: number) => (won ? authorized(id) : refusedWith(id, 401));
      return [`race-${race}`, [answer(first, race * 2 + 2), answer(second, race * 2 + 3)]] as const;
    });
    return judge("ATT-5.concurrent", { control: [authorized(1)], ...Object.fromEntries(roles) });
  };
  test("one winner in each race passes, and so does none", () => {
    expect(races([true, false], [false, true], [false, false])).toBe("pass");
  });
  test("two winners of one race fail, two winners of different races do not", () => {
    expect(races([true, false], [true, true], [true, false])).toBe("violated accepted");
  });
  test("a race without an answer is not judged", () => {
    const roles = { control: [authorized(1)], "race-0": [authorized(2), silent(3)] };
    expect(judge("ATT-5.concurrent", roles)).toBe("not-tested no-answer");
  });
  test("a loser that gets a server error is mentioned", () => {
    const roles = { control: [authorized(1)], "race-0": [authorized(2), refusedWith(3, 503)] };
    const finding = checkOf(attestation, "ATT-5.concurrent").judge(evidence(roles));
    expect(finding).toMatchObject({ outcome: "pass", notes: [expect.stringContaining("server error")] });
  });
});

describe("ATT-6.iss-as-origin", () => {
  test.each([
    ["pass", registered(2)],
    ["ambiguous iss-origin-refused", refusedWith(2, 401)],
    ["violated server-error", refusedWith(2, 500)],
    ["violated no-answer", silent(2)],
    ["not-tested rate-limited", refusedWith(2, 429)],
    ["inconclusive neither-granted-nor-refused", exchange(2, { status: 200, json: {} })],
  ])("%s", (verdict, attempt) => {
    expect(judge("ATT-6.iss-as-origin", { control: [registered(1)], attempt: [attempt] })).toBe(verdict);
  });
});

describe("ATT-11.refetch-limit", () => {
  const roles = { control: [authorized(1)], attempt: [refusedWith(2, 401), refusedWith(3, 401)] };
  const facts = { fetchesBefore: 1, fetchesByValidCalls: 0, fetchesByBadSignatures: 1, elapsedMs: 40 };
  test.each([
    ["pass", {}],
    ["pass", { fetchesByBadSignatures: 0 }],
    ["violated refetched-too-often", { fetchesByBadSignatures: 2 }],
    // A cache of a second may run out twice while ten calls are made.
    ["pass", { fetchesByValidCalls: 2, fetchesByBadSignatures: 3 }],
    ["pass", { fetchesByBadSignatures: 2, elapsedMs: 61_000 }],
    ["not-applicable no-cache", { fetchesByValidCalls: 5, fetchesByBadSignatures: 5 }],
    ["not-tested document-not-fetched", { fetchesBefore: 0 }],
  ])("%s with %j", (verdict, changed) => {
    expect(judge("ATT-11.refetch-limit", roles, { ...facts, ...changed })).toBe(verdict);
  });
  test("accepted bad signatures are another check's business", () => {
    const accepted = { ...roles, attempt: [authorized(2)] };
    expect(judge("ATT-11.refetch-limit", accepted, facts)).toBe("not-tested bad-signature-accepted");
  });
  test("without the counts nothing passes", () => {
    expect(judge("ATT-11.refetch-limit", roles)).toBe("not-tested control-refused");
  });
});

describe("ATT-12", () => {
  const control = [registered(1)];
  test.each([
    ["pass", refusedWith(2, 401), 1],
    ["pass", refusedWith(2, 502), 1],
    ["violated no-answer", silent(2), 1],
    ["not-tested document-not-fetched", registered(2), 1],
    ["not-tested document-not-fetched", refusedWith(2, 401), 0],
    ["inconclusive neither-granted-nor-refused", exchange(2, { status: 202, json: {} }), 1],
  ])("never-answers: %s", (verdict, attempt, fetches) => {
    expect(judge("ATT-12.never-answers", { control, attempt: [attempt] }, { fetches })).toBe(verdict);
  });
  test.each([
    ["pass", [registered(2)], true],
    ["violated others-blocked", [registered(2), registered(3)], false],
    ["violated others-blocked", [silent(2)], false],
    ["not-tested document-not-fetched", [], false],
    ["not-tested rate-limited", [refusedWith(2, 429)], false],
  ])("serves-others: %s", (verdict, attempt, servedMeanwhile) => {
    expect(judge("ATT-12.serves-others", { control, attempt }, { servedMeanwhile })).toBe(verdict);
  });
  test.each([
    ["violated others-blocked", 300, 1500],
    ["not-tested too-slow", 400, 1500],
  ])(
    "serves-others: %s where a registration takes %i ms, and a document is waited for %i ms",
    (verdict, ms, waitMs) => {
      const roles = {
        control: [{ ...registered(1), durationMs: ms }],
        stuck: [{ ...refusedWith(2, 401), durationMs: waitMs }],
        attempt: [registered(3)],
      };
      expect(judge("ATT-12.serves-others", roles, { servedMeanwhile: false })).toBe(verdict);
    },
  );
});
