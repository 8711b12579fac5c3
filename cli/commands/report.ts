import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import { failOnChoices } from "../../suites/engine/overall.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text, texts } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("files", { type: "string", array: true, demandOption: true, describe: "reports in JSON, or bundles" })
    .options({
      format: texts("write a report: KIND=PATH, or KIND for stdout (repeatable)"),
      baseline: text("baseline", "known findings that do not make the run fail"),
      "fail-on": oneOf("fail-on", "what makes the exit code 1", failOnChoices),
      lang: oneOf("lang", "language of the report", languages),
      json: on("the report as JSON on stdout, nothing else"),
      quiet: { ...on("of the report only the verdict"), alias: "q" },
      verbose: { ...on("every check, and the exchanges of each finding"), alias: "v" },
    });

export type ReportFlags = ArgumentsOf<typeof builder>;

/** `gateproof report <files…>`: renders reports again; several are the shards of one run and become one. */
export const command = {
  command: "report <files..>",
  describe: "render a report again, or merge the shards of a run",
  builder,
  async handler(argv: ReportFlags): Promise<number> {
    const { renderReport } = await import("../report/render-report.ts");
    return renderReport(argv);
  },
};
