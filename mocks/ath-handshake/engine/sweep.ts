import { DRIFT_MS } from "../rules/message.ts";
import type { HandshakeContext } from "./context.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How often what is dead is looked for. */
const INTERVAL = MINUTE / 2;
/** A dead handshake is known for a while, so that an agent is told what became of it. */
const HANDSHAKE_GRACE = 2 * DRIFT_MS;
/** A DID that was not used for so long may have another key. */
const KEY_LIFE = 30 * DAY;
/** Longer than any credential is meant to live. */
const REVOCATION_LIFE = 30 * DAY;

function dropWhere<Value>(map: Map<string, Value>, isDead: (value: Value) => boolean): void {
  for (const [key, value] of map) if (isDead(value)) map.delete(key);
}

function sweep({ rules, state }: HandshakeContext, now: number): void {
  dropWhere(
    state.handshakes,
    ({ stage, expiresAt }) => !rules["order.isAlive"]({ stage, expiresAt: expiresAt + HANDSHAKE_GRACE, now }),
  );
  dropWhere(state.confirmations, ({ expiresAt }) => expiresAt + HANDSHAKE_GRACE <= now);
  // A little longer than a token lives: it may have to be told from one that was never issued.
  dropWhere(state.tokens, ({ expiresAt }) => expiresAt + HOUR <= now);
  dropWhere(state.rates, ({ startedAt, lengthMs }) => startedAt + lengthMs <= now);
  dropWhere(state.agentKeys, ({ usedAt }) => usedAt + KEY_LIFE <= now);
  dropWhere(state.revocations, (at) => at + REVOCATION_LIFE <= now);
}

/** Gives the function that is called with each request and now and then drops what is dead. */
export function sweeper(context: HandshakeContext): () => void {
  let next = 0;
  return () => {
    const now = context.clock.now();
    // A clock that was set back starts anew.
    if (now < next && next - now <= INTERVAL) return;
    next = now + INTERVAL;
    sweep(context, now);
  };
}
