import type { Outcome } from "../../suites/engine/finding.ts";
import { outcomeDocs } from "../../suites/engine/outcome-docs.ts";
import type { Planned } from "../../suites/engine/plan.ts";

type Kind = Planned["check"]["kind"];
type Trait = Planned["check"]["traits"][number];

/** What `gateproof explain` says in words of its own; labels stand before the text they name. */
export interface ExplainWords {
  readonly labels: Readonly<Record<Label, string>>;
  readonly judgedAs: (level: string) => string;
  readonly belongsTo: (party: string, profiles: string, section: string) => string;
  readonly noCheck: string;
  readonly provedBy: (faults: string) => string;
  readonly foundAs: (reason: string) => string;
  readonly faultOf: (mock: string) => string;
  readonly rule: (name: string) => string;
  readonly sectionOf: (title: string, profile: string) => string;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly traits: Readonly<Record<Trait, string>>;
  readonly outcomes: Readonly<Record<Outcome, { readonly means: string; readonly mend: string }>>;
}

type Label =
  | "why"
  | "source"
  | "for"
  | "tested"
  | "untestable"
  | "reading"
  | "position"
  | "check"
  | "mend"
  | "kind"
  | "needs"
  | "runs"
  | "because"
  | "provedBy"
  | "run"
  | "breaks"
  | "replaces"
  | "foundBy"
  | "tryIt"
  | "touches";

export const englishExplain: ExplainWords = {
  labels: {
    why: "why",
    source: "source",
    for: "for",
    tested: "tested",
    untestable: "untestable",
    reading: "reading",
    position: "position",
    check: "check",
    mend: "mend",
    kind: "kind",
    needs: "needs",
    runs: "runs",
    because: "because",
    provedBy: "proved by",
    run: "run",
    breaks: "breaks",
    replaces: "replaces",
    foundBy: "found by",
    tryIt: "try it",
    touches: "touches",
  },
  judgedAs: (level) => `, judged as ${level}`,
  belongsTo: (party, profiles, section) => `${party}; ${profiles}; section ${section}`,
  noCheck: "none in this version",
  provedBy: (faults) => `proved by ${faults}`,
  foundAs: (reason) => `Found as ${reason}.`,
  faultOf: (mock) => `a fault of the mock ${mock}`,
  rule: (name) => `the rule ${name}`,
  sectionOf: (title, profile) => `${title}, section of ${profile}`,
  kinds: {
    refusal: "a refusal: the same request, valid, is granted first, and then the wrong one must be refused",
    acceptance: "an acceptance: a request that must be granted",
    conforms: "the answer has the demanded shape and relations",
    property: "a property over generated inputs; a failure is shrunk to the shortest case and can be repeated",
    model:
      "a model: generated sequences of steps beside a small state model; a failure is shrunk to the shortest sequence",
    check: "a course of requests of its own",
  },
  traits: {
    exclusive: "alone",
    waits: "with time passing: by the clock hook, or really waiting under --slow",
    bursty: "with many or large requests (left out by --safe)",
    apart: "with nothing beside it, after the others: where it fails, they would feel it",
    census: "last, over the answers of the whole run",
  },
  outcomes: outcomeDocs,
};
