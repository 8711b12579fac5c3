import type { AunConnection, AunWorld, ConnectOptions } from "../drivers/aun/world.ts";
import type { Check, Section } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member } from "../engine/json.ts";
import { answerOfCall, closeOf, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { quotaChecks } from "./kinds-quotas.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { arrivalsIn, deliverText, gather, inboxFrames, pushedOn, timesIn } from "./shared/mail.ts";
import { claim, framesOf, judgeSideBySide, look, lookAtAll, seat, standingOf } from "./shared/places.ts";

const long: ConnectOptions = { options: { kind: "long" } };
const short: ConnectOptions = { options: { kind: "short" } };

/** One kind beside the other, on one device and slot. */
interface Beside {
  readonly variant: string;
  readonly title: string;
  readonly first: ConnectOptions;
  readonly second: ConnectOptions;
}

const besides: readonly Beside[] = [
  {
    variant: "short-beside-long",
    title: "a short connection leaves the long one of its slot alone",
    first: long,
    second: short,
  },
  {
    variant: "long-beside-short",
    title: "a long connection leaves the short one of its slot alone",
    first: short,
    second: long,
  },
];

/** Marks how a connection stands now: its answer to a ping, or its end. */
async function standing(world: AunWorld, connection: AunConnection): Promise<void> {
  await look(world, { name: "connection", connection });
}

/** Judges a connection that time has passed over. */
function judgeStanding(evidence: Evidence, due: "alive" | "ended", reasonCode: string, expected: string): Finding {
  const [hello] = markedCalls(evidence, "control");
  if (hello === undefined || !grantedCall(hello)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted auth.connect" });
  }
  const exchanges = framesOf(evidence, "control", "connection");
  const [end] = markedFrames(evidence, "connection-end");
  const found = standingOf(evidence, "connection");
  if (found === due) return pass(exchanges, end === undefined ? [] : [`it ended with ${closeOf(end)}`]);
  return violated({ reasonCode, expected, actual: `it is ${found}; ${closeOf(end)}`, exchanges });
}

/** Whether somebody is online, as another one is told (role `name`). */
async function askOnline(world: AunWorld, asker: AunConnection, name: string, aid: string): Promise<RpcCall> {
  const call = await asker.call("message.query_online", { aids: [aid] });
  world.mark(name, call);
  return call;
}

function saysOnline({ result }: RpcCall, aid: unknown): unknown {
  return typeof aid === "string" ? member(member(result, "online"), aid) : undefined;
}

const timeChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A70.closes",
    requirement: "A70",
    title: "a short connection is closed when it was idle for short_ttl_ms",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const options = { options: { kind: "short", short_ttl_ms: 2000 } };
      const { connection } = await seat(world, "control", await world.identity(), options);
      await world.passTime(4);
      await connection.whenClosed();
      await standing(world, connection);
    },
    judge: (evidence) =>
      judgeStanding(evidence, "ended", "still-open", "the end of the connection after 2 s of silence"),
  }),
  check<AunWorld>({
    id: "A70.sliding",
    requirement: "A70",
    level: "should",
    title: "requests keep a short connection open",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const options = { options: { kind: "short", short_ttl_ms: 5000 } };
      const { connection } = await seat(world, "control", await world.identity(), options);
      for (let request = 0; request < 2; request += 1) {
        await world.passTime(3);
        await connection.settle();
      }
      await standing(world, connection);
    },
    judge: (evidence) =>
      judgeStanding(evidence, "alive", "closed-early", "a connection that sent a request 3 s ago lives on for 5 s"),
  }),
  check<AunWorld>({
    id: "A71.long-unaffected",
    requirement: "A71",
    title: "short_ttl_ms means nothing on a long connection",
    needs: ["time"],
    traits: ["waits"],
    async drive(world) {
      const options = { options: { kind: "long", short_ttl_ms: 1000 } };
      const { connection } = await seat(world, "control", await world.identity(), options);
      await world.passTime(3);
      await standing(world, connection);
    },
    judge: (evidence) => judgeStanding(evidence, "alive", "closed", "a long connection that lives on"),
  }),
];

