import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import { failOnChoices } from "../../suites/engine/overall.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text, texts, wholeNumber } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("profile", { type: "string", describe: "a profile, or all; left out: the configuration's" })
    .positional("only", { type: "string", array: true, describe: "sections, requirements or checks; none: all" })
    .options({
      target: text("target", "base URL of what is judged; without it and without a configuration: the embedded mock"),
      config: text("config", "configuration file (default: ./gateproof.config.yaml when present)"),
      report: texts(
        "write a report: KIND=PATH, kinds json, junit, sarif, markdown, html, har, badge, bundle, console (repeatable)",
      ),
      json: on("the report as JSON on stdout, nothing else"),
      jobs: wholeNumber("jobs", "checks side by side (8)", { min: 1, max: 256 }),
      timeout: wholeNumber("timeout", "milliseconds for one exchange (10000)", { min: 1, max: 3_600_000 }),
      deadline: wholeNumber("deadline", "seconds for the whole run (600)", { min: 1, max: 86_400 }),
      seed: wholeNumber("seed", "seed of everything generated", { min: 0, max: 2 ** 31 - 1 }),
      runs: wholeNumber("runs", "inputs for each property (25)", { min: 1, max: 100_000 }),
      level: oneOf("level", "judge down to this level", ["must", "should", "may"]),
      safe: on("leave out what floods the target or moves its clock"),
      slow: on("also checks that wait for real time"),
      "fail-on": oneOf("fail-on", "what makes the exit code 1", failOnChoices),
      "header-file": text("header-file", "`Name: value` lines sent with every API request of an agent"),
      ca: text("ca", "PEM certificates to trust for the target besides the system's"),
      insecure: on("accept any certificate of the target's host; the report says so"),
      baseline: text(
        "baseline",
        "known findings that do not make the run fail (`gateproof baseline update` writes it)",
      ),
      shard: text("shard", "judge the i-th of n parts of the checks: i/n (`gateproof report` merges)"),
      lang: oneOf("lang", "language of the report", languages),
      quiet: { ...on("no progress, and of the report only the verdict"), alias: "q" },
      verbose: { ...on("every check, and the exchanges of each finding"), alias: "v" },
    });

export type RunFlags = ArgumentsOf<typeof builder>;

/** `gateproof run [profile] [section|check …]`: judges a target. */
export const command = {
  command: "run [profile] [only..]",
  describe: "judge a target; without one: the embedded reference mock",
  builder,
  async handler(argv: RunFlags): Promise<number> {
    const { judgeTarget } = await import("../run/judge-target.ts");
    return judgeTarget(argv);
  },
};
