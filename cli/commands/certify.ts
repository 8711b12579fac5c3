import type { Argv } from "yargs";
import { languages } from "../../reports/words/languages.ts";
import type { ArgumentsOf } from "../command.ts";
import { demanded, oneOf, text, wholeNumber } from "../flags.ts";

const builder = (yargs: Argv) =>
  yargs
    .positional("bundle", { type: "string", demandOption: true, describe: "a file that --report bundle=FILE wrote" })
    .options({
      key: demanded("key", "private key in PEM, Ed25519 or P-256"),
      issuer: text("issuer", "who vouches for it (the implementation's organization)"),
      independence: oneOf("independence", "how the issuer stands to the maker", ["self", "customer", "third-party"]),
      days: wholeNumber("days", "how long it is valid (365)", { min: 1, max: 1095 }),
      selftest: text(
        "selftest",
        "what `gateproof selftest <profile> --json` wrote; without it the self-test is run now",
      ),
      out: text("out", "where to write it (certificate.intoto.jsonl)"),
      yaml: text("yaml", "also an entry for a public folder of results"),
      lang: oneOf("lang", "language of what is said about it", languages),
    });

export type CertifyFlags = ArgumentsOf<typeof builder>;

/** `gateproof certify <bundle> --key K`: a certificate that strangers can check. */
export const command = {
  command: "certify <bundle>",
  describe: "sign a certificate for a conformant run",
  builder,
  async handler(argv: CertifyFlags): Promise<number> {
    const { certify } = await import("../certify/certify.ts");
    return certify(argv);
  },
};
