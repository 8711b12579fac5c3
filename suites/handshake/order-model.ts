import type { Handshake, Offer } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { answerOf } from "../engine/granted.ts";
import { text } from "../engine/json.ts";
import { type Move, model } from "../kinds/model.ts";

/**
 * What an agent may send in a handshake that is open. `restart`: handshake_request again, under the id that is there;
 * `prove-other`: a proof over the nonce of the other handshake.
 */
type Act = "restart" | "prove" | "prove-other" | "request" | "complete";
type Place = "A" | "B";

/** The acts that lead on stand here twice, so that sequences get somewhere. */
const acts: readonly Act[] = ["restart", "prove-other", "prove", "prove", "request", "request", "complete", "complete"];

/** A type and not an interface: it goes into the evidence as JSON. `replay`: the last message of its kind, byte for byte. */
type Taken = { readonly act: Act; readonly place: Place; readonly how: "fresh" | "replay" };

type Seen = {
  readonly granted: boolean;
  /** An agent has one handshake at a time here: a new one ends the one before. */
  readonly latestOnly: boolean;
  readonly answer: string;
  readonly exchange: number;
  /** The token is one that this handshake gave before. */
  readonly oldToken: boolean;
};

/** How far a handshake has come; `over`: finished or failed. */
type Stage = "opened" | "proven" | "scoped" | "over";

interface State {
  readonly stages: Readonly<Record<Place, Stage>>;
  /** Which messages of each place were sent, so that they can be sent again. */
  readonly sent: readonly string[];
  /** Places where something may have ended the handshake. It goes on or it is over, and nothing else. */
  readonly shaken: readonly Place[];
}

/** What the drive holds: the handshakes, and the last message of each kind. */
interface Real {
  readonly handshakes: Readonly<Record<Place, Handshake & { readonly offer: Offer }>>;
  readonly sent: Map<string, Reply>;
  readonly tokens: Set<string>;
  readonly latestOnly: boolean;
}

const other = { A: "B", B: "A" } as const;

/** What an act does at each stage: the next stage when it is due, `either` where both answers are right, or a refusal. */
const rules: Readonly<
  Record<Exclude<Act, "restart" | "prove-other">, Readonly<Partial<Record<Stage, Stage | "either">>>>
> = {
  prove: { opened: "proven", proven: "either", scoped: "either" },
  request: { proven: "scoped", scoped: "either" },
  complete: { scoped: "over" },
};

function messageOf({ act, place }: Taken): string {
  return `${act} ${place}`;
}

/** A message must be sent before it can be sent again. */
function possible({ sent }: State, step: Taken): boolean {
  return step.how === "fresh" || sent.includes(messageOf(step));
}

/** The state after a step, or what is wrong with the answer. */
function next(state: State, step: Taken, seen: Seen): Move<State> {
  const { act, place, how } = step;
  const stage = state.stages[place];
  const sent = [...state.sent, messageOf(step)];
  const to = (reached: Stage, shaken = state.shaken): Move<State> => {
    return { state: { stages: { ...state.stages, [place]: reached }, sent, shaken } };
  };
  // A refusal of what is not due may end the handshake (HS-8 knows both readings).
  const stay = () => to(stage, seen.granted ? state.shaken : [...state.shaken, place]);
  const broken = (expected: string): Move<State> => ({
    reasonCode: "order-broken",
    expected,
    actual: `${seen.answer}; the handshake was ${stage}`,
    exchanges: [{ id: seen.exchange }],
  });

  // It may be refused or open another handshake; the one that is there stays as it is.
  if (act === "restart") return to(stage, seen.latestOnly && seen.granted ? [...state.shaken, place] : state.shaken);
  if (act === "prove-other") {
    if (seen.granted) return broken("a proof over another handshake's nonce is refused");
    return stage === "opened" ? to("over") : stay();
  }
  const due = rules[act][stage];
  // A proof is the same proof when it is sent again; before it was due it could not have been made otherwise.
  if (due === "either") return stay();
  if (due === undefined) {
    if (!seen.granted || (act === "complete" && seen.oldToken)) return stay();
    return broken(`${act} (${how}) is refused where it is not due`);
  }
  // The same bytes were refused before: a gateway may remember them.
  if (how === "replay" && !seen.granted) return stay();
  if (!seen.granted && state.shaken.includes(place)) return to("over");
  return seen.granted ? to(due) : broken(`${act} is granted where it is due, whatever was refused before`);
}

