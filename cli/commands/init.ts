import type { Argv } from "yargs";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text } from "../flags.ts";
import { ciKinds } from "../init/ci-text.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("profile", { type: "string", describe: "the profile that the target is judged by (ath-gateway)" })
    .options({
      target: text("target", "base URL of what is judged"),
      ci: oneOf("ci", "which CI to write a file for; default: the one that is there", ciKinds),
      force: on("overwrite what is there"),
    });

export type InitFlags = ArgumentsOf<typeof builder>;

/** `gateproof init [profile]`: writes a commented configuration and a CI file. */
export const command = {
  command: "init [profile]",
  describe: "write a commented gateproof.config.yaml and a CI file",
  builder,
  async handler(argv: InitFlags): Promise<number> {
    const { init } = await import("../init/init.ts");
    return init(argv, process.cwd());
  },
};
