import type { CallOptions, Connection } from "../../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { Check, CheckRow } from "../../engine/check.ts";
import { header } from "../../engine/evidence.ts";
import { refusal } from "../../kinds/refusal.ts";
import { reachedBackend, type WatchMark, watchBackends } from "./backend-arrivals.ts";

/** A call that works, by an agent with these means. */
export interface WorkingCall {
  readonly reply: Reply;
  readonly connection: Connection;
}

interface RefusedCallRow<Control extends WorkingCall> extends CheckRow {
  /** The same call, granted; default: the first operation of the first scope. */
  readonly control: (world: HandshakeWorld) => Promise<Control>;
  /** Whatever makes the calls wrong, and the calls; or what was refused already, so that no call can be made. */
  readonly attempt: (world: HandshakeWorld, control: Control) => Promise<readonly Attempt[] | Reply>;
  /** After the attempts: that it was not something else that made them fail. */
  readonly afterwards?: (world: HandshakeWorld) => Promise<void>;
}

/** A call, and whose connection makes it. */
export interface Attempt extends CallOptions {
  readonly connection: Connection;
}

/** A finished handshake and a call of its agent. */
export async function workingCall({ agent }: HandshakeWorld): Promise<WorkingCall> {
  const connection = await agent.connected();
  return { reply: await agent.call(connection), connection };
}

/** Calls that are refused, and no backend hears of them (seen where the hook `backend_log` is configured). */
export function refusedCall<Control extends WorkingCall>(row: RefusedCallRow<Control>): Check<HandshakeWorld> {
  const { control, attempt, afterwards, id, requirement, title, needs = [], traits = [] } = row;
  return refusal<Control, HandshakeWorld>({
    id,
    requirement,
    title,
    needs: ["system-operations", ...needs],
    traits,
    control,
    async attempt(world, controlled) {
      const calls = await attempt(world, controlled);
      const { result, arrived = [] } = await watchBackends(world, async (query) => {
        const replies: Reply[] = [];
        if (!isCalls(calls)) return [calls];
        for (const call of calls) replies.push(await called(world, call, query));
        return replies;
      });
      world.fact("reached", arrived.length);
      await afterwards?.(world);
      return result;
    },
    sideEffects: [reachedBackend],
  });
}

function isCalls(calls: readonly Attempt[] | Reply): calls is readonly Attempt[] {
  return Array.isArray(calls);
}

/** Makes a call. A redirect to another path of the target hands out nothing by itself: what it leads to is the answer. */
async function called(world: HandshakeWorld, { connection, ...call }: Attempt, query: WatchMark): Promise<Reply> {
  const reply = await world.agent.call(connection, { ...call, query });
  const path = redirectedTo(world, reply);
  if (path === undefined) return reply;
  return world.agent.call(connection, { ...call, operation: `${reply.exchange.request.method} ${path}`, query });
}

/** The path below the target's base that an answer redirects to; undefined when it does not, or leads elsewhere. */
function redirectedTo({ base }: HandshakeWorld, { exchange, status }: Reply): string | undefined {
  const location = exchange.response === null ? undefined : header(exchange.response, "location");
  if (status < 300 || status > 399 || location === undefined) return undefined;
  if (!URL.canParse(location, exchange.request.url)) return undefined;
  const { origin, pathname } = new URL(location, exchange.request.url);
  const whole = `${origin}${pathname}`;
  return whole.startsWith(`${base}/`) ? whole.slice(base.length) : undefined;
}
