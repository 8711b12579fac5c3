import type { RunFlags } from "../commands/run.ts";

/** The flags that change what is judged or how; the others only say where the result goes. */
const lasting = [
  "target",
  "config",
  "header-file",
  "ca",
  "insecure",
  "jobs",
  "timeout",
  "deadline",
  "runs",
  "level",
  "safe",
  "slow",
  "fail-on",
  "baseline",
  "shard",
] as const satisfies readonly (keyof RunFlags)[];

/**
 * The command line that repeats a run: profile and addresses first, then flags, the seed last. No secret is ever in it,
 * since secrets come from files and the environment.
 */
export function commandLine(
  flags: Partial<Pick<RunFlags, (typeof lasting)[number]>>,
  profile: string,
  only: readonly string[],
  seed: number,
): string {
  const given = lasting.flatMap((flag) => {
    const value = flags[flag];
    if (value === undefined || value === false) return [];
    return value === true ? [`--${flag}`] : [`--${flag}`, String(value)];
  });
  return ["gateproof", "run", profile, ...only, ...given, "--seed", String(seed)].map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
