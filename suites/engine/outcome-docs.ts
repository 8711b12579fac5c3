import type { Outcome } from "./finding.ts";

/** What each outcome means, and what to do about it (`gateproof explain <outcome>`). */
export const outcomeDocs: Readonly<Record<Outcome, { readonly means: string; readonly mend: string }>> = {
  pass: {
    means:
      "The requirement was kept in this case. For a refusal: its positive control was granted in the same drive, and the attempt was refused.",
    mend: "Nothing to do.",
  },
  fail: {
    means: "A MUST is broken, and the exchanges that show it are in the report.",
    mend: "Read expected and actual, repeat the request with the curl line, then mend the target; `gateproof explain <requirement>` says where it is said.",
  },
  warn: {
    means: "A SHOULD is broken.",
    mend: "Mend the target, or know why you depart; `--fail-on should` makes it count.",
  },
  ambiguous: {
    means: "The text has two honest readings, and the target follows the one the kit did not take. Never a failure.",
    mend: "Nothing to mend; the report names both readings.",
  },
  "not-applicable": {
    means: "The target does not declare or show the feature that the requirement speaks of.",
    mend: "Declare the feature in target.features if the target has it.",
  },
  "not-tested": {
    means:
      "The requirement applies and could not be judged: a prerequisite was refused, a hook is missing, a limit was hit, or safe mode left it out.",
    mend: "The entry says what would make it testable. A MUST that was not tested is never a pass.",
  },
  inconclusive: {
    means: "The observations contradict each other, for example an answer only on the second attempt.",
    mend: "Run the check again alone; look at the network between the kit and the target.",
  },
  "kit-error": {
    means: "The kit itself failed; nothing is said of the target.",
    mend: "Please report it with the command line and the report.",
  },
};
