import type { AunConnection, AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { answerOfCall } from "../engine/rpc.ts";
import { model } from "../kinds/model.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { deliveries } from "./shared/deliveries.ts";
import {
  type Claimed,
  claimOf,
  contestedBy,
  type Difference,
  type End,
  judgeStep,
  type Like,
  type Live,
  mayBeRefused,
  type Seen,
  type State,
  type Step,
  showsReading,
} from "./shared/place-model.ts";

/** How long a holder may outlive a newcomer that was let in, and how long an ended connection may go unnoticed, ms. */
const lagMs = 500;
/** So many challenges are waited for at once. */
const sparesAtOnce = 3;

interface Held extends Live {
  readonly connection: AunConnection;
}

/** What the drive holds: the AIDs of the walk, and the connections that were alive when they were last looked at. */
interface Real {
  /** By their numbers, made when they are wanted first. */
  readonly identities: Map<Claimed["aid"], Identity>;
  /** Before the names of devices, since walks may share an AID. */
  readonly prefix: string;
  /** Connections whose challenges come while others are looked at. */
  readonly spares: Promise<AunConnection>[];
  held: readonly Held[];
  made: number;
  /** Something has ended, and the target may not have noticed yet: our end of a close comes before its own. */
  ended: boolean;
}

function spare(world: AunWorld): Promise<AunConnection> {
  const coming = world.connection();
  // Whoever takes it hears of its failure; nobody may.
  coming.catch(() => {});
  return coming;
}

async function connect(world: AunWorld, real: Real, { aid, device, slot, kind, mode }: Claimed) {
  const identity = real.identities.get(aid) ?? (await world.identity());
  real.identities.set(aid, identity);
  real.spares.push(spare(world));
  const connection = await (real.spares.shift() ?? world.connection());
  const hello = await world.connect(connection, identity, {
    device: device === null ? null : `${real.prefix}-${device}`,
    slot,
    delivery: mode === "queue" ? deliveries.roundRobin : deliveries.fanout,
    options: { kind },
  });
  return { connection, hello };
}

/** Connects; after an end, a refusal that nothing explains is not the last word. */
async function connectPatiently(world: AunWorld, real: Real, claimed: Claimed) {
  const until = performance.now() + (real.ended ? lagMs : 0);
  for (;;) {
    const tried = await connect(world, real, claimed);
    const final = performance.now() >= until || mayBeRefused(real.held, claimed);
    if (final || grantedCall(tried.hello)) return tried;
    await tried.connection.drop();
    await world.wait(20);
  }
}

/** The connections that still answer. */
async function alive(held: readonly Held[]): Promise<readonly Held[]> {
  const answers = await Promise.all(held.map(({ connection }) => connection.call("meta.ping", {})));
  return held.filter((_, index) => {
    const answer = answers[index];
    return answer !== undefined && grantedCall(answer);
  });
}

async function end(real: Real, { end: how, which }: End): Promise<Seen> {
  const going = real.held[which % real.held.length];
  real.ended = true;
  await going?.connection[how]();
  real.held = await alive(real.held.filter((one) => one !== going));
  return { granted: true, answer: how, number: going?.number ?? 0, alive: numbers(real.held), frames: [] };
}

async function take(world: AunWorld, real: Real, step: Step): Promise<Seen> {
  if ("end" in step) return end(real, step);
  const before = real.held;
  const claimed = claimOf(before, step);
  const { connection, hello } = await connectPatiently(world, real, claimed);
  const granted = grantedCall(hello);
  const contested = contestedBy(before, claimed);
  real.made += 1;
  if (granted) {
    await Promise.all(contested.map((one) => one.connection.whenClosed(lagMs)));
    real.held = [...before, { ...claimed, number: real.made, connection }];
  } else {
    await connection.close();
  }
  real.held = await alive(real.held);
  if (showsReading(before, claimed) && !contested.some((one) => granted && real.held.includes(one))) {
    world.fact("reading", granted ? "replace" : "refuse");
  }
  return {
    granted,
    answer: answerOfCall(hello),
    number: real.made,
    alive: numbers(real.held),
    frames: hello.frames.map(({ id }) => id),
  };
}

const numbers = (held: readonly Held[]) => held.map(({ number }) => number);

/** What a target does with a newcomer whose place is taken, as the walks have seen it. */
function readingsIn({ cases = [] }: Evidence): readonly string[] {
  const readings = new Set(cases.flatMap(({ facts }) => (facts["reading"] === undefined ? [] : [facts["reading"]])));
  if (readings.size === 0) return [];
  return [
    `a newcomer whose place is taken: ${[...readings].map((reading) => phrases[String(reading)]).join(", and ")}`,
  ];
}

const phrases: Readonly<Record<string, string>> = {
  refuse: "is refused, as the documents say",
  replace: "replaces the holder",
};

const walked: Check<AunWorld> = model<State, Step, Seen, Real, AunWorld>({
  id: "A48.model",
  requirement: "A48",
  title: "in any order of connects and ends, exactly those connections live that may live side by side",
  longest: 14,
  size: "max",
  initial: { live: [] },
  steps: (fc) => {
    const connect = fc.record<{ connect: Claimed }>({
      connect: fc.record<Claimed>({
        aid: fc.constantFrom<Claimed["aid"]>(0, 0, 0, 1),
        device: fc.constantFrom<Claimed["device"]>("d1", "d1", "d1", "d2", null),
        slot: fc.constantFrom<Claimed["slot"]>(null, null, "s1", "s1", "s2"),
        kind: fc.constantFrom<Claimed["kind"]>("long", "long", "long", "short"),
        mode: fc.constantFrom<Claimed["mode"]>("fanout", "fanout", "queue"),
      }),
    });
    const like = fc.record<Like>({
      like: fc.nat(9),
      but: fc.constantFrom<Difference>(
        "nothing",
        "nothing",
        "nothing",
        "mode",
        "mode",
        "kind",
        "slot",
        "device",
        "aid",
      ),
    });
    const end = fc.record<End>({ end: fc.constantFrom<End["end"]>("close", "close", "drop"), which: fc.nat(9) });
    return [connect, like, like, like, end, end];
  },
  possible: ({ live }, step) => !("end" in step) || live.length > 0,
  begin(world) {
    const spares = Array.from({ length: sparesAtOnce }, () => spare(world));
    return { identities: new Map(), prefix: world.unique("walk"), spares, held: [], made: 0, ended: false };
  },
  take,
  async end(_world, { held, spares }) {
    await Promise.all(held.map(({ connection }) => connection.close()));
    for (const coming of await Promise.allSettled(spares)) if (coming.status === "fulfilled") await coming.value.drop();
  },
  next: judgeStep,
});

/** Connects and ends in any order, against a model of the connection rules (A47 to A51, A56, A57). */
export const placeModelCheck: Check<AunWorld> = {
  ...walked,
  judge(evidence) {
    const finding = walked.judge(evidence);
    return { ...finding, notes: [...finding.notes, ...readingsIn(evidence)] };
  },
};
