import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { conformanceYaml } from "../../reports/certificate/conformance-yaml.ts";
import { KeyError, seal } from "../../reports/certificate/dsse.ts";
import {
  conformanceStatement,
  obstacles,
  testResultStatement,
  type Vouching,
} from "../../reports/certificate/statements.ts";
import { visible, wordsIn } from "../../reports/index.ts";
import { isMessage, type Selftest } from "../../schemas/index.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { isRunnable, profiles } from "../../suites/profiles/index.ts";
import { type Bundle, readBundle } from "../bundle/read-bundle.ts";
import type { CertifyFlags } from "../commands/certify.ts";
import { readText } from "../config/file.ts";
import { writeWanted } from "../config/writing.ts";
import { CliError, exitCodes } from "../exit.ts";
import { reportAgain } from "../judge/judge-bundle.ts";
import { print } from "../terminal.ts";
import { privateKeyIn } from "./keys.ts";

const day = 24 * 60 * 60 * 1000;

/** Judges a bundle again, and signs what came out; gives 1 when there is nothing to vouch for. */
export async function certify(flags: CertifyFlags): Promise<number> {
  const cwd = process.cwd();
  const { bundle: shown, out = "certificate.intoto.jsonl" } = flags;
  const { independence = "self" } = flags;
  if (flags.issuer === undefined && independence !== "self") {
    throw new CliError({
      code: "ISSUER_MISSING",
      message: `--independence ${independence} says that somebody else than the maker vouches for it, and nobody is named`,
      mend: "say who, by --issuer",
    });
  }
  const key = await privateKeyIn(resolve(cwd, flags.key), flags.key);
  const path = resolve(cwd, shown);
  const bundle = await readBundle(path, shown);
  const report = await reportAgain(bundle, shown);
  const selftest = await selftestOf(flags, bundle.run.run.profile, cwd);
  const { implementation } = bundle.run;
  const issuer = flags.issuer ?? implementation?.organization;
  const { say } = await wordsIn(flags.lang);
  const problems = [...(await holesIn(bundle)), ...obstacles(report, selftest.result, implementation)];
  if (problems.length > 0 || implementation === undefined || issuer === undefined) {
    const lines = problems.map((problem) => `  ${visible(say(problem))}`);
    await print(`${[say(`no certificate for ${shown}:`), ...lines].join("\n")}\n`, process.stderr);
    return exitCodes.findings;
  }
  const now = Date.now();
  const vouching: Vouching = {
    report,
    catalogue: bundle.run.catalogue,
    implementation,
    bundleSha256: sha256(await readFile(path)),
    selftest,
    issuer: { name: issuer, independence },
    validFrom: new Date(now).toISOString(),
    expires: new Date(now + (flags.days ?? 365) * day).toISOString(),
  };
  const conformance = conformanceStatement(vouching);
  try {
    const envelopes = [conformance, testResultStatement(vouching)].map((one) => seal(JSON.stringify(one), key));
    const text = envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join("");
    await writeWanted(resolve(cwd, out), `--out ${out}`, text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CliError({ code: error.code, message: `--key ${flags.key}: ${error.message}` });
  }
  if (flags.yaml !== undefined) {
    await writeWanted(resolve(cwd, flags.yaml), `--yaml ${flags.yaml}`, conformanceYaml(conformance.predicate));
  }
  await print(
    `${out}: ${report.run.profile}, ${say(report.verdict.sentence)} ${say(`Valid until ${vouching.expires.slice(0, 10)}.`)}\n`,
  );
  return exitCodes.conformant;
}

/** Checks of a MUST that the run left out: a section alone says nothing of the whole. */
async function holesIn({ run }: Bundle): Promise<readonly string[]> {
  const { profile: id } = run.run;
  if (!isRunnable(id)) return [`this version does not know the profile ${id}`];
  const given = new Set(run.checks.map((check) => check.id));
  return plannedChecks(await profiles[id]())
    .filter(({ level, check }) => level === "must" && !given.has(check.id))
    .map(({ check }) => `${check.id} was not part of the run`);
}

async function selftestOf(
  { selftest: shown }: CertifyFlags,
  id: string,
  cwd: string,
): Promise<{ readonly result: Selftest; readonly sha256: string }> {
  if (shown !== undefined) {
    const text = await readText(resolve(cwd, shown), "--selftest");
    return { result: parsedSelftest(text, shown), sha256: sha256(text) };
  }
  if (!isRunnable(id)) {
    throw new CliError({ code: "UNKNOWN_PROFILE", message: `this version does not judge the profile ${id}` });
  }
  await print("running the self-test of the kit (--selftest FILE takes one that was run before)\n", process.stderr);
  const { selftest } = await import("../selftest/selftest.ts");
  const result = await selftest({ profile: id, seed: 1, jobs: 2 });
  return { result, sha256: sha256(JSON.stringify(result)) };
}

function parsedSelftest(text: string, shown: string): Selftest {
  const value = jsonOf(text);
  if (isMessage("Selftest", value)) return value;
  throw new CliError({
    code: "NO_SELFTEST",
    message: `--selftest ${shown} is no result of a self-test of one profile`,
    mend: "write it by `gateproof selftest <profile> --json > selftest.json`",
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
