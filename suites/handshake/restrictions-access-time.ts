import type { HandshakeAgent, ScopeGrant } from "../drivers/handshake/agent.ts";
import { readGrant } from "../drivers/handshake/handshake-agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { isObject, member } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { announcedRestriction } from "./shared/announced-restriction.ts";

const dayMinutes = 24 * 60;
/** A day in so many calls. */
const calls = 8;
/** Time zones differ by quarters of an hour. */
const zoneStep = 15;

interface Window {
  /** Minutes of the day; `until` is outside. */
  readonly from: number;
  readonly until: number;
}

/** `9:00-18:00`; undefined when it says something else. */
function windowOf(announced: unknown): Window | undefined {
  const match = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(String(announced));
  if (match === null) return undefined;
  const [, fromHour, fromMinute, untilHour, untilMinute] = match.map(Number);
  const window = { from: (fromHour ?? 0) * 60 + (fromMinute ?? 0), until: (untilHour ?? 0) * 60 + (untilMinute ?? 0) };
  return window.from === window.until ? undefined : window;
}

function isInside({ from, until }: Window, minute: number): boolean {
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** A new handshake and a call: a token may not live as long as the wait for its time. */
async function callNow(agent: HandshakeAgent): Promise<Reply> {
  const handshake = await agent.proven();
  const scopeReply = await handshake.request();
  // Whoever grants nothing outside of the window keeps to it as well.
  if (!scopeReply.granted) return scopeReply;
  const reply = await handshake.complete();
  requireGranted(reply, "handshake_complete");
  const grant = readGrant(scopeReply, handshake);
  return agent.call(agent.connection(grant, reply));
}

/** A grant, at the first of the day's hours at which the target gives one. */
async function grantedAtSomeHour(world: HandshakeWorld, agent: HandshakeAgent): Promise<ScopeGrant> {
  for (let hour = 0; ; hour++) {
    const handshake = await agent.proven();
    const reply = await handshake.request();
    if (hour === calls) requireGranted(reply, "scope_request");
    if (reply.granted) return readGrant(reply, handshake);
    await world.advanceClock((dayMinutes / calls) * 60);
  }
}

/** Whether a call was granted at a minute of the day, UTC. */
interface Sample {
  readonly minute: number;
  readonly granted: boolean;
}

function samplesIn({ facts }: Evidence): readonly Sample[] {
  const { samples } = facts;
  if (!Array.isArray(samples)) return [];
  return samples.filter(isObject).map((sample) => ({
    minute: Number(member(sample, "minute")),
    granted: member(sample, "granted") === true,
  }));
}

function judgeSamples(evidence: Evidence): Finding {
  const samples = samplesIn(evidence);
  const announced = evidence.facts["access_time"];
  const window = windowOf(announced);
  const expected = `calls are answered within ${String(announced)} and at no other time`;
  const attempts = marked(evidence, "attempt");
  if (window === undefined || samples.length < calls) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "fewer calls than a day needs" });
  }
  if (!samples.some((sample) => sample.granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no call was answered at any time" });
  }
  // The text names no time zone: any one in which all of the calls fit is right.
  const zones = Array.from({ length: dayMinutes / zoneStep }, (_, index) => index * zoneStep);
  const fits = zones.some((zone) =>
    samples.every((sample) => isInside(window, (sample.minute + zone) % dayMinutes) === sample.granted),
  );
  if (fits) return pass(attempts);
  const list = samples.map(({ minute, granted: yes }) => `${clockTime(minute)} ${yes ? "answered" : "refused"}`);
  return violated({ reasonCode: "accepted", expected, actual: `UTC ${list.join(", ")}`, exchanges: attempts });
}

function clockTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

/** access_time: a call every three hours of a day (GW-4). */
export const accessTimeCheck: Check<HandshakeWorld> = check<HandshakeWorld>({
  id: "GW-4.access-time",
  requirement: "GW-4",
  title: "a call outside of the announced access_time is refused, in some time zone",
  needs: ["access-time-agent", "system-operations", "clock"],
  traits: ["exclusive"],
  async drive(world) {
    const agent = world.newAgent({ template: world.handshake.restrictions.accessTime ?? "" });
    const announced = announcedRestriction(await grantedAtSomeHour(world, agent), "access_time");
    world.fact("access_time", announced);
    if (windowOf(announced) === undefined) {
      throw notTested("access-time-unreadable", `access_time is ${JSON.stringify(announced)} and not like 9:00-18:00`);
    }
    const samples: Sample[] = [];
    for (let call = 0; call < calls; call++) {
      const reply = await callNow(agent);
      world.mark("attempt", reply);
      samples.push({ minute: Math.floor(world.now() / 60_000) % dayMinutes, granted: granted(reply.exchange) });
      await world.advanceClock((dayMinutes / calls) * 60);
    }
    world.fact(
      "samples",
      samples.map((sample) => ({ ...sample })),
    );
  },
  judge: judgeSamples,
});
