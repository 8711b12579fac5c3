import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { demanded, on, oneOf, text } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("certificate", { type: "string", demandOption: true, describe: "what `gateproof certify` wrote" })
    .options({
      key: demanded("key", "the issuer's public key in PEM"),
      bundle: text("bundle", "the evidence; its verdicts are judged again"),
      lang: oneOf("lang", "language of what was found", languages),
      json: on("what was found as JSON on stdout, nothing else"),
    });

export type VerifyFlags = ArgumentsOf<typeof builder>;

/** `gateproof verify <certificate> --key K`: whether a certificate holds. */
export const command = {
  command: "verify <certificate>",
  describe: "whether a certificate holds: signature, digests, completeness, expiry",
  builder,
  async handler(argv: VerifyFlags): Promise<number> {
    const { verifyCertificate } = await import("../verify/verify-certificate.ts");
    return verifyCertificate(argv);
  },
};
