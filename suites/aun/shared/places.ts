import type { AunConnection, AunWorld, ConnectOptions, Identity } from "../../drivers/aun/world.ts";
import { type Evidence, markedFrames } from "../../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { answerOfCall, closeOf, markedCalls, type RpcCall } from "../../engine/rpc.ts";
import { grantedCall, requireResult } from "../../kinds/rpc-control.ts";
import { judgeRefusal } from "../../kinds/rpc-refusal.ts";

/** A connection that asked for a place; its frames have roles that begin with `name`. */
export interface Claim {
  readonly name: string;
  readonly call: RpcCall;
  readonly connection: AunConnection;
}

/** Two connections that are to be compared, by their names. */
export interface Pair {
  readonly holder: string;
  readonly newcomer: string;
}

/** Holder and newcomer of checks that compare one pair only. */
export const onePair: Pair = { holder: "holder", newcomer: "newcomer" };

/** How a connection stands: `deaf` when it is open and its pings are refused or not answered. */
export type Standing = "alive" | "ended" | "deaf";

/** A connect on a connection of its own, whatever comes of it (role `<name>`). */
export async function claim(
  world: AunWorld,
  name: string,
  identity: Identity,
  options: ConnectOptions,
): Promise<Claim> {
  const { connection, hello } = await world.tryConnect(identity, options);
  world.mark(name, hello);
  return { name, call: hello, connection };
}

/** The same; ends the check when it is refused. */
export async function seat(world: AunWorld, name: string, identity: Identity, options: ConnectOptions): Promise<Claim> {
  const claimed = await claim(world, name, identity, options);
  requireResult(claimed.call, "control");
  return claimed;
}

/** Records how a connection stands: its answer to a ping, and its end (roles `<name>-ping`, `<name>-end`). */
export async function look(world: AunWorld, { name, connection }: Pick<Claim, "name" | "connection">): Promise<void> {
  const ping = await connection.call("meta.ping", {});
  world.mark(`${name}-ping`, ping);
  if (connection.isOpen) return;
  const end = await connection.whenClosed();
  if (end !== undefined) world.mark(`${name}-end`, end);
}

/** Records how connections stand that should live side by side; the latest is asked first, so that the others have time. */
export async function lookAtAll(world: AunWorld, claims: readonly Claim[]): Promise<void> {
  for (const one of claims.toReversed()) await look(world, one);
}

/** Somebody wants the place of a holder; records what becomes of both. */
export async function contend(
  world: AunWorld,
  holder: Claim,
  name: string,
  identity: Identity,
  options: ConnectOptions,
): Promise<Claim> {
  const newcomer = await claim(world, name, identity, options);
  // Where the newcomer replaces the holder, the holder's end may come a moment later.
  if (grantedCall(newcomer.call)) await holder.connection.whenClosed();
  await look(world, holder);
  await look(world, newcomer);
  return newcomer;
}

/**
 * Connects again after a holder is gone. The target may notice an end late, that of a close too, whose last word is ours;
 * so a refusal is not the last word.
 */
export async function tryFreed(world: AunWorld, identity: Identity, options: ConnectOptions) {
  const until = performance.now() + world.patience;
  for (;;) {
    const tried = await world.tryConnect(identity, options);
    if (grantedCall(tried.hello) || performance.now() > until) return tried;
    await tried.connection.close();
    await world.wait(25);
  }
}

/** The same, with the role `<name>`. */
export async function claimFreed(
  world: AunWorld,
  name: string,
  identity: Identity,
  options: ConnectOptions,
): Promise<Claim> {
  const { connection, hello } = await tryFreed(world, identity, options);
  world.mark(name, hello);
  return { name, call: hello, connection };
}

/** How a connection stood when it was looked at. */
export function standingOf(evidence: Evidence, name: string): Standing {
  if (markedFrames(evidence, `${name}-end`).length > 0) return "ended";
  const [ping] = markedCalls(evidence, `${name}-ping`);
  return ping !== undefined && grantedCall(ping) ? "alive" : "deaf";
}

