import { randomBytes } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { judgeRefusal, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";

const wrongNonce = { codes: fittingCodes.challengeNonce };

/** Nonces that nobody gave out: one out of thin air, and those that a careless comparison takes for the right one. */
const wrongNonces: readonly ((own: string) => Json)[] = [
  () => randomBytes(24).toString("base64url"),
  (own) => own.slice(0, -1),
  (own) => `${own}x`,
  (own) => (own === own.toUpperCase() ? own.toLowerCase() : own.toUpperCase()),
];

/** auth.connect on a connection of its own with what `bend` makes of that connection's nonce. */
async function connectWithNonce(
  world: AunWorld,
  identity: Identity,
  bend: (own: string) => Json,
): Promise<readonly RpcCall[]> {
  const connection = await world.connection();
  const nonce = bend(connection.nonce);
  // A nonce of digits alone has no other case.
  if (nonce === connection.nonce) return [];
  return [await world.connect(connection, identity, { params: { nonce } })];
}

/** The challenge's nonce in auth.connect (A14 to A18). */
export const nonceChecks: readonly Check<AunWorld>[] = [
  rpcRefusal({
    id: "A14.missing",
    requirement: "A14",
    title: "auth.connect without nonce is refused",
    control: (world: AunWorld) => plainConnect(world),
    attempt: (world, { identity }) => connectWith(world, identity, { params: { nonce: undefined } }),
    fitting: { codes: fittingCodes.missingParameter },
  }),
  rpcRefusal({
    id: "A14.empty",
    requirement: "A14",
    title: "auth.connect with an empty nonce, or null, is refused",
    control: (world: AunWorld) => plainConnect(world),
    attempt: (world, { identity }) =>
      Promise.all(["", null].map((nonce) => connectWith(world, identity, { params: { nonce } }))),
    // An empty text may count as missing or as wrong.
    fitting: { codes: [...fittingCodes.missingParameter, ...fittingCodes.challengeNonce] },
  }),
  rpcRefusal({
    id: "A15.wrong",
    requirement: "A15",
    title: "a nonce that nobody gave out is refused",
    control: (world: AunWorld) => plainConnect(world),
    attempt: async (world, { identity }) =>
      (await Promise.all(wrongNonces.map((bend) => connectWithNonce(world, identity, bend)))).flat(),
    fitting: wrongNonce,
  }),
  rpcRefusal({
    id: "A16.other-connection",
    requirement: "A16",
    title: "the nonce of another open connection is refused",
    control: (world: AunWorld) => plainConnect(world),
    async attempt(world, { identity }) {
      const { nonce } = await world.connection();
      return connectWith(world, identity, { params: { nonce } });
    },
    fitting: wrongNonce,
  }),
  rpcRefusal({
    id: "A16.closed-connection",
    requirement: "A16",
    title: "the nonce of a connection that has closed is refused",
    // Open while the control connects: a gateway that keeps nonces may learn them only then.
    async control(world: AunWorld) {
      const closed = await world.connection();
      return { ...(await plainConnect(world)), closed };
    },
    async attempt(world, { identity, closed }) {
      await closed.close();
      return connectWith(world, identity, { params: { nonce: closed.nonce } });
    },
    fitting: wrongNonce,
  }),
  check<AunWorld>({
    id: "A17.expired",
    requirement: "A17",
    title: "a nonce from more than 30 s ago does not connect",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const { call, identity } = await plainConnect(world);
      world.mark("control", call);
      requireResult(call, "control");
      const connection = await world.connection();
      await world.passTime(31);
      // The 30 s of the connection are over as well; who looks at that now and then has a moment to do so.
      await connection.whenClosed();
      world.mark("attempt", await world.connect(connection, identity));
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "an error, or a connection that has ended";
      if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (attempt.outcome === "closed") return pass(attempt.frames, ["the connection had ended before the nonce did"]);
      return judgeRefusal(attempt, wrongNonce);
    },
  }),
  check<AunWorld>({
    id: "A18.used-again",
    requirement: "A18",
    title: "a second auth.connect on the same connection is answered",
    async drive(world) {
      const { call, identity, connection } = await plainConnect(world);
      world.mark("control", call);
      requireResult(call, "control");
      world.mark("attempt", await world.connect(connection, identity));
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "an answer, whichever";
      if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const actual = answerOfCall(attempt);
      if (attempt.outcome !== "silent") return pass(attempt.frames, [`a second auth.connect gets ${actual}`]);
      return violated({ reasonCode: "no-answer", expected, actual, exchanges: attempt.frames });
    },
  }),
  rpcRefusal({
    id: "A18.other-socket",
    requirement: "A18",
    // On another connection it is that connection's nonce that counts (A16).
    level: "must",
    title: "a nonce that has connected is refused on another connection",
    control: (world: AunWorld) => plainConnect(world),
    attempt: (world, { identity, connection }) => connectWith(world, identity, { params: { nonce: connection.nonce } }),
    fitting: wrongNonce,
  }),
];
