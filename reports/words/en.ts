import type { CheckResult, Report } from "../../schemas/index.ts";
import type { Position, Requirement } from "../../specs/index.ts";
import { englishHtml } from "./en-html.ts";

type Outcome = CheckResult["outcome"];

/** `1 check`, `2 checks`. */
function counted(n: number, what: string, many = `${what}s`): string {
  return `${n} ${n === 1 ? what : many}`;
}

/** What a reader is told of an outcome: one of it, a number of it, and what it means. */
interface OutcomeWords {
  readonly one: string;
  readonly many: string;
  readonly means: string;
}

const outcomes: Readonly<Record<Outcome, OutcomeWords>> = {
  fail: { one: "fail", many: "failed", means: "a MUST is broken" },
  warn: { one: "warn", many: "warned", means: "a SHOULD is broken" },
  inconclusive: { one: "inconclusive", many: "inconclusive", means: "the observations contradict each other" },
  "kit-error": { one: "kit error", many: "with a kit error", means: "this kit failed; it says nothing of the target" },
  ambiguous: { one: "ambiguous", many: "ambiguous", means: "the text has two honest readings" },
  "not-tested": { one: "not tested", many: "not tested", means: "it applies and could not be judged" },
  "not-applicable": { one: "not applicable", many: "not applicable", means: "the target does not have the feature" },
  pass: { one: "pass", many: "passed", means: "the requirement was kept" },
};

/** A name as a reader knows it; undefined: as it is written in the report. */
type Names = Readonly<Record<string, string | undefined>>;
const asWritten: Names = {};

const sameRequirement = (row: Requirement): Requirement => row;
const samePosition = (position: Position): Position => position;
const asRecorded = (report: Report): Report => report;
const sameTitle = (_checkId: string, recorded: string): string => recorded;
const sameFault = (_faultId: string, sentence: string): string => sentence;
const sameWords = (recorded: string): string => recorded;

/**
 * Everything that reports say in words of their own, in English. What was recorded (titles of checks, what was expected
 * and what came) is English already; another language shows it in its own words where it knows them.
 */
export const english = {
  /** BCP 47. */
  language: "en",
  requirement: sameRequirement,
  position: samePosition,
  /** The report with what was recorded in the reader's language. */
  report: asRecorded,
  title: sameTitle,
  fault: sameFault,
  /** The code of a reason, with what it means where the code does not say so itself. */
  reason: sameWords,
  /** Anything else that the kit recorded or says in English. */
  say: sameWords,
  /** The verdict in one sentence. */
  sentence: ({ verdict }: Pick<Report, "run" | "verdict" | "checks" | "totals" | "baseline">): string =>
    verdict.sentence,
  outcomes,
  levels: { must: "MUST", should: "SHOULD", may: "MAY", none: "observed" },
  headlines: {
    interrupted: "Interrupted",
    asFarAsTested: "Conformant as far as tested",
    conformant: "Conformant",
    findings: "Not conformant",
    notTestable: "Not testable",
    kitError: "Kit error",
  },
  /** Whose a problem is, how heavy, and who takes part in an exchange. */
  whose: asWritten,
  severities: asWritten,
  parties: { "identity-host": "identity host", peer: "other domain" } as Names,
  /** `agent-status` is `Agent status` for a reader, `rpc` is `RPC`. */
  section(name: string): string {
    if (name === "api" || name === "rpc") return name.toUpperCase();
    const words = name.replaceAll("-", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  },
  separator: ", ",
  and: "; ",
  checks: (n: number) => counted(n, "check"),
  ofMusts: (n: number) => `, ${n} of a MUST`,
  seconds: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  bytes: (n: number) => `${n} bytes`,
  nothing: "nothing",
  noReason: "no reason was given",
  noAnswer: "no answer",
  notTheTarget: (whose: string) => `${whose}, not the target`,
  toTest: "to test it",
  expectedOfTarget: "expected",
  masked: (names: string) => `${names} (values masked)`,
  provedBy: (faults: string) => `proved by ${faults}`,
  telling: {
    sameBody: (id: number) => `the body of request #${id} again, byte for byte`,
    without: (name: string) => `without ${name}`,
  },
  debt: {
    accepted: "accepted by the baseline",
    flaky: "known to be flaky",
    until: (how: string, expires: string, reason: string, owner: string) =>
      `${how} until ${expires}: ${reason} (${owner})`,
    entries: (file: string, entries: number, accepted: number) =>
      `${file}: ${counted(entries, "entry", "entries")}, ${counted(accepted, "finding")} accepted`,
    kinds: asWritten,
    problem: (kind: string, check: string, what: string) => `${kind}: ${check}, ${what}`,
    left: (agents: number, tokens: number, revoked: number) =>
      `left at the target: ${counted(agents, "agent")}, ${counted(tokens, "token")}; ${counted(revoked, "token")} revoked`,
  },
  console: {
    seed: (seed: number) => `seed ${seed}`,
    with: (headers: string) => `with ${headers}`,
    marks: { fail: "FAIL", warn: "WARN", inconclusive: "INCONCLUSIVE", "kit-error": "KIT ERROR" },
    setUp: (severity: string) => `SET-UP ${severity}`,
    ambiguous: (n: number) => `AMBIGUOUS  ${counted(n, "check")}: the text has two honest readings`,
    "not-tested": "NOT TESTED",
    "not-applicable": "NOT APPLICABLE",
    pass: "PASS",
    baseline: "BASELINE",
    asAbove: "for the set-up finding above",
    all: (section: string, n: number) => `${section} (all ${n})`,
    of: (n: number, all: number) => `${n} of ${all}`,
    totals: {
      pass: "passed",
      fail: "failed",
      warn: "warned",
      ambiguous: "ambiguous",
      notTested: "not tested",
      notApplicable: "not applicable",
      inconclusive: "inconclusive",
      kitError: "kit errors",
    },
    notReached: (n: number) => `${n} not reached`,
    labels: {
      sent: "sent",
      got: "got",
      expected: "expected",
      because: "because",
      mend: "mend",
      whose: "whose",
      baseline: "baseline",
      note: "note",
      provedBy: "proved by",
      repeat: "repeat",
      readAs: "read as",
      reading: "reading",
      position: "position",
      checks: "checks",
    },
  },
  markdown: {
    judged: (judged: number, musts: number) => `${judged} of ${counted(musts, "MUST requirement")} judged`,
    noCheck: "No check ran.",
    setUp: "Set-up",
    setUpColumns: ["", "whose", "what", "mend"],
    baseline: "Baseline",
    accepted: "accepted",
    findings: "Findings",
    findingColumns: ["", "check", "what has to hold", "expected", "got"],
    more: (n: number) => `and ${counted(n, "more finding")}; the other reports have all of them.`,
    oneAlone: "One alone",
    again: "Again",
    notTested: (n: number) => `${counted(n, "check")} not tested, and why`,
    notTestedColumns: ["checks", "of a MUST", "why", "needed"],
    colon: ": ",
  },
  html: englishHtml,
} as const;

/** Takes the literal types out of a table, so that another language can have other words in the same places. */
type Widened<Table> = Table extends string
  ? string
  : Table extends (...inputs: infer Inputs) => infer Output
    ? (...inputs: Inputs) => Output extends string ? string : Output
    : { readonly [Key in keyof Table]: Widened<Table[Key]> };

/** The words of a language. */
export type Words = Widened<typeof english>;
