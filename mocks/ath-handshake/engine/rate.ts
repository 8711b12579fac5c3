import { Refused } from "../refusal.ts";
import { remember } from "../state.ts";
import type { HandshakeContext } from "./context.ts";

/** More keys than this are not counted; the oldest are forgotten first. */
const MAX_KEYS = 20_000;

/** The length of the windows that a restriction may name, in milliseconds. */
const windows: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/** Counts a call. Throws {@link Refused} `too-many-requests` past the limit. */
function count({ rules, state, clock }: HandshakeContext, key: string, lengthMs: number, most: number): void {
  const now = clock.now();
  const known = state.rates.get(key);
  const lasts = known !== undefined && now - known.startedAt < known.lengthMs;
  const window = lasts ? known : { startedAt: now, lengthMs, count: 0 };
  if (!lasts) {
    state.rates.delete(key);
    remember(state.rates, key, window, MAX_KEYS);
  }
  window.count += 1;
  if (window.count <= most) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((window.startedAt + lengthMs - now) / 1000));
  throw new Refused("too-many-requests", `too many calls of this agent; the limit resets in ${retryAfterSeconds} s`, {
    headers: rules["rate.headers"]({ retryAfterSeconds }),
  });
}

/** Counts a call of an agent against the gateway's limit. Throws {@link Refused} `too-many-requests`. */
export function countCall(context: HandshakeContext, agentDid: string): void {
  const { rules, settings } = context;
  const most = rules["rate.callsPerMinute"]({ configured: settings.limits.callsPerMinute });
  count(context, `agent ${rules["rate.key"]({ agentDid })}`, 60_000, most);
}

/** Counts a call against a granted rate, `100/second` for example. Throws {@link Refused} `too-many-requests`. */
export function countRestricted(context: HandshakeContext, agentDid: string, rate: string): void {
  const [announced = "", unit = ""] = rate.split("/");
  const most = context.rules["restriction.callsAllowed"]({ announced: Number(announced) });
  count(context, `restriction ${agentDid}`, windows[unit] ?? 1_000, most);
}
