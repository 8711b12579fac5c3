import { styleText } from "node:util";
import { printable, wordsIn } from "../../reports/index.ts";
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
import { type DoctorWords, doctorWordsIn } from "./doctor-words.ts";

/** A doctor who waits as long as a run would is no help. */
const defaultTimeoutMs = 5000;

/** Looks at the set-up of every wanted profile; gives 0 when it can be judged, else 3. */
export async function examineTarget(flags: DoctorFlags): Promise<number> {
  const timeout = flags.timeout ?? defaultTimeoutMs;
  const loaded = await loadSettings({ ...flags, timeout }, { cwd: process.cwd(), env: process.env });
  const { profiles: ids } = wantedOf(flags.profile === undefined ? [] : [flags.profile], loaded?.profile);
  const interruption = listenForInterruption();
  const speech: Speech = {
    own: doctorWordsIn(flags.lang),
    say: (await wordsIn(flags.lang)).say,
    color: wantsColor(surroundingsOf(process.stdout)),
  };
  const all: { readonly profile: string; readonly diagnoses: readonly Diagnosis[] }[] = [];
  try {
    for (const id of ids) {
      if (interruption.signal.aborted) break;
      const lines: Promise<void>[] = [];
      const onDiagnosis = (diagnosis: Diagnosis) => {
        if (!flags.json) lines.push(print(lineOf(diagnosis, speech)));
      };
      const { signal } = interruption;
      const request = { signal, seed: 1, onDiagnosis };
      if (!flags.json)
        await print(`${styled("bold", id, speech)} ${loaded?.settings.target.url ?? speech.own.embedded}\n`);
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
  else await print(`\n${aborted ? speech.own.interrupted : summary(errors.length, diagnoses, speech)}\n`);
  if (aborted) return exitCodes.interrupted;
  return errors.length === 0 ? exitCodes.conformant : exitCodes.notTestable;
}

type Style = Parameters<typeof styleText>[0];

/** In which words, and whether in colour. */
interface Speech {
  readonly own: DoctorWords;
  /** What the steps said. */
  readonly say: (recorded: string) => string;
  readonly color: boolean;
}

function styled(style: Style, text: string, { color }: Speech): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}

const styles: Readonly<Record<Diagnosis["state"], Style>> = {
  ok: "green",
  warning: "yellow",
  error: "red",
  skipped: "dim",
};

function lineOf({ step, state, what, whose, mend }: Diagnosis, speech: Speech): string {
  const { own, say } = speech;
  const head = `  ${styled(styles[state], own.signs[state], speech)} ${step.padEnd(14)} ${printable(say(what), 600)}`;
  const owner = whose === null ? [] : [`${" ".repeat(26)}${own.whose(own.owners[whose])}`];
  const todo = mend === "" ? [] : [`${" ".repeat(26)}→ ${printable(say(mend), 600)}`];
  return `${[head, ...owner, ...todo].join("\n")}\n`;
}

function summary(errors: number, diagnoses: readonly Diagnosis[], { own }: Speech): string {
  const skipped = diagnoses.filter(({ state }) => state === "skipped").length;
  return errors === 0 ? own.canBeJudged(skipped) : own.toMend(errors, skipped);
}
