import { describe, expect, it } from "vitest";
import { evidence, exchange, grantedRegistration } from "../engine/testing/evidence.ts";
import { verdictOf } from "../engine/verdict.ts";
import { acceptance } from "./acceptance.ts";
import { conforms } from "./conforms.ts";
import { property } from "./property.ts";
import { refusal } from "./refusal.ts";

const never = async () => {
  throw new Error("a judge drives nothing");
};
const row = { id: "ATT-1.wrong-key", requirement: "ATT-1", title: "a title" };
const control = exchange(1, { status: 201, json: grantedRegistration });
const answers = (attempt: Parameters<typeof exchange>[1]) =>
  evidence({ control: [control], attempt: [exchange(2, attempt)] });

describe("refusal", () => {
  const check = refusal({ ...row, control: never, attempt: never, codes: ["INVALID_ATTESTATION"] });
  it.each([
    ["a fitting code", { status: 401, json: { code: "INVALID_ATTESTATION" } }, "pass", null],
    ["any 4xx with a body that is no ATHError", { status: 400, text: "<html>" }, "pass", null],
    ["a code from no list", { status: 400, json: { code: "OWN" } }, "pass", null],
    [
      "a listed code that contradicts",
      { status: 401, json: { code: "SESSION_EXPIRED" } },
      "violated",
      "unfitting-code",
    ],
    ["a grant", { status: 201, json: grantedRegistration }, "violated", "accepted"],
    ["a 200 that grants nothing", { status: 200, json: {} }, "violated", "accepted"],
    ["a server error", { status: 500, json: { code: "INVALID_ATTESTATION" } }, "violated", "server-error"],
    ["silence", {}, "violated", "no-answer"],
    ["a rate limit", { status: 429 }, "not-tested", "rate-limited"],
  ])("%s", (_name, attempt, outcome, reasonCode) => {
    expect(check.judge(answers(attempt))).toMatchObject({ outcome, reasonCode });
  });

  it("proves nothing without a granted control", () => {
    const refusedControl = exchange(1, { status: 400, json: { code: "INVALID_ATTESTATION" } });
    const attempt = exchange(2, { status: 401, json: { code: "INVALID_ATTESTATION" } });
    expect(check.judge(evidence({ control: [refusedControl], attempt: [attempt] })).outcome).toBe("not-tested");
    expect(check.judge(evidence({ attempt: [attempt] })).outcome).toBe("not-tested");
  });

  it("looks at what must not have happened", () => {
    const reached = exchange(3, { to: "upstream", purpose: "upstream-call", status: 200 });
    const strict = refusal({
      ...row,
      control: never,
      attempt: never,
      sideEffects: [
        {
          reasonCode: "reached-provider",
          expected: "the provider sees nothing",
          shown: ({ exchanges }) => exchanges.filter(({ to }) => to === "upstream"),
        },
      ],
    });
    const judged = strict.judge(
      evidence({ control: [control], attempt: [exchange(2, { status: 401 })], other: [reached] }),
    );
    expect(judged).toMatchObject({ outcome: "violated", reasonCode: "reached-provider", exchanges: [3] });
  });
});

describe("acceptance", () => {
  const check = acceptance({ ...row, control: never, attempt: never });
  it.each([
    ["a grant", { status: 201, json: grantedRegistration }, "pass", null],
    ["a refusal", { status: 401 }, "violated", "refused"],
    ["silence", {}, "violated", "no-answer"],
    ["a rate limit", { status: 429 }, "not-tested", "rate-limited"],
  ])("%s", (_name, attempt, outcome, reasonCode) => {
    expect(check.judge(answers(attempt))).toMatchObject({ outcome, reasonCode });
  });
});

describe("conforms", () => {
  const check = conforms({
    ...row,
    subject: never,
    shape: "ATHError",
    relations: [
      {
        reasonCode: "wrong",
        expected: "x",
        broken: (body) => (JSON.stringify(body).includes("bad") ? "y" : undefined),
      },
    ],
  });
  const subject = (sketch: Parameters<typeof exchange>[1]) => evidence({ subject: [exchange(1, sketch)] });
  it.each([
    ["the message", { status: 200, json: { code: "A", message: "b", extra: 1 } }, "pass", null],
    ["a missing member", { status: 200, json: { code: "A" } }, "violated", "schema"],
    ["no JSON", { status: 200, text: "hello" }, "violated", "schema"],
    ["a broken relation", { status: 200, json: { code: "bad", message: "b" } }, "violated", "wrong"],
    ["a refusal", { status: 403 }, "not-tested", "request-refused"],
    ["silence", {}, "not-tested", "no-answer"],
  ])("%s", (_name, sketch, outcome, reasonCode) => {
    expect(check.judge(subject(sketch))).toMatchObject({ outcome, reasonCode });
  });
});

describe("property", () => {
  const check = property<number>({
    ...row,
    given: (fc) => fc.nat(),
    drive: never,
    judge: ({ facts }) => (facts["input"] === 7 ? refusalOf(7) : { ...passing }),
  });
  const passing = {
    outcome: "pass",
    reasonCode: null,
    expected: null,
    actual: null,
    cause: null,
    exchanges: [],
    notes: [],
  } as const;
  const refusalOf = (input: number) =>
    ({ ...passing, outcome: "violated", reasonCode: "seven", expected: "not 7", actual: String(input) }) as const;
  const of = (input: number) => ({ exchanges: [], marks: {}, facts: { input } });

  it("holds when every case holds, and says for how many", () => {
    expect(check.judge({ ...of(0), cases: [of(1), of(2)] })).toMatchObject({
      outcome: "pass",
      notes: ["held for 2 generated inputs"],
    });
  });
  it("fails with the smallest input found", () => {
    expect(check.judge({ ...of(0), cases: [of(1), of(7)] })).toMatchObject({
      reasonCode: "seven",
      notes: ["smallest input found: 7"],
    });
  });
  it("is not tested when a case could not be driven, or none was", () => {
    const stopped = { kind: "not-tested", reasonCode: "rate-limited", message: "m", cause: null } as const;
    expect(check.judge({ ...of(0), cases: [of(1), { ...of(2), stopped }] })).toMatchObject({
      reasonCode: "rate-limited",
    });
    expect(check.judge(of(0)).outcome).toBe("not-tested");
  });
});

describe("the verdict", () => {
  const check = refusal({ ...row, control: never, attempt: never });
  const broken = answers({ status: 200, json: {} });
  it("is fail for a MUST and warn for a SHOULD", () => {
    expect(verdictOf(check, "must", broken).outcome).toBe("fail");
    expect(verdictOf(check, "should", broken).outcome).toBe("warn");
  });
  it("is grounded only by a grant that the body proves", () => {
    expect(verdictOf(check, "must", broken).grounded).toBe(true);
    expect(verdictOf(check, "must", evidence({ attempt: [exchange(1, { status: 200, json: {} })] })).grounded).toBe(
      false,
    );
  });
  it("is a kit error when the judge breaks", () => {
    const breaking = {
      ...check,
      judge: () => {
        throw new TypeError("oops");
      },
    };
    expect(verdictOf(breaking, "must", broken)).toMatchObject({ outcome: "kit-error", cause: "kit" });
  });
});
