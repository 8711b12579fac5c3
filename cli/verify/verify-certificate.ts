import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { KeyError } from "../../reports/certificate/dsse.ts";
import { type Examined, examineCertificate, type Problem } from "../../reports/certificate/examine.ts";
import { visible } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { ConformancePredicate } from "../../schemas/index.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { publicKeyIn } from "../certify/keys.ts";
import type { VerifyFlags } from "../commands/verify.ts";
import { readText } from "../config/file.ts";
import { CliError, exitCodes } from "../exit.ts";
import { reportAgain } from "../judge/judge-bundle.ts";
import { print } from "../terminal.ts";

/** Says whether a certificate holds, and all that speaks against it; gives 0 or 1. */
export async function verifyCertificate(flags: VerifyFlags): Promise<number> {
  const cwd = process.cwd();
  const key = await publicKeyIn(resolve(cwd, flags.key), flags.key);
  const text = await readText(resolve(cwd, flags.certificate), "the certificate");
  const { predicate, problems: found } = examined(() => examineCertificate(text, key, Date.now()), flags.key);
  const compared =
    flags.bundle === undefined || predicate === undefined ? [] : await compare(predicate, flags.bundle, cwd);
  const problems = [...found, ...compared];
  if (flags.json) await print(seenJson({ holds: problems.length === 0, problems, predicate }));
  else await print(described(flags, predicate, problems));
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
  { certificate, bundle }: VerifyFlags,
  predicate: ConformancePredicate | undefined,
  problems: readonly Problem[],
): string {
  const refusals = problems.map(({ code, what }) => `  ${code}: ${visible(what)}`);
  if (predicate === undefined) return `${[`${certificate} is refused:`, ...refusals].join("\n")}\n`;
  const { implementation, profile, issuer, notTested, notApplicable, exceptions, expires, validFrom, kit } = predicate;
  const { organization = "", project = "", version = "" } = implementation;
  const lines = [
    `${problems.length === 0 ? "holds" : "is refused"}`,
    ...refusals,
    `  what       ${[organization, project, version].filter((word) => word !== "").join(" ")}`,
    `  profile    ${profile} (kit ${kit.version}, catalogue ${predicate.catalogue})`,
    `  verdict    ${predicate.verdict.sentence}`,
    `  issuer     ${issuer.name} (${issuer.independence})`,
    `  valid      ${validFrom.slice(0, 10)} to ${expires.slice(0, 10)}`,
    `  left out   ${notTested.length} not tested, ${notApplicable.length} not applicable, ${exceptions.length} exceptions`,
    ...(bundle === undefined ? ["  evidence   not looked at (--bundle FILE judges it again)"] : []),
  ];
  return `${certificate} ${lines.map((line) => visible(line)).join("\n")}\n`;
}
