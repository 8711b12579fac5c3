import type { Handshake, ScopeOptions } from "../../drivers/handshake/agent.ts";
import type { Confirmation } from "../../drivers/handshake/user.ts";
import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import type { Reply } from "../../drivers/reply.ts";
import { answerOf } from "../../engine/granted.ts";
import { isObject, type Json, member, parseJson, text } from "../../engine/json.ts";
import { notTested } from "../../engine/stop.ts";

/** What a user was asked, as the judge gets it. */
export interface AskedUser {
  /** Id of the exchange. */
  readonly exchange: number;
  readonly clientDid: string;
  readonly requestId: string;
  readonly scopes: readonly string[];
  /** Of the message: what an agent's owner would look at. */
  readonly message: unknown;
}

/** Tells the judge what the users of the world's agents were asked (fact `asked`), in order. */
export function noteAsked(world: HandshakeWorld, confirmations: readonly Confirmation[]): void {
  world.fact(
    "asked",
    confirmations.map(({ exchange, clientDid, requestId, scopes, message }) => {
      return { exchange, clientDid, requestId, scopes, message: JSON.stringify(message) ?? "" };
    }),
  );
}

/** Reads the fact of {@link noteAsked}. */
export function askedIn(facts: Readonly<Record<string, Json>>): readonly AskedUser[] {
  const { asked } = facts;
  if (!Array.isArray(asked)) return [];
  return asked.filter(isObject).map((one) => {
    const exchange = member(one, "exchange");
    const scopes = member(one, "scopes");
    return {
      exchange: typeof exchange === "number" ? exchange : 0,
      clientDid: text(one, "clientDid") ?? "",
      requestId: text(one, "requestId") ?? "",
      scopes: Array.isArray(scopes) ? scopes.map(String) : [],
      message: parseJson(text(one, "message")),
    };
  });
}

const pollMs = 10;

/**
 * Sends a scope_request and waits until the user was asked or the answer came; the request itself may be open still.
 * Gives up when an exchange would.
 */
export async function untilAsked(
  world: HandshakeWorld,
  handshake: Handshake,
  { patienceMs = world.settings.timeoutMs, ...options }: AskingOptions = {},
): Promise<OpenRequest> {
  const { agent } = handshake;
  const before = agent.confirmations().length;
  let answered = false;
  const reply = handshake.request(options).finally(() => {
    answered = true;
  });
  // Whoever does not wait for the answer is not told how it failed.
  reply.catch(() => {});
  const givenUp = performance.now() + patienceMs;
  while (!answered && agent.confirmations().length === before && performance.now() < givenUp) await world.wait(pollMs);
  return { confirmation: agent.confirmations()[before], answered: () => answered, reply };
}

/**
 * Sends a scope_request that the user's answer decides. Stops the check as not-tested when nobody was asked: what a user
 * never answered says nothing of how his answers are taken.
 */
export async function requestAnswered(handshake: Handshake, options: ScopeOptions): Promise<Reply> {
  const { agent } = handshake;
  const before = agent.confirmations().length;
  const reply = await handshake.request(options);
  if (agent.confirmations().length === before) requireAsked(reply);
  return reply;
}

/** Ends the check: a scope_request was answered without asking the user; a target that is busy is told by its judge. */
export function requireAsked(reply: Reply): void {
  if (reply.status === 429 || reply.exchange.error !== null) return;
  throw notTested("not-asked", `the user was not asked: ${answerOf(reply.exchange)}`, {
    exchanges: [reply.exchange.id],
    cause: "target",
    mend: "see HS-14.reaches-user and HS-14.asked-again",
  });
}

export interface AskingOptions extends ScopeOptions {
  /** Default: as long as an exchange may take. */
  readonly patienceMs?: number;
}

/** A scope_request under way. */
export interface OpenRequest {
  /** undefined: nobody was asked. */
  readonly confirmation: Confirmation | undefined;
  /** Whether the answer has come. */
  readonly answered: () => boolean;
  readonly reply: Promise<Reply>;
}
