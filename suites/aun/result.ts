import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { member, text } from "../engine/json.ts";
import type { RpcCall } from "../engine/rpc.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { connectWith, plainConnect, tokenAuth } from "./shared/connecting.ts";

/** The clocks of kit and target may be this far apart, seconds. */
const skewS = 300;
/** Connections whose ids are compared, the last ones on one device. */
const connections = 5;
const onOneDevice = 2;

/** A granted connect; what the judge compares with is in the facts. */
async function hello(world: AunWorld): Promise<RpcCall> {
  // In both cases, so that folding the one into the other shows.
  const device = world.unique("Desk.Top_");
  const { call, identity } = await plainConnect(world, { device });
  world.fact("aid", identity.aid);
  world.fact("device", device);
  world.fact("now", Math.round(world.now() / 1000));
  return call;
}

/** A relation between one member of the result, found by its path, and a fact. */
function sameAsFact(reasonCode: string, path: readonly [string, string], fact: string): RpcRelation {
  return {
    reasonCode,
    expected: `${path.join(".")} is that of the request`,
    broken(result, { facts }) {
      const found = member(member(result, path[0]), path[1]);
      return found === facts[fact] ? undefined : JSON.stringify(found ?? null);
    },
  };
}

const ownAid = sameAsFact("wrong-aid", ["identity", "aid"], "aid");

/** What auth.connect answers (A40 to A46). */
export const result: Section<AunWorld> = {
  id: "result",
  title: "The result of auth.connect",
  checks: [
    rpcConforms({
      id: "A40.members",
      requirement: "A40",
      title: "the result tells status, protocol, time and that the session is authenticated",
      subject: hello,
      shape: "AunConnectResult",
    }),
    rpcConforms({
      id: "A41.identity",
      requirement: "A41",
      title: "the result's identity is that of the token",
      subject: hello,
      shape: "AunConnectIdentity",
      relations: [ownAid],
    }),
    check<AunWorld>({
      id: "A41.claimed-aid",
      requirement: "A41",
      title: "an AID that the request claims beside its token changes nothing",
      async drive(world) {
        const identity = await world.identity();
        const { aid } = await world.identity();
        world.fact("aid", identity.aid);
        world.mark("control", await connectWith(world, identity, {}));
        const claims = { auth: await tokenAuth(world, identity, { aid }), params: { aid, identity: { aid } } };
        world.mark("attempt", await connectWith(world, identity, claims));
      },
      judge(evidence) {
        const [attempt] = markedCalls(evidence, "attempt");
        const expected = "the AID of the token, or a refusal";
        if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
        }
        const { frames } = attempt;
        if (!grantedCall(attempt)) return pass(frames, [`a claimed AID gets ${answerOfCall(attempt)}`]);
        const actual = ownAid.broken(attempt.result, evidence, attempt);
        if (actual === undefined) return pass(frames);
        return violated({ reasonCode: "wrong-aid", expected, actual, exchanges: frames });
      },
    }),
    rpcConforms({
      id: "A42.connection",
      requirement: "A42",
      title: "the result tells the connection's id and device",
      subject: hello,
      shape: "AunConnectConnection",
      relations: [sameAsFact("not-echoed", ["connection", "device_id"], "device")],
    }),
    check<AunWorld>({
      id: "A42.unique",
      requirement: "A42",
      title: `${connections} connections have ${connections} different ids`,
      async drive(world) {
        const identity = await world.identity();
        const device = world.unique("device");
        for (let made = 0; made < connections; made += 1) {
          const shared = made >= connections - onOneDevice ? { device, slot: `slot-${made}` } : {};
          world.mark("subject", await connectWith(world, identity, shared));
        }
      },
      judge(evidence) {
        const calls = markedCalls(evidence, "subject").filter(grantedCall);
        const ids = calls.map(({ result: answer }) => text(member(answer, "connection"), "id") ?? "");
        const frames = calls.flatMap((call) => call.frames);
        const expected = `${connections} different ids`;
        const actual = ids.join(", ");
        if (ids.length < connections) return untested({ reasonCode: "request-refused", expected, actual });
        if (new Set(ids).size === ids.length) return pass(frames);
        return violated({ reasonCode: "repeated", expected, actual, exchanges: frames });
      },
    }),
    rpcConforms({
      id: "A43.bridge",
      requirement: "A43",
      title: "the result tells bridgeInfo, capabilities and trust_level",
      subject: hello,
      shape: "AunConnectBridge",
    }),
    rpcConforms({
      id: "A44.server-time",
      requirement: "A44",
      title: "server_time is the time in Unix seconds",
      subject: hello,
      relations: [
        {
          reasonCode: "wrong-time",
          expected: `Unix seconds, ${skewS} s from the kit's clock at most`,
          broken(answer, { facts }) {
            const time = member(answer, "server_time");
            const now = facts["now"];
            const near = typeof time === "number" && typeof now === "number" && Math.abs(time - now) <= skewS;
            return near ? undefined : `${JSON.stringify(time ?? null)}, the kit's clock being at ${String(now)}`;
          },
        },
      ],
    }),
    check<AunWorld>({
      id: "A45.not-intersected",
      requirement: "A45",
      title: "what the server announces does not depend on what the client declares",
      async drive(world) {
        const identity = await world.identity();
        const declarations: readonly Json[] = [
          {},
          { e2ee: false, group_e2ee: true, binary_message: true },
          { e2ee: true, group_e2ee: false, max_message_size: 1000 },
        ];
        for (const capabilities of declarations) {
          world.mark("subject", await connectWith(world, identity, { params: { capabilities } }));
        }
      },
      judge(evidence) {
        const calls = markedCalls(evidence, "subject").filter(grantedCall);
        const frames = calls.flatMap((call) => call.frames);
        const announced = calls.map(({ result: answer }) => JSON.stringify(member(answer, "capabilities") ?? null));
        const expected = "the same capabilities each time";
        const actual = announced.join(" and ");
        if (announced.length < 2) return untested({ reasonCode: "request-refused", expected, actual });
        if (new Set(announced).size === 1) return pass(frames);
        return violated({ reasonCode: "depends-on-client", expected, actual, exchanges: frames });
      },
    }),
    check<AunWorld>({
      id: "A46.kind",
      requirement: "A46",
      title: "connection.kind is the kind of the request",
      async drive(world) {
        const identity = await world.identity();
        for (const kind of ["long", "short"]) {
          world.mark(kind, await connectWith(world, identity, { options: { kind } }));
        }
      },
      judge(evidence) {
        const kinds = ["long", "short"];
        const calls = kinds.flatMap((kind) => markedCalls(evidence, kind));
        const frames = calls.flatMap((call) => call.frames);
        const expected = kinds.join(" and ");
        if (calls.length < 2 || !calls.every(grantedCall)) {
          return untested({
            reasonCode: "request-refused",
            expected,
            actual: calls.map(answerOfCall).join(" and "),
            exchanges: frames,
          });
        }
        const told = calls.map(({ result: answer }) => text(member(answer, "connection"), "kind") ?? "nothing");
        if (told.join() === kinds.join()) return pass(frames);
        return violated({ reasonCode: "not-echoed", expected, actual: told.join(" and "), exchanges: frames });
      },
    }),
  ],
};
