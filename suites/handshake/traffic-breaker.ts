import type { Connection } from "../drivers/handshake/agent.ts";
import type { SystemSettings } from "../drivers/handshake/settings.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { watchBackends } from "./shared/backend-arrivals.ts";
import { operationsOf, systemPair } from "./shared/operations.ts";

/** The text names no number of failures. A gateway that lets so many through in a row cuts nothing off. */
const mostFailures = 40;
/** Calls that show that the backend is left alone. */
const furtherCalls = 4;
/** Seconds to let pass, one after the other, until the gateway tries the backend again: ten minutes at most. */
const coolDowns = [15, 30, 60, 120, 300];

/** A token with less than this left is not relied upon. */
const sparedS = 10;

/** A failing backend behind an agent that may call it. */
interface Broken {
  readonly connection: Connection;
  readonly system: SystemSettings;
  /** Failures until the gateway left the backend alone; undefined: it never did. */
  readonly failures: number | undefined;
  /** Calls the backend once more through the gateway, and tells whether it heard of it. */
  call(): Promise<{ readonly reply: Reply; readonly reached: boolean }>;
}

/** Makes a backend fail, calls it until the gateway leaves it alone, does something, and mends it again. */
async function whileBroken(world: HandshakeWorld, act: (broken: Broken) => Promise<void>): Promise<void> {
  const { agent } = world;
  const [system] = systemPair(world);
  const [operation = ""] = operationsOf(system);
  let connection = await agent.connected();
  let since = world.now();
  const call = async () => {
    // The cool-down may outlast a token.
    if (world.now() - since > (connection.ttlS - sparedS) * 1000) {
      connection = await agent.connected();
      since = world.now();
    }
    const { result: reply, arrived = [] } = await watchBackends(world, (query) =>
      agent.call(connection, { operation, query }),
    );
    return { reply, reached: arrived.length > 0 };
  };
  const control = await call();
  world.mark("control", control.reply);
  requireGranted(control.reply, "control");
  world.fact("seen", control.reached);
  await world.failBackend(system, "on");
  try {
    let failures = 0;
    let reached = true;
    while (reached && failures < mostFailures) {
      ({ reached } = await call());
      if (reached) failures += 1;
    }
    world.fact("failures", failures);
    world.fact("cutOff", !reached);
    await act({ connection, system, failures: reached ? undefined : failures, call });
  } finally {
    await world.failBackend(system, "off");
    // Whatever is checked next finds the backend in use again, where time can be moved.
    if (world.settings.hooks.clock !== undefined) await afterCoolDown(world, call);
  }
}

/** Lets time pass until the gateway calls the backend again, or for ten minutes; gives that call. */
async function afterCoolDown(world: HandshakeWorld, call: Broken["call"]): Promise<Reply | undefined> {
  for (const seconds of coolDowns) {
    await world.advanceClock(seconds);
    const { reply, reached } = await call();
    if (reached) return reply;
  }
  return undefined;
}

/** Why nothing can be said; undefined when the backend was seen and then left alone. */
function notCutOff(evidence: Evidence, expected: string): Finding | undefined {
  const { seen, cutOff, failures } = evidence.facts;
  if (!marked(evidence, "control").some(granted) || seen !== true) {
    return untested({ reasonCode: "control-refused", expected, actual: "no call was seen at the backend" });
  }
  if (cutOff === true) return undefined;
  const actual = `the backend was called ${String(failures)} times in a row while it failed`;
  return untested({ reasonCode: "never-cut-off", expected, actual });
}

const row = {
  requirement: "GW-7",
  needs: ["two-systems", "backend-log", "backend-fault"],
  traits: ["exclusive", "bursty"],
} as const satisfies Omit<CheckRow, "id" | "title">;

