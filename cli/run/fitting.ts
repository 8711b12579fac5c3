import type { RunnableProfile } from "../../suites/profiles/index.ts";
import type { LoadedSettings } from "../config.ts";
import { CliError } from "../exit.ts";

/**
 * Throws CliError when the profile cannot be judged by what is configured, whatever the target does: a run of several
 * profiles is refused before the first of them has sent anything.
 */
export function assertFitting(profile: RunnableProfile, { settings, file }: LoadedSettings): void {
  const { target, handshake } = settings;
  if (target.url.startsWith("ws") && !profile.startsWith("aun-")) {
    throw new CliError({
      code: "BAD_URL",
      message: `the target of ${profile} must begin with http:// or https://, is ${JSON.stringify(target.url.slice(0, 80))}`,
      mend: "give the base URL of its HTTP endpoints",
    });
  }
  if (profile === "ath-handshake" && handshake === undefined) {
    throw new CliError({
      code: "HANDSHAKE_MISSING",
      message: `${file ?? "the configuration"} has no key \`handshake\`, without which ath-handshake cannot be judged`,
      mend: "add `handshake:` with `user: { did, key }` (docs/configuration.md), or name the profile that is meant: gateproof run ath-gateway",
    });
  }
}
