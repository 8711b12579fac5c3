import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { oneOf } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("subject", {
      type: "string",
      demandOption: true,
      describe: "a requirement, check, fault, outcome, section or position",
    })
    .options({ lang: oneOf("lang", "language of the explanation", languages) });

/** `gateproof explain <subject>`: what it demands, where it is said, how it is tested, what proves it, how to mend. */
export const command = {
  command: "explain <subject>",
  describe: "a requirement, check, fault, outcome, section or position in words",
  builder,
  async handler({ subject, lang }: ArgumentsOf<typeof builder>): Promise<number> {
    const [{ explanation }, { print, surroundingsOf, wantsColor, widthOf }] = await Promise.all([
      import("../catalogue/explain.ts"),
      import("../terminal.ts"),
    ]);
    const surroundings = surroundingsOf(process.stdout);
    const layout = { color: wantsColor(surroundings), verbose: false, width: widthOf(surroundings) };
    await print(await explanation(subject, layout, lang));
    return 0;
  },
};
