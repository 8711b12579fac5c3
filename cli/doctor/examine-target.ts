import { styleText } from "node:util";
import { printable } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { Diagnosis } from "../../suites/engine/diagnosis.ts";
import { profiles } from "../../suites/profiles/index.ts";
import type { DoctorFlags } from "../commands/doctor.ts";
import { loadSettings } from "../config.ts";
import { exitCodes } from "../exit.ts";
import { withProviders } from "../run/detect-providers.ts";
import { listenForInterruption } from "../run/interruption.ts";
import { wantedOf } from "../run/wanted.ts";
import { print, surroundingsOf, wantsColor } from "../terminal.ts";

/** A doctor who waits as long as a run would is no help. */
const defaultTimeoutMs = 5000;

/** Looks at the set-up of every wanted profile; gives 0 when it can be judged, else 3. */
export async function examineTarget(flags: DoctorFlags): Promise<number> {
  const timeout = flags.timeout ?? defaultTimeoutMs;
  const loaded = await loadSettings({ ...flags, timeout }, { cwd: process.cwd(), env: process.env });
  const words = flags.profile === undefined ? [] : [flags.profile];
  const { profiles: ids } = wantedOf(words, loaded?.profile);
  const interruption = listenForInterruption();
  const color = wantsColor(surroundingsOf(process.stdout));
  const all: { readonly profile: string; readonly diagnoses: readonly Diagnosis[] }[] = [];
  try {
    for (const id of ids) {
      if (interruption.signal.aborted) break;
      const lines: Promise<void>[] = [];
      const onDiagnosis = (diagnosis: Diagnosis) => {
        if (!flags.json) lines.push(print(lineOf(diagnosis, color)));
      };
      const { signal } = interruption;
      const request = { signal, seed: 1, onDiagnosis };
      if (!flags.json)
        await print(`${styled("bold", id, color)} ${loaded?.settings.target.url ?? "(embedded mock)"}\n`);
      if (loaded === undefined) {
        const { openEmbeddedTarget } = await import("../embedded/index.ts");
        const target = await openEmbeddedTarget(id, { seed: 1, timeoutMs: timeout });
        try {
          all.push({ profile: id, diagnoses: await target.examine(request) });
        } finally {
          await target.close();
        }
      } else {
        const settings = await withProviders(loaded.settings, id, signal);
        const profile = await profiles[id]();
        all.push({ profile: id, diagnoses: await profile.examine({ ...request, settings }) });
      }
      await Promise.all(lines);
    }
  } finally {
    interruption.release();
  }
  const errors = all.flatMap(({ diagnoses }) => diagnoses.filter(({ state }) => state === "error"));
  const { aborted } = interruption.signal;
  const diagnoses = all.flatMap((one) => one.diagnoses);
  if (flags.json) await print(seenJson(all));
  else await print(aborted ? "\nInterrupted; the rest was not looked at.\n" : summary(errors.length, diagnoses));
  if (aborted) return exitCodes.interrupted;
  return errors.length === 0 ? exitCodes.conformant : exitCodes.notTestable;
}

type Style = Parameters<typeof styleText>[0];

function styled(style: Style, text: string, color: boolean): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}

const signs: Record<Diagnosis["state"], readonly [string, Style]> = {
  ok: ["ok", "green"],
  warning: ["warning", "yellow"],
  error: ["error", "red"],
  skipped: ["skipped", "dim"],
};

const owners: Readonly<Record<string, string>> = {
  configuration: "your configuration",
  environment: "your environment",
  target: "the target",
  kit: "this kit",
};

function lineOf({ step, state, what, whose, mend }: Diagnosis, color: boolean): string {
  const [sign, style] = signs[state];
  const head = `  ${styled(style, sign.padEnd(8), color)} ${step.padEnd(14)} ${printable(what, 600)}`;
  const owner = whose === null ? [] : [`${" ".repeat(26)}whose: ${owners[whose] ?? whose}`];
  const todo = mend === "" ? [] : [`${" ".repeat(26)}→ ${printable(mend, 600)}`];
  return `${[head, ...owner, ...todo].join("\n")}\n`;
}

function summary(errors: number, diagnoses: readonly Diagnosis[]): string {
  const skipped = diagnoses.filter(({ state }) => state === "skipped").length;
  const holes = skipped === 0 ? "" : `; ${skipped} not looked at`;
  if (errors === 0) return `\nThe target can be judged${holes}.\n`;
  return `\nThe target cannot be judged yet: ${errors} to mend${holes}.\n`;
}
