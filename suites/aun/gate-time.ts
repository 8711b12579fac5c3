import type { AunConnection, AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, closeOf, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { plainConnect } from "./shared/connecting.ts";

/** A connect that is granted, so that what happens without one means something. */
async function control(world: AunWorld) {
  const connected = await plainConnect(world);
  world.mark("control", connected.call);
  requireResult(connected.call, "control");
  return connected;
}

/** Waits for the end of a connection, and marks it when it came. */
async function markEnd(world: AunWorld, connection: AunConnection): Promise<void> {
  world.mark("opening", connection.opening);
  const end = await connection.whenClosed();
  if (end !== undefined) world.mark("end", end);
}

function judgeEnd(evidence: Evidence, expected: string, note: (end: string) => readonly string[] = () => []): Finding {
  const opening = markedFrames(evidence, "opening");
  if (opening.length === 0 || !markedCalls(evidence, "control").some(grantedCall)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const [end] = markedFrames(evidence, "end");
  if (end !== undefined) return pass([...opening, end], note(closeOf(end)));
  return violated({ reasonCode: "still-open", expected, actual: "it is still open", exchanges: opening });
}

/** The 30 s limit of connections that do not authenticate (A74 to A76). */
export const timeChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A74.closes",
    requirement: "A74",
    title: "a connection that is silent for 30 s is closed",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      await control(world);
      const connection = await world.connection();
      await world.passTime(31);
      await markEnd(world, connection);
    },
    judge: (evidence) => judgeEnd(evidence, "the connection has ended after 31 s without auth.connect"),
  }),
  check<AunWorld>({
    id: "A74.not-before",
    requirement: "A74",
    title: "a connection may authenticate until the 30 s are over",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const { identity } = await control(world);
      await world.token(identity);
      const connection = await world.connection();
      await world.passTime(27);
      world.mark("attempt", await world.connect(connection, identity));
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "a granted auth.connect after 27 s";
      if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (grantedCall(attempt)) return pass(attempt.frames);
      const reasonCode = attempt.outcome === "closed" ? "closed-early" : "refused";
      return violated({ reasonCode, expected, actual: answerOfCall(attempt), exchanges: attempt.frames });
    },
  }),
  check<AunWorld>({
    id: "A74.pings-do-not-extend",
    requirement: "A74",
    title: "requests without auth.connect do not extend the 30 s",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      await control(world);
      const connection = await world.connection();
      await world.passTime(20);
      connection.ping();
      await connection.settle();
      await world.passTime(12);
      await markEnd(world, connection);
    },
    judge: (evidence) => judgeEnd(evidence, "the connection has ended after 32 s, whatever it sent meanwhile"),
  }),
  check<AunWorld>({
    id: "A75.code",
    requirement: "A75",
    title: "such a connection is closed with a close frame",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      await control(world);
      const connection = await world.connection();
      await world.passTime(31);
      await markEnd(world, connection);
    },
    judge: (evidence) =>
      judgeEnd(evidence, "the end of the connection; public clients know code 4008", (end) => [
        `a connection that did not authenticate ends with ${end}`,
      ]),
  }),
  check<AunWorld>({
    id: "A76.idle",
    requirement: "A76",
    title: "an authenticated connection may be idle for more than 30 s",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const { connection } = await control(world);
      await world.passTime(40);
      world.mark("attempt", await connection.call("meta.ping", {}));
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "an answer after 40 s of silence";
      if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (grantedCall(attempt)) return pass(attempt.frames);
      return violated({
        reasonCode: "closed",
        expected,
        actual: answerOfCall(attempt),
        exchanges: attempt.frames,
      });
    },
  }),
];
