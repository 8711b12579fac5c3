import type { AunConnection, AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { answerOfCall } from "../engine/rpc.ts";
import { model } from "../kinds/model.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { deliveries } from "./shared/deliveries.ts";
import {
  type Claimed,
  contestedBy,
  identities,
  judgeStep,
  type Live,
  type Seen,
  type State,
  type Step,
} from "./shared/place-model.ts";

/** How long a holder may outlive a newcomer that was let in, and how long a cut connection may go unnoticed, ms. */
const lagMs = 500;

interface Held extends Live {
  readonly connection: AunConnection;
}

/** What the drive holds: the AIDs of the walk, and the connections that were alive when they were last looked at. */
interface Real {
  readonly identities: readonly Identity[];
  /** By the numbers of the walk, since generated names are not unique among walks of one AID. */
  readonly walk: string;
  held: readonly Held[];
  made: number;
  /** Something was cut off, and the target may not have noticed yet. */
  cut: boolean;
}

async function connect(world: AunWorld, real: Real, { aid, device, slot, kind, mode }: Claimed) {
  const identity = real.identities[aid] ?? (await world.identity());
  return world.tryConnect(identity, {
    device: device === null ? null : `${real.walk}-${device}`,
    slot,
    delivery: mode === "queue" ? deliveries.roundRobin : deliveries.fanout,
    options: { kind },
  });
}

/** Connects; after a cut, a refusal is not the last word. */
async function connectPatiently(world: AunWorld, real: Real, claimed: Claimed) {
  const until = performance.now() + (real.cut ? lagMs : 0);
  for (;;) {
    const tried = await connect(world, real, claimed);
    if (grantedCall(tried.hello) || performance.now() >= until) return tried;
    // Where a living connection has the place, waiting changes nothing.
    if (contestedBy(real.held, claimed).length > 0) return tried;
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

async function take(world: AunWorld, real: Real, step: Step): Promise<Seen> {
  if ("end" in step) {
    const going = real.held[step.which % real.held.length];
    if (step.end === "drop") real.cut = true;
    await (step.end === "drop" ? going?.connection.drop() : going?.connection.close());
    real.held = await alive(real.held.filter((one) => one !== going));
    return { granted: true, answer: step.end, number: going?.number ?? 0, alive: numbers(real.held), frames: [] };
  }
  const { connection, hello } = await connectPatiently(world, real, step.connect);
  const granted = grantedCall(hello);
  real.made += 1;
  const contested = contestedBy(real.held, step.connect);
  if (granted) {
    await Promise.all(contested.map((one) => one.connection.whenClosed(lagMs)));
    real.held = [...real.held, { ...step.connect, number: real.made, connection }];
  } else {
    await connection.close();
  }
  real.held = await alive(real.held);
  if (contested.length > 0) world.fact("reading", granted ? "replace" : "refuse");
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
  longest: 12,
  size: "max",
  initial: { live: [] },
  steps: (fc) => {
    const connects = fc.record({
      connect: fc.record<Claimed>({
        aid: fc.constantFrom(0, 0, 0, 1),
        device: fc.constantFrom<Claimed["device"]>("d1", "d1", "d2", null),
        slot: fc.constantFrom<Claimed["slot"]>(null, "s1", "s1", "s2"),
        kind: fc.constantFrom<Claimed["kind"]>("long", "long", "long", "short"),
        mode: fc.constantFrom<Claimed["mode"]>("fanout", "fanout", "queue"),
      }),
    });
    const ends = fc.record({ end: fc.constantFrom<"close" | "drop">("close", "close", "drop"), which: fc.nat(9) });
    return [connects, connects, connects, ends, ends];
  },
  possible: ({ live }, step) => "connect" in step || live.length > 0,
  begin: async (world) => ({
    identities: await Promise.all(identities.map(() => world.identity())),
    walk: world.unique("device"),
    held: [],
    made: 0,
    cut: false,
  }),
  take,
  end: async (_world, { held }) => {
    await Promise.all(held.map(({ connection }) => connection.close()));
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