/** A backend that fails again and again is left alone for a while (GW-7). */
export const breakerChecks: readonly Check<HandshakeWorld>[] = [
  // First: a backend that is never called again leaves the other checks nothing to look at.
  check<HandshakeWorld>({
    ...row,
    id: "GW-7.recovers",
    title: "a backend that works again is called again after a while",
    needs: [...row.needs, "clock"],
    drive: (world) =>
      whileBroken(world, async (broken) => {
        await world.failBackend(broken.system, "off");
        const back = await afterCoolDown(world, broken.call);
        if (back !== undefined) world.mark("back", back, (await broken.call()).reply);
      }),
    judge(evidence) {
      const expected = "calls are answered again within ten minutes";
      const unjudged = notCutOff(evidence, expected);
      if (unjudged !== undefined) return unjudged;
      const back = marked(evidence, "back");
      if (back.length > 0 && back.every(granted)) return pass(back);
      const actual = back.map(answerOf).join(", ") || "the backend was never called again";
      return violated({ reasonCode: "stays-open", expected, actual, exchanges: back });
    },
  }),
  check<HandshakeWorld>({
    ...row,
    id: "GW-7.opens",
    title: "after repeated failures of a backend the gateway answers 503 at once and does not call it",
    drive: (world) =>
      whileBroken(world, async (broken) => {
        let reached = 0;
        for (let calls = 0; calls < furtherCalls; calls++) {
          const { reply, reached: again } = await broken.call();
          world.mark("further", reply);
          if (again) reached += 1;
        }
        world.fact("reached", reached);
      }),
    judge(evidence) {
      const expected = "status 503 without a call of the backend";
      const further = marked(evidence, "further");
      const { reached, cutOff, failures } = evidence.facts;
      const unjudged = notCutOff(evidence, expected);
      if (unjudged !== undefined && unjudged.reasonCode !== "never-cut-off") return unjudged;
      if (cutOff !== true || reached !== 0) {
        const actual = `the backend was called after ${String(failures)} failures in a row`;
        return violated({ reasonCode: "backend-called", expected, actual, exchanges: further });
      }
      const other = further.find(({ response }) => response?.status !== 503);
      if (other === undefined) return pass(further);
      return violated({ reasonCode: "wrong-status", expected, actual: answerOf(other), exchanges: [other] });
    },
  }),
  check<HandshakeWorld>({
    ...row,
    id: "GW-7.half-open",
    title: "a backend that still fails when it is tried again is left alone again",
    needs: [...row.needs, "clock"],
    drive: (world) =>
      whileBroken(world, async (broken) => {
        const probe = await afterCoolDown(world, broken.call);
        if (broken.failures === undefined || probe === undefined) return;
        world.mark("probe", probe);
        let reached = 1;
        // As many as it took at first may reach it again; one more is one too many.
        for (let calls = 0; calls <= broken.failures; calls++) {
          if ((await broken.call()).reached) reached += 1;
        }
        world.fact("reached", reached);
      }),
    judge(evidence) {
      const expected = "no more calls of the failing backend than at first";
      const unjudged = notCutOff(evidence, expected);
      if (unjudged !== undefined) return unjudged;
      const { reached, failures } = evidence.facts;
      const probe = marked(evidence, "probe");
      if (typeof reached !== "number" || typeof failures !== "number") {
        return untested({
          reasonCode: "never-tried",
          cause: "target",
          expected,
          actual: "the backend was not tried within ten minutes",
        });
      }
      if (reached <= failures) return pass(probe);
      const actual = `the backend was called ${reached} times in a row while it failed, at first ${failures} times`;
      return violated({ reasonCode: "backend-flooded", expected, actual, exchanges: probe });
    },
  }),
  check<HandshakeWorld>({
    ...row,
    id: "GW-7.others",
    title: "while one backend is left alone, calls of another go through",
    async drive(world) {
      const { agent } = world;
      const [, other] = systemPair(world);
      const [operation = ""] = operationsOf(other);
      requireGranted(await agent.call(await agent.connected(), { operation }), "a call of another backend");
      await whileBroken(world, async ({ connection }) => {
        world.mark("other", await agent.call(connection, { operation }));
      });
    },
    judge(evidence) {
      const expected = "a call of another backend is answered";
      const unjudged = notCutOff(evidence, expected);
      if (unjudged !== undefined) return unjudged;
      const [other] = marked(evidence, "other");
      if (other === undefined) {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no call of another backend" });
      }
      if (granted(other)) return pass([other]);
      return violated({ reasonCode: "others-cut", expected, actual: answerOf(other), exchanges: [other] });
    },
  }),
];
