import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { nearest } from "../../schemas/nearest.ts";
import { isRunnable, profileIds, type RunnableProfile } from "../../suites/profiles/index.ts";
import type { InitFlags } from "../commands/init.ts";
import { urlProblem } from "../config/address.ts";
import { exists } from "../config/file.ts";
import { CliError, exitCodes } from "../exit.ts";
import { print } from "../terminal.ts";
import { kitVersion } from "../version.ts";
import { type CiKind, ciFile } from "./ci-text.ts";
import { configText, variablesOf } from "./config-text.ts";

const configFile = "gateproof.config.yaml";

/** Writes a configuration and a CI file into a folder, and says what to do next; gives the exit code. */
export async function init(flags: InitFlags, cwd: string): Promise<number> {
  const profile = profileCalled(flags.profile ?? profileIds[0] ?? "");
  const { target } = flags;
  if (target !== undefined) checkTarget(target, profile);
  const config = configText(profile, target);
  const variables = variablesOf(config);
  const ci = ciFile(flags.ci ?? (await ciOf(cwd)), { profile, version: kitVersion(), variables });
  const files = [{ path: configFile, text: config }, ...(ci === undefined ? [] : [ci])];
  if (!flags.force)
    await refuseOverwriting(
      files.map(({ path }) => path),
      cwd,
    );
  for (const { path, text } of files) await written(resolve(cwd, path), path, text);

  const lines = [
    `wrote ${configFile}: ${target === undefined ? "say in it where your target is" : "look through it"}`,
    ...(ci === undefined ? [] : [`wrote ${ci.path}: ${ci.next}`]),
    ...variables.map((name) => `needs the environment variable ${name}`),
    `then:  gateproof doctor ${profile}   and   gateproof run ${profile}`,
  ];
  await print(`${lines.join("\n")}\n`);
  return exitCodes.conformant;
}

function profileCalled(word: string): RunnableProfile {
  if (isRunnable(word)) return word;
  const near = nearest(word, profileIds);
  throw new CliError({
    code: "UNKNOWN_PROFILE",
    message: `there is no profile "${word}"${near === undefined ? "" : `; did you mean ${near}?`}`,
    mend: `profiles: ${profileIds.join(", ")}`,
  });
}

function checkTarget(target: string, profile: RunnableProfile): void {
  const problem = urlProblem(target, { base: true, ...(profile === "aun-gateway" && { websocket: true }) });
  if (problem !== undefined) throw new CliError({ code: "BAD_URL", message: `--target ${problem}` });
}

/** Where a project is on GitLab already, that is its CI. */
async function ciOf(cwd: string): Promise<CiKind> {
  return (await exists(resolve(cwd, ".gitlab-ci.yml"))) ? "gitlab" : "github";
}

async function refuseOverwriting(paths: readonly string[], cwd: string): Promise<void> {
  for (const path of paths) {
    if (!(await exists(resolve(cwd, path)))) continue;
    throw new CliError({
      code: "FILE_EXISTS",
      message: `${path} is there already; nothing was written`,
      mend: "add --force to overwrite it",
    });
  }
}

async function written(path: string, shown: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new CliError({
      code: "FILE_UNWRITABLE",
      message: `cannot write ${shown}: the system says ${code}`,
      mend: "call it in a folder that this user may write to",
    });
  }
}
