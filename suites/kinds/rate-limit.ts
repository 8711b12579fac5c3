import type { Reply } from "../drivers/reply.ts";
import type { Settings } from "../drivers/settings.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Evidence, type Exchange, header, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { notApplicable } from "../engine/stop.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { check } from "./check.ts";
import { requireGranted } from "./control.ts";

/** No text names a number. A target that takes so many calls of one agent in a few seconds has no useful limit. */
const mostCalls = 1000;
const atOnce = 20;
/** A slow target is not flooded for ever. */
const longestBurstMs = 20_000;

/** What a burst needs of a world. */
interface ThrottledWorld<World> extends Pick<RecordingWorld<World>, "mark" | "fact"> {
  readonly settings: Settings;
  advanceClock(seconds: number): Promise<void>;
}

/** Two agents that are ready to call. */
export interface Callers {
  readonly call: () => Promise<Reply>;
  /** The same by an agent that has called nothing yet. */
  readonly otherCall: () => Promise<Reply>;
}

export interface RateLimitRow<World> extends Pick<CheckRow, "requirement" | "needs"> {
  readonly ready: (world: World) => Promise<Callers>;
}

/** Calls as one agent until the first 429, or until there were enough. */
async function burst<World extends ThrottledWorld<World>>(
  world: World,
  ready: RateLimitRow<World>["ready"],
): Promise<Callers> {
  const { features } = world.settings.target;
  if (features["rate_limit"] === false) {
    throw notApplicable("feature-absent", "the configuration says that the target has no rate limit");
  }
  // Whatever earlier bursts used up is given back where time can be moved.
  if (world.settings.hooks.clock !== undefined) await world.advanceClock(61);
  // Only a target that says it has a limit is blamed for one that nobody meets.
  world.fact("declared", features["rate_limit"] === true);
  const callers = await ready(world);
  const control = await callers.call();
  world.mark("control", control);
  requireGranted(control, "control");
  const begun = performance.now();
  let calls = 1;
  let limited: Reply | undefined;
  while (limited === undefined && calls < mostCalls && performance.now() - begun < longestBurstMs) {
    const replies = await Promise.all(Array.from({ length: atOnce }, () => callers.call()));
    calls += replies.length;
    limited = replies.find(({ status }) => status === 429);
  }
  if (limited !== undefined) world.mark("limited", limited);
  world.fact("calls", calls);
  world.fact("seconds", Math.round((performance.now() - begun) / 100) / 10);
  return callers;
}

/** The first 429 of the burst, or why there is nothing to judge. */
function limitedCall(evidence: Evidence, expected: string): Exchange | Finding {
  const [limited] = marked(evidence, "limited");
  const { calls, seconds } = evidence.facts;
  if (!marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no call was answered before the burst" });
  }
  if (limited !== undefined) return limited;
  const actual = `no 429 within ${calls} calls in ${seconds} s`;
  const declared = "declare target.features.rate_limit: true if the target has a limit that such a burst must meet";
  return inapplicable({ reasonCode: "no-limit-reached", expected, actual, notes: [declared] });
}

function judgeOther(evidence: Evidence): Finding {
  const expected = "a call of another agent is answered while the first one is limited";
  const limited = limitedCall(evidence, expected);
  if ("outcome" in limited) return limited;
  const [other] = marked(evidence, "other");
  if (other === undefined) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "no call of another agent" });
  }
  if (granted(other)) return pass([limited, other]);
  const details = { expected, actual: answerOf(other), exchanges: [limited, other] };
  return other.response?.status === 429
    ? violated({ reasonCode: "others-limited", ...details })
    : untested({ reasonCode: "call-failed", ...details });
}

function judgeBurst(evidence: Evidence): Finding {
  const expected = "status 429 at some point of the burst";
  const limited = limitedCall(evidence, expected);
  if (!("outcome" in limited)) return pass([limited]);
  if (limited.reasonCode !== "no-limit-reached" || evidence.facts["declared"] !== true) return limited;
  return violated({ reasonCode: "no-limit", expected, actual: limited.actual ?? "no 429" });
}

function judgeRetryAfter(evidence: Evidence): Finding {
  const expected = "Retry-After with seconds or a date (RFC 9110 § 10.2.3)";
  const limited = limitedCall(evidence, expected);
  if ("outcome" in limited) return limited;
  const value = limited.response === null ? undefined : header(limited.response, "retry-after");
  const understood = value !== undefined && (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)));
  if (understood) return pass([limited]);
  const actual = `Retry-After: ${value ?? "none"}`;
  return violated({ reasonCode: "no-retry-after", expected, actual, exchanges: [limited] });
}

/** The checks of a limit per agent: that there is one, that others do not feel it, that it says when to come again. */
export function rateLimitChecks<World extends ThrottledWorld<World>>(
  row: RateLimitRow<World>,
): readonly Check<World>[] {
  const { requirement, needs = [], ready } = row;
  const common = { requirement, needs, traits: ["exclusive", "bursty"] } as const;
  return [
    // First: where all agents share one limit, the bursts of the other checks would leave nothing to get ready with.
    check<World>({
      ...common,
      id: `${requirement}.others-unaffected`,
      title: "the limit of one agent does not slow down another",
      async drive(world) {
        const { otherCall } = await burst(world, ready);
        world.mark("other", await otherCall());
      },
      judge: judgeOther,
    }),
    check<World>({
      ...common,
      id: `${requirement}.burst`,
      title: "a burst of calls by one agent meets a limit",
      async drive(world) {
        await burst(world, ready);
      },
      judge: judgeBurst,
    }),
    check<World>({
      ...common,
      id: `${requirement}.retry-after`,
      title: "a limited agent is told when to try again",
      async drive(world) {
        await burst(world, ready);
      },
      judge: judgeRetryAfter,
    }),
  ];
}
