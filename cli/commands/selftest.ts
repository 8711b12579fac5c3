import { stderr, stdout } from "node:process";
import { styleText } from "node:util";
import type { ArgumentsCamelCase, Argv } from "yargs";
import type { Selftest } from "../../schemas/index.ts";

interface Options {
  readonly profile: string;
  readonly json: boolean;
  readonly full: boolean;
  readonly jobs: number;
  readonly seed: number;
  readonly fault: readonly string[];
}

/** `gateproof selftest [profile]`: proves the kit on its own reference mock. */
export const command = {
  command: "selftest [profile]",
  describe: "honest mock green, null targets 0 passes, every fault caught by its check",
  builder: (yargs: Argv) =>
    yargs
      .positional("profile", { type: "string", default: "all", describe: "a profile, or all" })
      .option("json", { type: "boolean", default: false, describe: "the result as JSON on stdout, nothing else" })
      .option("full", { type: "boolean", default: false, describe: "every check against every fault (slow)" })
      .option("fault", { type: "string", array: true, default: [], describe: "only this fault (repeatable)" })
      .option("jobs", { type: "number", default: 6, coerce: wholeNumber("jobs"), describe: "faults side by side" })
      .option("seed", { type: "number", default: 1, coerce: wholeNumber("seed"), describe: "of everything generated" }),
  async handler(options: ArgumentsCamelCase<Options>): Promise<number> {
    const { profileIds, isRunnable } = await import("../../suites/profiles/index.ts");
    const { selftest } = await import("../selftest/selftest.ts");
    const { CliError } = await import("../exit.ts");
    const { faultCatalogue } = await import("../../mocks/catalogue.ts");
    const wanted = options.profile === "all" ? profileIds : [options.profile].filter(isRunnable);
    if (wanted.length === 0) {
      throw new CliError({
        code: "UNKNOWN_PROFILE",
        exitCode: 2,
        message: `there is no profile "${options.profile}" to test`,
        mend: `use one of ${["all", ...profileIds].join(", ")}`,
      });
    }
    for (const id of options.fault) {
      if (faultCatalogue.some(({ fault }) => fault.id === id)) continue;
      const mend = "gateproof list --faults shows them all";
      throw new CliError({ code: "UNKNOWN_FAULT", exitCode: 2, message: `there is no fault "${id}"`, mend });
    }
    const results: Selftest[] = [];
    for (const profile of wanted) {
      const started = performance.now();
      const result = await selftest({
        profile,
        seed: options.seed,
        jobs: options.jobs,
        only: options.fault,
        ...(options.full ? { full: true } : {}),
        ...(stderr.isTTY && !options.json ? { onProgress: showProgress } : {}),
      });
      results.push(result);
      if (!options.json) stdout.write(describe(result, (performance.now() - started) / 1000));
    }
    if (options.json) stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
    return results.every(({ ok }) => ok) ? 0 : 1;
  },
};

function wholeNumber(name: string) {
  return (value: number) => {
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
    return value;
  };
}

function showProgress(done: number, of: number, last: string): void {
  stderr.write(`\r\u001b[K${done}/${of} ${last}${done === of ? "\n" : ""}`);
}

/** The result for a person: what went wrong first, then the figures. */
function describe({ honest, faults, nullTargets, unprovenChecks, ok }: Selftest, seconds: number): string {
  const killed = faults.filter(({ verdict }) => verdict === "killed");
  const lines = [
    styleText("bold", `self-test of ${honest.profile}`),
    ...honest.notPass.map((id) => `  false alarm   ${id} does not pass on the honest mock`),
    ...faults
      .filter(({ verdict }) => verdict !== "killed")
      .map(({ id, verdict, expectedKillers, killedBy }) => {
        const missing = expectedKillers.filter((check) => !killedBy.includes(check));
        return `  ${verdict.padEnd(13)} ${id}: not found, or not for the expected reason, by ${missing.join(", ")}`;
      }),
    ...unprovenChecks.map((id) => `  unproven      ${id}: no fault makes it fail`),
    ...nullTargets
      .filter(({ passes, exitCode }) => passes > 0 || exitCode !== 3)
      .map(({ name, passes, exitCode }) => `  empty green   ${name}: ${passes} passes, exit code ${exitCode}`),
    `  honest mock   ${honest.checks} checks, ${honest.notPass.length} not passed`,
    `  faults        ${killed.length} of ${faults.length} caught by every check that claims to catch them`,
    `  null targets  ${nullTargets.length}, ${nullTargets.reduce((sum, { passes }) => sum + passes, 0)} passes`,
    ok ? styleText("green", "  ok") : styleText("red", "  not ok"),
    `  ${seconds.toFixed(1)} s`,
  ];
  return `${lines.join("\n")}\n`;
}
