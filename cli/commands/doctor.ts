import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text, wholeNumber } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs.positional("profile", { type: "string", describe: "a profile; left out: the configuration's" }).options({
    target: text("target", "base URL of what is looked at; without it and without a configuration: the embedded mock"),
    config: text("config", "configuration file (default: ./gateproof.config.yaml when present)"),
    timeout: wholeNumber("timeout", "milliseconds for one exchange (5000)", { min: 1, max: 3_600_000 }),
    "header-file": text("header-file", "`Name: value` lines sent with every API request of an agent"),
    ca: text("ca", "PEM certificates to trust for the target besides the system's"),
    insecure: on("accept any certificate of the target's host"),
    lang: oneOf("lang", "language of the findings", languages),
    json: on("the findings as JSON on stdout, nothing else"),
  });

export type DoctorFlags = ArgumentsOf<typeof builder>;

/** `gateproof doctor [profile]`: set-up before verdict, and whose it is when something is wrong. */
export const command = {
  command: "doctor [profile]",
  describe: "set-up before verdict: what is wrong, and whose it is",
  builder,
  async handler(argv: DoctorFlags): Promise<number> {
    const { examineTarget } = await import("../doctor/examine-target.ts");
    return examineTarget(argv);
  },
};
