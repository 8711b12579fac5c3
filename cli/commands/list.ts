import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs.positional("profile", { type: "string", describe: "a profile; left out: all" }).options({
    checks: on("every check with its level"),
    requirements: on("every requirement with its level and source"),
    faults: on("every fault of the mocks, and the checks that find it"),
    lang: oneOf("lang", "language of titles, requirements and faults", languages),
    json: on("the same as JSON"),
  });

export type ListFlags = ArgumentsOf<typeof builder>;

/** `gateproof list [profile]`: what there is. */
export const command = {
  command: "list [profile]",
  describe: "profiles and their sections, checks, requirements, faults",
  builder,
  async handler(argv: ListFlags): Promise<number> {
    const { catalogueOf, listed } = await import("../catalogue/list.ts");
    const { wordsIn } = await import("../../reports/index.ts");
    const { print } = await import("../terminal.ts");
    const catalogue = await catalogueOf(argv);
    await print(argv.json ? `${JSON.stringify(catalogue, null, 2)}\n` : listed(catalogue, await wordsIn(argv.lang)));
    return 0;
  },
};
