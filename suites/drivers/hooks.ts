import { answerOf } from "../engine/granted.ts";
import type { Json } from "../engine/json.ts";
import { parseJson } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import type { Reply } from "./reply.ts";
import type { HookRequest } from "./settings.ts";
import type { Wire } from "./wire.ts";

/** Calls a hook of the target's operator; `fill` replaces {name}s in the body. Ends the check when the hook fails. */
export async function callHook(
  wire: Wire,
  name: string,
  hook: HookRequest | undefined,
  fill: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  if (hook === undefined) {
    throw notTested("hook-missing", `the check needs the hook ${name}, which is not configured`, {
      cause: "configuration",
      mend: `configure hooks.${name}`,
    });
  }
  const { method, url, headers, body } = hook;
  const filled = Object.entries(fill).reduce((text, [key, value]) => text?.replaceAll(`{${key}}`, value), body);
  const request = { from: "operator", to: "target", purpose: "hook", method, url } as const;
  const reply = await wire.send({
    ...request,
    headers: Object.entries(headers),
    ...(filled === undefined ? {} : { body: Buffer.from(filled) }),
  });
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw notTested("hook-failed", `the hook ${name} answered ${answerOf(reply.exchange)}`, {
    cause: "configuration",
    exchanges: [reply.exchange.id],
    mend: `check hooks.${name}: its URL, method, headers and body`,
  });
}

/** Moves the target's clock forward. */
export async function advanceTargetClock(wire: Wire, hook: HookRequest | undefined, seconds: number): Promise<void> {
  await callHook(wire, "clock", hook, { seconds: String(seconds) });
}

/** The entries of the audit log: JSON lines, one JSON array, or an object with one array in it. */
export function readAuditLog(wire: Wire, hook: HookRequest | undefined): Promise<readonly Json[]> {
  return readLog(wire, "audit", hook);
}

/** The entries of a log that a hook gives out, oldest first; in the forms of {@link readAuditLog}. */
export async function readLog(wire: Wire, name: string, hook: HookRequest | undefined): Promise<readonly Json[]> {
  const reply = await callHook(wire, name, hook);
  const text = reply.bytes.toString("utf8");
  const entries = entriesOf(text);
  if (entries !== undefined) return entries;
  throw notTested("hook-failed", `the hook ${name} answered neither JSON lines nor a JSON array`, {
    cause: "configuration",
    exchanges: [reply.exchange.id],
    mend: `check hooks.${name}`,
  });
}

function entriesOf(text: string): readonly Json[] | undefined {
  const whole = parseJson(text);
  if (isJson(whole)) {
    if (Array.isArray(whole)) return whole;
    const arrays = typeof whole === "object" && whole !== null ? Object.values(whole).filter(Array.isArray) : [];
    return arrays.length === 1 ? arrays[0] : [whole];
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const parsed = lines.map((line) => parseJson(line));
  return parsed.every(isJson) ? parsed : undefined;
}

/** What JSON.parse gives is JSON; undefined stands for "it was none". */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}
