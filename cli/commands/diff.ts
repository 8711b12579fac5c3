import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("before", { type: "string", demandOption: true, describe: "a report in JSON, or a bundle" })
    .positional("after", { type: "string", demandOption: true, describe: "a later one" })
    .options({
      lang: oneOf("lang", "language of what changed", languages),
      json: on("the differences as JSON on stdout, nothing else"),
    });

export type DiffFlags = ArgumentsOf<typeof builder>;

/** `gateproof diff <before> <after>`: what changed, and whether the target did it or the kit. */
export const command = {
  command: "diff <before> <after>",
  describe: "what changed between two reports: you regressed, or the kit grew",
  builder,
  async handler(argv: DiffFlags): Promise<number> {
    const { diffReports } = await import("../diff/diff-reports.ts");
    return diffReports(argv);
  },
};
