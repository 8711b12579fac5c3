/** `1 check`, `2 checks`. */
function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** A sentence whose beginning is set in bold type. */
export type Emphasised = readonly [bold: string, rest: string];

/** What the HTML report says in words of its own, in English. */
export const englishHtml = {
  title: (verdict: string, subject: string, profile: string) => `${verdict}: ${subject} as ${profile}`,
  skip: "Skip to the results",
  conformanceReport: "conformance report",
  mustsJudged: "MUST requirements judged",
  as: "as",
  at: "at",
  footer: (run: string, kit: string) =>
    `Run ${run} · made by ${kit}. Secrets were masked before anything was recorded.`,
  headings: {
    findings: "Findings in full",
    covers: "What the verdict covers",
    broken: "What was found",
    coverage: "Coverage by section",
    checks: "Every check",
    setup: "Set-up",
    ambiguous: "Two honest readings",
    "not-tested": "Not tested",
    "not-applicable": "Not applicable",
  },
  covers: {
    noRequirements: (profile: string) => `This edition of the catalogue has no requirements for ${profile}.`,
    judged: (judged: number, musts: number, profile: string): Emphasised => [
      `${judged} of ${counted(musts, "MUST requirement")}`,
      ` of ${profile} were judged.`,
    ],
    notTested: "could not be tested, so nothing is said about",
    notRun: "had no check in this run, so nothing is said about",
    notApplicable: "not applicable to this target:",
    untestable: "beyond any test from outside:",
    unreached: (n: number): Emphasised => [counted(n, "planned check"), " did not run."],
    proved: (n: number, checks: number): Emphasised => [
      `${n} of ${counted(checks, "check")}`,
      ` ${n === 1 ? "is" : "are"} proved: there is a named fault of the reference mock that makes exactly that check ` +
        "fail, and the honest mock passes it.",
    ],
  },
  facts: {
    target: "Target",
    judgedAs: (role: string) => `, judged as a ${role}`,
    madeBy: "Made by",
    recognisedBy: "Recognised by",
    sentAlong: "Sent along",
    run: "Run",
    seed: "Seed",
    catalogue: "Catalogue",
    selftest: "Self-test of the kit",
    selftestWords: (clean: string, killed: number, faults: number) =>
      `${clean}: ${killed} of ${faults} faults were caught`,
    clean: "clean",
    notClean: "not clean",
    baseline: "Baseline",
    cleanUp: "Clean-up",
    again: "Again",
    sent: "Sent",
    whose: "Whose",
    note: "Note",
    provedBy: "Proved by",
    toMend: "To mend it",
    got: "Got",
    expected: "Expected",
    readAs: "Read as",
    reading: "Reading",
    position: "Position",
  },
  oneCell: "One cell is one check, in the order of the protocol.",
  passedExchanges: "The exchanges of checks that passed are in the JSON report.",
  unproved: "no fault proves it",
  toMend: "To mend it:",
  found: (checks: number) => `${counted(checks, "check")} found it broken.`,
  beyondJudging: (checks: number) => `${counted(checks, "check")} found it beyond judging.`,
  unknownRequirement: "This edition of the catalogue does not have this requirement.",
  why: (why: string) => `Why the kit judges it so: ${why}`,
  noReason: "no reason",
  flaky: "flaky",
  repeat: "Repeat it",
  decidingRequest: "The request that decided",
  checkAlone: "The check alone, with the same seed",
  proof: (faults: number) =>
    `(with ${faults === 1 ? "this fault" : "each of these faults"} built in, our reference mock fails this check; without, it passes)`,
  notTested: "These apply and could not be judged. What is not tested is never a pass.",
  notApplicable: "The target does not declare or show the feature that these speak of.",
  ambiguous: "Not a failure: the text can be read in two ways, and the target takes the other one.",
  happenedAt: (check: string) => `What happened at ${check}`,
  wire: {
    diagram: "Sequence diagram",
    decided: "What decided, in the order of the wire.",
    earlier: (n: number) => ` ${n} earlier ones are in the JSON report.`,
    decides: "decides",
    noAnswer: (code: string, message: string) => `No answer: ${code}, ${message}`,
    request: "Request",
    answer: "Answer",
    sized: (title: string, bytes: number) => `${title}, ${bytes} bytes`,
    notShown: (bytes: number) => `(${bytes} bytes that are not shown)`,
    connection: (connection: number, ms: number, bytes: number) =>
      `connection ${connection} · ${ms} ms · ${bytes} bytes`,
    noText: "No text was kept.",
    onConnection: (connection: number) => `on connection ${connection}`,
    open: "WebSocket open",
    close: (code: number) => `close ${code}`,
    closeWithoutCode: "close without a code",
    error: "error",
  },
} as const;
