import type { AunWorld, ConnectOptions } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { type Claim, claim, framesOf, look, seat, standingOf } from "./shared/places.ts";

/** Connections that a target bears of a sort, as its clients' tests show. */
const quota = 10;
const names = Array.from({ length: quota + 1 }, (_, index) => `connection-${index + 1}`);
const [first = "", last = ""] = [names[0], names.at(-1)];

/** Makes one connection more than the quota allows, and looks at all that were granted. */
async function crowd(world: AunWorld, placeOf: (index: number) => ConnectOptions): Promise<void> {
  const identity = await world.identity();
  const claims: Claim[] = [await seat(world, first, identity, placeOf(0))];
  for (const [index, name] of names.entries()) {
    if (index === 0) continue;
    const made = await claim(world, name, identity, placeOf(index));
    if (!grantedCall(made.call)) break;
    claims.push(made);
  }
  // The oldest may give way a moment after the newest was let in.
  if (claims.length > quota) await claims[0]?.connection.whenClosed();
  await Promise.all(claims.map((made) => look(world, made)));
}

const slotsOfDevice = async (world: AunWorld) => {
  const device = world.unique("device");
  return crowd(world, (index) => ({ device, slot: `slot${index}` }));
};

interface Crowd {
  readonly granted: readonly string[];
  readonly alive: readonly string[];
  readonly exchanges: readonly { readonly id: number }[];
  /** What the first refused one was told. */
  readonly refusal: string | undefined;
  readonly told: string;
}

function crowdIn(evidence: Evidence): Crowd {
  const calls = names.flatMap((name) =>
    markedCalls(evidence, name)
      .slice(0, 1)
      .map((call) => ({ name, call })),
  );
  const granted = calls.filter(({ call }) => grantedCall(call)).map(({ name }) => name);
  const alive = granted.filter((name) => standingOf(evidence, name) === "alive");
  const refused = calls.find(({ call }) => !grantedCall(call));
  const refusal = refused && answerOfCall(refused.call);
  return {
    granted,
    alive,
    exchanges: framesOf(evidence, ...names),
    refusal,
    told: `${granted.length} connected, ${alive.length} alive${refusal === undefined ? "" : `; then ${refusal}`}`,
  };
}

interface Quota {
  readonly variant: string;
  readonly title: string;
  readonly drive: (world: AunWorld) => Promise<void>;
}

const quotas: readonly Quota[] = [
  { variant: "slots", title: "a device has ten slots at most", drive: slotsOfDevice },
  {
    variant: "devices",
    title: "an AID has ten devices at most",
    drive: (world) => crowd(world, () => ({ device: world.unique("device") })),
  },
];

/** How many connections there may be (A69, A73). */
export const quotaChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A69.limit",
    requirement: "A69",
    title: "a slot has room for ten short connections, and the eleventh is refused",
    async drive(world) {
      const place = { device: world.unique("device"), slot: "one", options: { kind: "short" } };
      await crowd(world, () => place);
    },
    judge(evidence) {
      const { granted, alive, exchanges, refusal, told } = crowdIn(evidence);
      const expected = `${quota} short connections, and no more`;
      if (granted.length === 0) {
        return untested({ reasonCode: "control-refused", expected, actual: told, cause: "target" });
      }
      if (granted.length < quota) {
        return violated({ reasonCode: "refused-early", expected, actual: told, exchanges });
      }
      if (alive.length > quota) return violated({ reasonCode: "accepted", expected, actual: told, exchanges });
      return pass(exchanges, [`the eleventh: ${refusal ?? "an older one gives way"}`]);
    },
  }),
  ...quotas.map(({ variant, title, drive }) =>
    check<AunWorld>({
      id: `A73.${variant}`,
      requirement: "A73",
      title,
      drive,
      judge(evidence) {
        const { granted, alive, exchanges, told } = crowdIn(evidence);
        const expected = `at most ${quota} connections live`;
        if (granted.length === 0) {
          return untested({ reasonCode: "control-refused", expected, actual: told, cause: "target" });
        }
        if (alive.length <= quota) return pass(exchanges, [told]);
        return violated({ reasonCode: "no-limit", expected, actual: told, exchanges });
      },
    }),
  ),
  check<AunWorld>({
    id: "A73.newest-evicted",
    requirement: "A73",
    title: "when there are too many, the oldest gives way or the newest is refused",
    drive: slotsOfDevice,
    judge(evidence) {
      const { granted, alive, exchanges, told } = crowdIn(evidence);
      const expected = "all but the oldest live, or all that came before the refused one";
      if (granted.length === 0) {
        return untested({ reasonCode: "control-refused", expected, actual: told, cause: "target" });
      }
      const gone = granted.filter((name) => !alive.includes(name));
      const wrongly = granted.includes(last) ? gone.filter((name) => name !== first) : gone;
      if (wrongly.length === 0) return pass(exchanges, [told]);
      const actual = `${told}; gone: ${gone.join(", ")}`;
      return violated({ reasonCode: "wrong-eviction", expected, actual, exchanges });
    },
  }),
];