/** One valid handshake for all sequences of a run: a target that refuses even that has no order to be judged. */
const control = new WeakMap<HandshakeWorld["generation"], Promise<unknown>>();

async function served({ agent, generation }: HandshakeWorld): Promise<void> {
  const connected = control.get(generation) ?? agent.connected();
  control.set(generation, connected);
  await connected;
}

/** Whether a new handshake of an agent ends the one before; found out once for all sequences of a run. */
const latestOnly = new WeakMap<HandshakeWorld["generation"], Promise<boolean>>();

function keepsLatestOnly({ newAgent, generation }: HandshakeWorld): Promise<boolean> {
  const find = async () => {
    const agent = newAgent();
    const [first] = [await agent.opened(), await agent.opened()];
    return !(await first.prove()).granted;
  };
  const found = latestOnly.get(generation) ?? find();
  latestOnly.set(generation, found);
  return found;
}

async function take(world: HandshakeWorld, real: Real, step: Taken): Promise<Seen> {
  const reply = await send(world, real, step);
  real.sent.set(messageOf(step), reply);
  const token = text(reply.json, "access_token");
  const oldToken = token !== undefined && real.tokens.has(token);
  if (reply.granted && token !== undefined) real.tokens.add(token);
  const { latestOnly: latest } = real;
  return {
    granted: reply.granted,
    latestOnly: latest,
    answer: answerOf(reply.exchange),
    exchange: reply.exchange.id,
    oldToken,
  };
}

async function send(world: HandshakeWorld, { handshakes, sent }: Real, step: Taken): Promise<Reply> {
  const { act, place, how } = step;
  const before = how === "replay" ? sent.get(messageOf(step)) : undefined;
  if (before !== undefined) return world.repeat(before);
  const handshake = handshakes[place];
  if (act === "restart") return (await handshake.agent.hello({ handshakeId: handshake.offer.handshakeId })).reply;
  if (act === "prove") return handshake.prove();
  if (act === "prove-other") return handshake.prove({ over: handshakes[other[place]].offer.nonce });
  return act === "request" ? handshake.request() : handshake.complete();
}

/** Two handshakes, of one agent where it may have two, in any order (HS-8). */
export const orderModelCheck: Check<HandshakeWorld> = model<State, Taken, Seen, Real, HandshakeWorld>({
  id: "HS-8.model",
  requirement: "HS-8",
  title: "in any order of messages a token comes only through the right one, and nothing wrong disturbs it",
  longest: 14,
  size: "max",
  initial: { stages: { A: "opened", B: "opened" }, sent: [], shaken: [] },
  steps: (fc) => {
    const place = fc.constantFrom<Place>("A", "B");
    const fresh = acts.map((act) =>
      fc.record({ act: fc.constant(act), place, how: fc.constant<"fresh" | "replay">("fresh") }),
    );
    const replayed = fc.record({
      act: fc.constantFrom<Act>("prove", "request", "complete"),
      place,
      how: fc.constant<"fresh" | "replay">("replay"),
    });
    return [...fresh, replayed];
  },
  possible,
  begin: async (world) => {
    await served(world);
    const { agent } = world;
    const latest = await keepsLatestOnly(world);
    // Two handshakes of one agent are harder to keep apart than those of two.
    const handshakes = { A: await agent.opened(), B: await (latest ? world.newAgent() : agent).opened() };
    return { handshakes, sent: new Map(), tokens: new Set(), latestOnly: latest };
  },
  take,
  next,
});
