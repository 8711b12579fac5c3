import { nearest } from "../../schemas/nearest.ts";
import { plan } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { isRunnable, profileIds, profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { CliError, notYet } from "../exit.ts";

/** Profiles of the interface that later versions judge. */
const plannedProfiles = ["ath-agent", "aun-client"];

/** What a command line asks to be judged. */
export interface Wanted {
  readonly profiles: readonly RunnableProfile[];
  readonly addresses: readonly string[];
}

/** A profile to judge, and what of it: sections, requirements or checks; none: all. */
export interface ChosenProfile {
  readonly id: RunnableProfile;
  readonly profile: Profile;
  readonly only: readonly string[];
}

/**
 * Reads `[profile] [section|check …]`; where the configuration names the profile, the first word may be an address
 * already. Throws CliError for a profile that does not exist.
 */
export function wantedOf(words: readonly string[], configured: string | undefined): Wanted {
  const [first, ...rest] = words;
  const named = first === undefined ? undefined : profilesCalled(first);
  if (named !== undefined) return { profiles: named, addresses: rest };
  if (configured !== undefined) {
    return { profiles: profilesCalled(configured) ?? unknownProfile(configured), addresses: words };
  }
  if (first !== undefined) return unknownProfile(first);
  throw new CliError({
    code: "NO_PROFILE",
    message: "no profile is named",
    mend: `for example \`gateproof run ${profileIds[0]}\`; profiles: ${profileIds.join(", ")}, all`,
  });
}

function profilesCalled(word: string): readonly RunnableProfile[] | undefined {
  if (word === "all") return profileIds;
  if (plannedProfiles.includes(word)) throw notYet(`the profile ${word}`);
  return isRunnable(word) ? [word] : undefined;
}

function unknownProfile(word: string): never {
  const near = nearest(word, [...profileIds, "all"]);
  throw new CliError({
    code: "UNKNOWN_PROFILE",
    message: `there is no profile "${word}"${near === undefined ? "" : `; did you mean ${near}?`}`,
    mend: `profiles: ${profileIds.join(", ")}, all`,
  });
}

/**
 * The profiles that know the addresses, loaded. One address that no profile knows is an error, and so is a choice that
 * leaves nothing to judge.
 */
export async function loadWanted(
  { profiles: ids, addresses }: Wanted,
  level: "must" | "should" | "may",
): Promise<readonly ChosenProfile[]> {
  const loaded = await Promise.all(ids.map(async (id) => ({ id, profile: await profiles[id]() })));
  const chosen = loaded.map((one) => ({ ...one, only: addresses.filter((address) => knows(one.profile, address)) }));
  const first = loaded[0]?.profile;
  const stray = addresses.find((address) => !chosen.some(({ only }) => only.includes(address)));
  if (first !== undefined && stray !== undefined) plan(first, [stray], level);
  const judged = chosen.filter(
    ({ profile, only }) => (addresses.length === 0 || only.length > 0) && plan(profile, only, level).length > 0,
  );
  if (judged.length > 0) return judged;
  throw new CliError({
    code: "NOTHING_TO_JUDGE",
    message: `--level ${level} leaves nothing of ${addresses.join(", ")}`,
    mend: "lower --level; what a requirement only looks at is never judged (`gateproof list <profile> --checks`)",
  });
}

function knows(profile: Profile, address: string): boolean {
  try {
    return plan(profile, [address], "may").length >= 0;
  } catch {
    return false;
  }
}
