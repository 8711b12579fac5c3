import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("bundle", { type: "string", demandOption: true, describe: "a file that --report bundle=FILE wrote" })
    .options({
      lang: oneOf("lang", "language of the report", languages),
      json: on("the report as JSON on stdout, nothing else"),
      quiet: { ...on("of the report only the verdict"), alias: "q" },
      verbose: { ...on("every check, and the exchanges of each finding"), alias: "v" },
    });

export type JudgeFlags = ArgumentsOf<typeof builder>;

/** `gateproof judge <bundle>`: the verdicts again, from the evidence alone. */
export const command = {
  command: "judge <bundle>",
  describe: "the verdicts of a run again, from its evidence alone",
  builder,
  async handler(argv: JudgeFlags): Promise<number> {
    const { judgeBundle } = await import("../judge/judge-bundle.ts");
    return judgeBundle(argv);
  },
};
