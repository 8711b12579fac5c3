import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text, wholeNumber } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs.positional("replay-id", { type: "string", demandOption: true, describe: "as a report names it" }).options({
    target: text("target", "base URL of what is judged; without it and without a configuration: the embedded mock"),
    config: text("config", "configuration file (default: ./gateproof.config.yaml when present)"),
    repeat: wholeNumber("repeat", "so many times, and say how stable it is (1)", { min: 1, max: 1000 }),
    timeout: wholeNumber("timeout", "milliseconds for one exchange (10000)", { min: 1, max: 3_600_000 }),
    runs: wholeNumber("runs", "inputs for each property, where the id names no path (25)", { min: 1, max: 100_000 }),
    slow: on("also checks that wait for real time"),
    "header-file": text("header-file", "`Name: value` lines sent with every API request of an agent"),
    ca: text("ca", "PEM certificates to trust for the target besides the system's"),
    insecure: on("accept any certificate of the target's host; the report says so"),
    lang: oneOf("lang", "language of the report", languages),
    json: on("the report as JSON on stdout, nothing else"),
    quiet: { ...on("no progress, and of the report only the verdict"), alias: "q" },
    verbose: { ...on("every exchange of the finding"), alias: "v" },
  });

export type ReplayFlags = ArgumentsOf<typeof builder>;

/** `gateproof replay <replay-id>`: one recorded case again, with its seed, path and input. */
export const command = {
  command: "replay <replay-id>",
  describe: "one recorded case again, with its seed, path and input",
  builder,
  async handler(argv: ReplayFlags): Promise<number> {
    const { replayCase } = await import("../replay/replay-case.ts");
    return replayCase(argv);
  },
};
