import type { Move } from "../../kinds/model.ts";

/** What a connect asks for. A type and not an interface: it goes into the evidence as JSON. */
export type Claimed = {
  readonly aid: 0 | 1;
  /** null: names none. */
  readonly device: "d1" | "d2" | null;
  readonly slot: "s1" | "s2" | null;
  readonly kind: "long" | "short";
  readonly mode: "fanout" | "queue";
};

/** In what a newcomer differs from one that lives; `nothing`: it wants the very same place. */
export type Difference = "nothing" | "mode" | "kind" | "slot" | "device" | "aid";

/** A newcomer like one that lives, or like the usual one where none does; `like` counts around. */
export type Like = { readonly like: number; readonly but: Difference };

/** The end of one that lives. */
export type End = { readonly end: "close" | "drop"; readonly which: number };

export type Step = { readonly connect: Claimed } | Like | End;

/** A connection by the number that its connect got. */
export type Live = Claimed & { readonly number: number };

export type Seen = {
  readonly granted: boolean;
  readonly answer: string;
  /** Of the connection that came or went. */
  readonly number: number;
  /** Who answers after the step. */
  readonly alive: readonly number[];
  readonly frames: readonly number[];
};

/** What becomes of a newcomer whose place is taken (positions, B13). */
export type Reading = "refuse" | "replace";

/** The living connections, and which reading the target has followed so far, for devices without slot and for slots. */
export interface State {
  readonly live: readonly Live[];
  readonly singleton?: Reading;
  readonly slot?: Reading;
}

function otherSlot(one: Claimed): Claimed {
  return { ...one, slot: one.slot === "s1" ? "s2" : "s1" };
}

/** The same with one member changed; the other mode comes in another slot, where nothing else is in its way. */
const differing: Readonly<Record<Difference, (one: Claimed) => Claimed>> = {
  nothing: (one) => one,
  mode: (one) => ({ ...otherSlot(one), mode: one.mode === "queue" ? "fanout" : "queue" }),
  kind: (one) => ({ ...one, kind: one.kind === "long" ? "short" : "long" }),
  slot: otherSlot,
  device: (one) => ({ ...one, device: one.device === "d1" ? "d2" : "d1" }),
  aid: (one) => ({ ...one, aid: one.aid === 0 ? 1 : 0 }),
};

const usual: Claimed = { aid: 0, device: "d1", slot: null, kind: "long", mode: "fanout" };

/** What a step connects with, those that live being given. */
export function claimOf(live: readonly Claimed[], step: { readonly connect: Claimed } | Like): Claimed {
  if ("connect" in step) return step.connect;
  const { aid, device, slot, kind, mode } = live[step.like % live.length] ?? usual;
  return differing[step.but]({ aid, device, slot, kind, mode });
}

/** The living connections whose place a newcomer wants (AUN docs 03 § 3.5). */
export function contestedBy<One extends Claimed>(live: readonly One[], newcomer: Claimed): readonly One[] {
  return live.filter((one) => sharesPlace(one, newcomer) && one.kind === "long" && newcomer.kind === "long");
}

function sharesPlace(one: Claimed, other: Claimed): boolean {
  return one.aid === other.aid && one.device === other.device && one.slot === other.slot && one.device !== null;
}

/**
 * Those about which the documents say nothing, so that either may give way: short connections beside others of their slot,
 * and clients that name no device (positions, B28).
 */
function looselyContestedBy(live: readonly Live[], newcomer: Claimed): readonly Live[] {
  return live.filter(
    (one) =>
      (sharesPlace(one, newcomer) && (one.kind === "short" || newcomer.kind === "short")) ||
      (one.aid === newcomer.aid && one.device === null && newcomer.device === null),
  );
}

function otherModeThan(live: readonly Live[], newcomer: Claimed): readonly Live[] {
  return live.filter(({ aid, mode }) => aid === newcomer.aid && mode !== newcomer.mode);
}

