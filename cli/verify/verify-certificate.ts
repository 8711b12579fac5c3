import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { KeyError } from "../../reports/certificate/dsse.ts";
import { type Examined, examineCertificate, type Problem } from "../../reports/certificate/examine.ts";
import { visible, wordsIn } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { Words } from "../../reports/words/en.ts";
import type { ConformancePredicate } from "../../schemas/index.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { publicKeyIn } from "../certify/keys.ts";
import type { VerifyFlags } from "../commands/verify.ts";
import { readText } from "../config/file.ts";
import { CliError, exitCodes } from "../exit.ts";
import { reportAgain } from "../judge/judge-bundle.ts";
import { print } from "../terminal.ts";
import { verifyWordsIn } from "./verify-words.ts";

/** Says whether a certificate holds, and all that speaks against it; gives 0 or 1. */
export async function verifyCertificate(flags: VerifyFlags): Promise<number> {
  const cwd = process.cwd();
  const key = await publicKeyIn(resolve(cwd, flags.key), flags.key);
  const text = await readText(resolve(cwd, flags.certificate), "the certificate");
  const found = examined(() => examineCertificate(text, key, Date.now()), flags.key);
  const { predicate } = found;
  const compared =
    flags.bundle === undefined || predicate === undefined ? [] : await compare(predicate, flags.bundle, cwd);
  const problems = [...found.problems, ...compared];
  if (flags.json) await print(seenJson({ holds: problems.length === 0, problems, predicate }));
  else await print(described(flags, { ...found, problems }, await wordsIn(flags.lang)));
  return problems.length === 0 ? exitCodes.conformant : exitCodes.findings;
}

function examined(examine: () => Examined, shown: string): Examined {
  try {
    return examine();
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CliError({ code: error.code, message: `--key ${shown}: ${error.message}` });
  }
}

/** Whether the evidence is the one that was certified, and still says what the certificate says. */
async function compare(predicate: ConformancePredicate, shown: string, cwd: string): Promise<readonly Problem[]> {
  const path = resolve(cwd, shown);
  const bundle = await readBundle(path, shown);
  const digest = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  if (digest !== predicate.bundle.sha256) {
    return [{ code: "OTHER_BUNDLE", what: `${shown} is not the evidence that was certified` }];
  }
  const report = await reportAgain(bundle, shown);
  const same =
    JSON.stringify(report.totals) === JSON.stringify(predicate.totals) &&
    report.verdict.result === predicate.verdict.result &&
    report.expectedSet.digest === predicate.expectedSet.digest;
  if (same) return [];
  return [{ code: "VERDICTS_DIFFER", what: `judged again, the evidence says: ${report.verdict.sentence}` }];
}

function described(
  { certificate, bundle, lang }: VerifyFlags,
  { predicate, problems }: Examined,
  words: Words,
): string {
  const own = verifyWordsIn(lang);
  const { labels } = own;
  const refusals = problems.map(({ code, what }) => `  ${code}: ${visible(words.say(what))}`);
  if (predicate === undefined) return `${[`${certificate} ${own.refused}:`, ...refusals].join("\n")}\n`;
  const { implementation, profile, issuer, notTested, notApplicable, exceptions, expires, validFrom, kit } = predicate;
  const { organization = "", project = "", version = "" } = implementation;
  const lines = [
    problems.length === 0 ? own.holds : own.refused,
    ...refusals,
    `  ${labels.what}${[organization, project, version].filter((word) => word !== "").join(" ")}`,
    `  ${labels.profile}${profile} ${own.edition(kit.version, predicate.catalogue)}`,
    `  ${labels.verdict}${words.say(predicate.verdict.sentence)}`,
    `  ${labels.issuer}${issuer.name} (${issuer.independence})`,
    `  ${labels.valid}${own.period(validFrom.slice(0, 10), expires.slice(0, 10))}`,
    `  ${labels.leftOut}${own.leftOut(notTested.length, notApplicable.length, exceptions.length)}`,
    ...(bundle === undefined ? [`  ${labels.evidence}${own.notLookedAt}`] : []),
  ];
  return `${certificate} ${lines.map((line) => visible(line)).join("\n")}\n`;
}