/** Long and short connections (A67 to A73). */
export const kinds: Section<AunWorld> = {
  id: "kinds",
  title: "Long and short connections",
  checks: [
    rpcAcceptance({
      id: "A67.default-long",
      requirement: "A67",
      title: "a connection without options, or without a kind, is a long one",
      control: (world: AunWorld) => plainConnect(world, long),
      attempt: async (world, { identity }) => [
        await connectWith(world, identity, {}),
        await connectWith(world, identity, { options: {} }),
      ],
      relations: [
        {
          reasonCode: "wrong-kind",
          expected: "connection.kind, where it is told, is long",
          broken(result) {
            const kind = member(member(result, "connection"), "kind");
            return kind === undefined || kind === "long" ? undefined : JSON.stringify(kind);
          },
        },
      ],
    }),
    rpcRefusal({
      id: "A67.unknown",
      requirement: "A67",
      level: "should",
      title: "another kind than long and short is refused",
      control: (world: AunWorld) => plainConnect(world, short),
      attempt: (world, { identity }) =>
        Promise.all(["medium", 7].map((kind) => connectWith(world, identity, { options: { kind } }))),
    }),
    ...besides.map(({ variant, title, first, second }) =>
      check<AunWorld>({
        id: `A68.${variant}`,
        requirement: "A68",
        title,
        async drive(world) {
          const identity = await world.identity();
          const place = { device: world.unique("device"), slot: "one" };
          const holder = await seat(world, "holder", identity, { ...place, ...first });
          await lookAtAll(world, [holder, await claim(world, "newcomer", identity, { ...place, ...second })]);
        },
        judge: (evidence) => judgeSideBySide(evidence),
      }),
    ),
    ...timeChecks,
    check<AunWorld>({
      id: "A72.not-online",
      requirement: "A72",
      title: "an AID that has only a short connection is not online",
      async drive(world) {
        const asker = await world.session();
        const identity = await world.identity();
        world.fact("aid", identity.aid);
        await seat(world, "short", identity, short);
        await askOnline(world, asker, "subject", identity.aid);
        await seat(world, "long", identity, long);
        await askOnline(world, asker, "control", identity.aid);
      },
      judge(evidence) {
        const { aid } = evidence.facts;
        const [subject] = markedCalls(evidence, "subject");
        const [control] = markedCalls(evidence, "control");
        const expected = "not online with a short connection, online with a long one";
        if (subject === undefined || control === undefined || saysOnline(control, aid) !== true) {
          const actual = control === undefined ? "no answer" : answerOfCall(control);
          const how = `not online with a long connection either: ${actual}`;
          return untested({ reasonCode: "control-refused", expected, actual: how, cause: "target" });
        }
        const exchanges = [...subject.frames, ...control.frames];
        if (saysOnline(subject, aid) !== true) return pass(exchanges);
        return violated({ reasonCode: "online", expected, actual: "online with a short connection only", exchanges });
      },
    }),
    check<AunWorld>({
      id: "A72.no-push",
      requirement: "A72",
      title: "messages are not pushed to short connections",
      async drive(world) {
        const sender = await world.session();
        const identity = await world.identity();
        const brief = await seat(world, "short", identity, short);
        const lasting = await seat(world, "long", identity, long);
        await deliverText(world, sender, identity.aid, "for the long one");
        await gather(world, [lasting, brief], () => pushedOn(lasting.connection).length > 0);
      },
      judge(evidence) {
        const expected = "a push to the long connection, and none to the short one";
        const exchanges = [...framesOf(evidence, "send"), ...inboxFrames(evidence, ["long", "short"])];
        if (timesIn(arrivalsIn(evidence, "long"), "for the long one") === 0) {
          const actual = "the long connection got nothing either";
          return untested({ reasonCode: "control-refused", expected, actual, exchanges, cause: "target" });
        }
        if (arrivalsIn(evidence, "short").length === 0) return pass(exchanges);
        return violated({ reasonCode: "pushed", expected, actual: "both got it", exchanges });
      },
    }),
    ...quotaChecks,
  ],
};