/** The documents forbid it, or leave it open, whoever has its place. */
function refusedAnyway(live: readonly Live[], newcomer: Claimed): boolean {
  const slotAlone = newcomer.device === null && newcomer.slot !== null;
  return slotAlone || otherModeThan(live, newcomer).length > 0 || looselyContestedBy(live, newcomer).length > 0;
}

/** Whether a conforming target may refuse it, by any reading. */
export function mayBeRefused(live: readonly Live[], newcomer: Claimed): boolean {
  return refusedAnyway(live, newcomer) || contestedBy(live, newcomer).length > 0;
}

/** Whether what becomes of it shows the reading that the target follows. */
export function showsReading(live: readonly Live[], newcomer: Claimed): boolean {
  return contestedBy(live, newcomer).length > 0 && !refusedAnyway(live, newcomer);
}

/** The state after a step, or why no conforming target does what was seen. Pure. */
export function judgeStep(state: State, step: Step, seen: Seen): Move<State> {
  return "end" in step ? judgeEnd(state, seen) : judgeConnect(state, claimOf(state.live, step), seen);
}

function judgeEnd(state: State, seen: Seen): Move<State> {
  return after(
    state,
    state.live.filter(({ number }) => number !== seen.number),
    [],
    seen,
  );
}

function judgeConnect(state: State, newcomer: Claimed, seen: Seen): Move<State> {
  const { live } = state;
  const contested = contestedBy(live, newcomer);
  const loose = looselyContestedBy(live, newcomer);
  // The mode of one that is replaced counts no more, and the documents are silent on short ones.
  const isLong = newcomer.kind === "long";
  const otherMode = isLong
    ? otherModeThan(live, newcomer).filter((one) => one.kind === "long" && !contested.includes(one))
    : [];
  const slotAlone = newcomer.device === null && newcomer.slot !== null;
  const place = newcomer.slot === null ? "singleton" : "slot";
  const reading = state[place];

  if (!seen.granted) {
    const isFree = !mayBeRefused(live, newcomer);
    const replacesElse = reading === "replace" && showsReading(live, newcomer);
    if (isFree || replacesElse) return wrong("refused", "auth.connect is granted", seen, live);
    const shown = showsReading(live, newcomer) ? { [place]: "refuse" as const } : {};
    return after({ ...state, ...shown }, live, [], seen);
  }
  if (slotAlone) return wrong("wrongly-accepted", "a slot without a device is refused", seen, live);
  if (otherMode.length > 0) return wrong("wrongly-accepted", "another delivery mode is refused", seen, live);
  const staying = contested.filter(({ number }) => seen.alive.includes(number));
  if (staying.length > 0) return wrong("both-alive", "one place has one connection", seen, live);
  if (contested.length > 0 && reading === "refuse") {
    return wrong("wrongly-accepted", "a taken place is refused as it was before", seen, live);
  }
  const shown = contested.length > 0 ? { [place]: "replace" as const } : {};
  const going = [...contested, ...loose];
  const next = [...live.filter((one) => !contested.includes(one)), { ...newcomer, number: seen.number }];
  return after({ ...state, ...shown }, next, going, seen);
}

/** The state with those who live now, unless one is gone that nothing has ended. */
function after(state: State, live: readonly Live[], mayGo: readonly Live[], seen: Seen): Move<State> {
  const lost = live.filter((one) => !seen.alive.includes(one.number) && !mayGo.includes(one));
  if (lost.length > 0) return wrong("lost", "nobody else is affected", seen, live);
  return { state: { ...state, live: live.filter(({ number }) => seen.alive.includes(number)) } };
}

function wrong(reasonCode: string, expected: string, seen: Seen, live: readonly Live[]): Move<State> {
  const shown = (numbers: readonly number[]) => (numbers.length === 0 ? "none" : numbers.join(", "));
  return {
    reasonCode,
    expected,
    actual: `connection ${seen.number}: ${seen.answer}; expected alive ${shown(live.map(({ number }) => number))}, alive ${shown(seen.alive)}`,
    exchanges: seen.frames.map((id) => ({ id })),
  };
}
