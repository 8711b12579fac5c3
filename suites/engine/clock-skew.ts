import { type DoctorStep, problem } from "./diagnosis.ts";
import { type Exchange, header } from "./evidence.ts";
import type { SetupFinding } from "./preflight.ts";

/** What is judged by the clock may be 5 minutes off; a clock this far off is named before it spoils a run. */
const tolerableMs = 240_000;
/** A clock this far off is named by the doctor, even where all still passes. */
const noticeableMs = 30_000;

const mend = "set both clocks by NTP";

/** What the target's clock bears on, for example "timestamps may be off by 300 s"; undefined where no limit is stated. */
type Limit = string | undefined;

/** How far the target's clock is ahead of the kit's by the Date of an answer, ms; NaN when it sends none. */
function skewOf({ response }: Exchange, now: number): number {
  return Date.parse(header(response ?? { headers: [] }, "date") ?? "") - now;
}

function wordsOf(skewMs: number, limit: Limit): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const off = `the target's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's`;
  return limit === undefined ? off : `${off}; ${limit}`;
}

/** A clock so far off that it spoils a run, by the answer to a first request; undefined when it is not, or not known. */
export function clockSkew(exchange: Exchange, now: number, limit?: string): SetupFinding | undefined {
  const skew = skewOf(exchange, now);
  if (Number.isNaN(skew) || Math.abs(skew) < tolerableMs) return undefined;
  return { severity: "warning", whose: "environment", what: wordsOf(skew, limit), mend };
}

/** What the doctor's look at the clocks needs of a profile. */
interface ClockStep<World> {
  readonly after?: readonly string[];
  /** A request that any target answers. */
  readonly ask: (world: World) => Promise<Exchange>;
  readonly limit?: string;
}

/** The doctor's look at the clocks. */
export function clockStep<World extends { readonly now: () => number }>({
  after = [],
  ask,
  limit,
}: ClockStep<World>): DoctorStep<World> {
  return {
    step: "clock",
    title: "do both clocks agree",
    after,
    mild: true,
    async look(world) {
      const skew = skewOf(await ask(world), world.now());
      if (Number.isNaN(skew)) return "the target sends no Date, so its clock is not known";
      if (Math.abs(skew) >= noticeableMs) throw problem("environment", wordsOf(skew, limit), mend);
      return `the clocks agree to ${Math.round(Math.abs(skew) / 1000) + 1} s`;
    },
  };
}
