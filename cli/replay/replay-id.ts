import { isRunnable, type RunnableProfile } from "../../suites/profiles/index.ts";
import { CliError } from "../exit.ts";

/** What a replay id names: a check, the seed of its run, and of a counterexample where it lies. */
export interface ReplayCase {
  readonly profile: RunnableProfile;
  readonly check: string;
  readonly seed: number;
  readonly path?: string;
  readonly replayPath?: string;
}

const form =
  /^(?<profile>[a-z-]+)\/(?<check>[\w.-]+)@(?<seed>\d{1,10})(?::(?<path>[\d:]+))?(?:~(?<replayPath>[\w:/+=]+))?$/;

/** Reads `profile/check@seed`, `…:path`, `…:path~replayPath`. Throws CliError. */
export function replayCaseOf(id: string): ReplayCase {
  const { profile = "", check = "", seed = "", path, replayPath } = form.exec(id)?.groups ?? {};
  if (profile === "") {
    throw new CliError({
      code: "BAD_REPLAY_ID",
      message: `"${id}" is no replay id`,
      mend: "copy it from the report, for example ath-gateway/TOK-2.intersection@42:3:1",
    });
  }
  if (!isRunnable(profile))
    throw new CliError({ code: "UNKNOWN_PROFILE", message: `there is no profile "${profile}"` });
  return {
    profile,
    check,
    seed: Number(seed),
    ...(path !== undefined && { path }),
    ...(replayPath !== undefined && { replayPath }),
  };
}