/** The frames that show what became of the connections. */
export function framesOf(evidence: Evidence, ...names: readonly string[]) {
  return names.flatMap((name) => ["", "-ping", "-end"].flatMap((suffix) => markedFrames(evidence, `${name}${suffix}`)));
}

/** One line on a connection. */
function told(evidence: Evidence, name: string): string {
  const [end] = markedFrames(evidence, `${name}-end`);
  return `${name}: ${end === undefined ? standingOf(evidence, name) : `ended, ${closeOf(end)}`}`;
}

/** Nothing can be said of a pair whose first connection was refused. */
function unseated(evidence: Evidence, holder: string, expected: string): Finding | undefined {
  const [first] = markedCalls(evidence, holder);
  if (first !== undefined && grantedCall(first)) return undefined;
  const actual = first === undefined ? "no granted positive control" : answerOfCall(first);
  return untested({ reasonCode: "control-refused", expected, actual, cause: "target" });
}

/**
 * Judges that of two connections which want one place exactly one lives: the newcomer is refused, with the documented
 * message where it is given, or it replaces the holder (positions, B13).
 */
export function judgeContest(evidence: Evidence, { holder, newcomer }: Pair, message?: string): Finding {
  const expected = "exactly one of the two connections lives";
  const [second] = markedCalls(evidence, newcomer);
  const unseatedFirst = unseated(evidence, holder, expected);
  if (unseatedFirst !== undefined) return unseatedFirst;
  if (second === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no second connect" });
  const exchanges = framesOf(evidence, holder, newcomer);
  const actual = `${told(evidence, holder)}; ${told(evidence, newcomer)}; auth.connect gave ${answerOfCall(second)}`;
  const isIn = grantedCall(second) && standingOf(evidence, newcomer) === "alive";
  const isStill = standingOf(evidence, holder) === "alive";
  if (isIn && isStill) return violated({ reasonCode: "both-alive", expected, actual, exchanges });
  if (!isIn && !isStill) return violated({ reasonCode: "neither-alive", expected, actual, exchanges });
  if (isIn) return pass(exchanges, ["a newcomer replaces the connection that holds its place"]);
  const refusal = judgeRefusal(second, message === undefined ? {} : { message });
  if (refusal.outcome !== "pass") return refusal;
  return pass(exchanges, [`a newcomer is refused where its place is taken: ${answerOfCall(second)}`]);
}

/** Judges that connections live side by side: `refused`, `no-answer`, `displaced`. */
export function judgeSideBySide(evidence: Evidence, pairs: readonly Pair[] = [onePair]): Finding {
  const expected = "both connections live";
  for (const { holder, newcomer } of pairs) {
    const unseatedFirst = unseated(evidence, holder, expected);
    if (unseatedFirst !== undefined) return unseatedFirst;
    const [second] = markedCalls(evidence, newcomer);
    if (second === undefined) {
      return untested({ reasonCode: "nothing-recorded", expected, actual: "no second connect" });
    }
    const exchanges = framesOf(evidence, holder, newcomer);
    if (!grantedCall(second)) {
      const reasonCode = second.outcome === "error" || second.outcome === "result" ? "refused" : "no-answer";
      return violated({ reasonCode, expected, actual: answerOfCall(second), exchanges });
    }
    const gone = [holder, newcomer].filter((name) => standingOf(evidence, name) !== "alive");
    if (gone.length === 0) continue;
    const actual = gone.map((name) => told(evidence, name)).join("; ");
    return violated({ reasonCode: "displaced", expected, actual, exchanges });
  }
  return pass(pairs.flatMap(({ holder, newcomer }) => framesOf(evidence, holder, newcomer)));
}

/** The first finding that is no pass; else one pass with all notes. */
export function allHold(findings: readonly Finding[]): Finding {
  const other = findings.find(({ outcome }) => outcome !== "pass");
  if (other !== undefined) return other;
  return pass(
    findings.flatMap(({ exchanges }) => exchanges.map((id) => ({ id }))),
    [...new Set(findings.flatMap(({ notes }) => notes))],
  );
}
