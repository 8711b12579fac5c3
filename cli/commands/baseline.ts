import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { oneOf, text } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("action", {
      type: "string",
      demandOption: true,
      choices: ["update", "check"] as const,
      describe: "update: write the findings of a report into the baseline; check: are its entries still good",
    })
    .positional("report", { type: "string", describe: "a report in JSON, or a bundle (update needs one)" })
    .options({
      file: text("file", "the baseline (gateproof.baseline.yaml)"),
      reason: text("reason", "why new entries are lived with for now"),
      owner: text("owner", "who answers for new entries"),
      issue: text("issue", "where new entries are worked on"),
      expires: text("expires", "last day on which new entries count, YYYY-MM-DD (90 days from now)"),
      lang: oneOf("lang", "language of what was done or found", languages),
    });

export type BaselineFlags = ArgumentsOf<typeof builder>;

/** `gateproof baseline update|check`: known findings that people can govern. */
export const command = {
  command: "baseline <action> [report]",
  describe: "write or check the list of known findings",
  builder,
  async handler(argv: BaselineFlags): Promise<number> {
    const { keepBaseline } = await import("../baseline/keep-baseline.ts");
    return keepBaseline(argv);
  },
};
