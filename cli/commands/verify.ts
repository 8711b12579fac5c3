import type { Argv } from "yargs";
import type { ArgumentsOf } from "../command.ts";
import { demanded, on, text } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("certificate", { type: "string", demandOption: true, describe: "what `gateproof certify` wrote" })
    .options({
      key: demanded("key", "the issuer's public key in PEM"),
      bundle: text("bundle", "the evidence; its verdicts are judged again"),
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
