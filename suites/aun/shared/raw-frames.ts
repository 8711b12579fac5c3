import type { AunConnection, AunWorld, Framing, Identity, Received, Session } from "../../drivers/aun/world.ts";
import type { Evidence } from "../../engine/evidence.ts";
import { type Finding, pass, violated } from "../../engine/finding.ts";
import { text } from "../../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../../engine/rpc.ts";
import { grantedCall, requireResult } from "../../kinds/rpc-control.ts";

/** How long an answer may come behind that to a later ping, ms: responses need not keep the order of the requests. */
const usualGraceMs = 500;

/** The ids of pings that show that something else was not answered. */
const barrierPrefix = "barrier-";

/** A request of the plainest method, as text. */
export function pingText(id: string, params: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ jsonrpc: "2.0", id, method: "meta.ping", params });
}

/** True for whatever answers a frame: everything but pushes and the answers to the kit's own pings behind it. */
export function isAnswer({ method, message }: Received): boolean {
  return method === undefined && !(text(message, "id") ?? "").startsWith(barrierPrefix);
}

/**
 * Sends a frame of any shape, and gives what the target answers to it, whatever its id. Silence is shown by a ping that
 * is answered although it came later, and by `graceMs` behind that.
 */
export async function answerTo(
  world: AunWorld,
  connection: AunConnection,
  data: string | Buffer,
  { graceMs = usualGraceMs, ...framing }: Framing & { readonly graceMs?: number | undefined } = {},
): Promise<RpcCall> {
  const request = connection.send(data, framing);
  const id = world.unique(barrierPrefix);
  await connection.call("meta.ping", {}, { id, timeoutMs: world.patience });
  return connection.answer(request, isAnswer, graceMs);
}

/** A session that answered a ping: the positive control of everything that is sent on it. */
export async function pinged(world: AunWorld): Promise<{ readonly call: RpcCall; readonly session: Session }> {
  const session = await world.session();
  return { call: await session.call("meta.ping", {}), session };
}

/** The same session, or a new one of its AID where the target has closed it. */
export async function stillOpen(world: AunWorld, session: Session): Promise<Session> {
  return session.isOpen ? session : world.session(session.identity);
}

/** Frames of any shape one after the other, each on an open session. */
export async function answersTo(
  world: AunWorld,
  session: Session,
  frames: readonly string[],
): Promise<readonly RpcCall[]> {
  const calls: RpcCall[] = [];
  let open = session;
  for (const frame of frames) {
    open = await stillOpen(world, open);
    calls.push(await answerTo(world, open, frame));
  }
  return calls;
}

/** A ping that must be granted before anything else (role `control`). */
export async function controlPing(world: AunWorld): Promise<Session> {
  const { call, session } = await pinged(world);
  world.mark("control", call);
  requireResult(call, "control");
  return session;
}

/** Tries whether the gateway still serves: a new connection, auth.connect and a ping (role `alive`). Ends no check. */
export async function lookAlive(world: AunWorld, identity: Identity): Promise<boolean> {
  const connection = await world.dial();
  world.mark("alive", connection.opening);
  // As long as any first frame is waited for: what came before may keep a gateway busy that is not gone.
  const challenge = await connection.take(({ method }) => method === "challenge");
  if (challenge === undefined) return false;
  await world.connect(connection, identity);
  const ping = await connection.call("meta.ping", {});
  world.mark("alive", ping);
  await connection.close();
  return grantedCall(ping);
}

/** Judges that every {@link lookAlive} found the gateway serving: `gone`. */
export function judgeAlive(evidence: Evidence, looks = 1): Finding {
  const calls = markedCalls(evidence, "alive").filter(({ request }) => request?.kind !== "open");
  const exchanges = calls.flatMap(({ frames }) => frames);
  if (calls.filter(grantedCall).length >= looks) return pass(exchanges);
  const [dead] = calls.filter((call) => !grantedCall(call));
  return violated({
    reasonCode: "gone",
    expected: "the gateway serves a new connection afterwards",
    actual: dead === undefined ? "a new connection gets no challenge" : answerOfCall(dead),
    exchanges,
  });
}
