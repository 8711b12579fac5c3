import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import { type Evidence, type Exchange, marked } from "../../engine/evidence.ts";
import { type Json, member, strings, text } from "../../engine/json.ts";

/** Something done, and what reached the backends because of it. */
export interface Watched<Result> {
  readonly result: Result;
  /** Entries of the backends' log, oldest first; undefined: nobody could look (no hook `backend_log`). */
  readonly arrived: readonly Json[] | undefined;
}

/** Parameters that every watched call must carry, so that the log tells them from all others. */
export type WatchMark = { readonly gp: string };

/** Does something and tells which of the calls with this mark reached a backend. */
export async function watchBackends<Result>(
  world: HandshakeWorld,
  act: (query: WatchMark) => Promise<Result>,
): Promise<Watched<Result>> {
  const gp = `${world.marker}.${world.random().toString(36).slice(2)}`;
  const result = await act({ gp });
  if (world.handshake.hooks.backendLog === undefined) return { result, arrived: undefined };
  const log = await world.backendLog();
  return { result, arrived: log.filter((entry) => JSON.stringify(entry).includes(gp)) };
}

/** A side effect of a refusal: the backend heard of the call all the same (fact `reached`: how many calls did). */
export const reachedBackend = {
  reasonCode: "reached-backend",
  expected: "a refused call never reaches a backend",
  shown(evidence: Evidence): readonly Exchange[] {
    return typeof evidence.facts["reached"] === "number" && evidence.facts["reached"] > 0
      ? marked(evidence, "attempt")
      : [];
  },
} as const;

/** One request as a backend saw it. */
export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads entries of the backends' log; members that are missing read as empty. */
export function backendRequests(entries: Json | undefined): readonly BackendRequest[] {
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => ({
    method: text(entry, "method") ?? "",
    path: text(entry, "path") ?? "",
    headers: headersIn(member(entry, "headers")),
    body: text(entry, "body") ?? "",
  }));
}

function headersIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const joined = (header: unknown) => (typeof header === "string" ? header : (strings(header) ?? []).join(", "));
  return Object.fromEntries(Object.entries(value).map(([name, header]) => [name.toLowerCase(), joined(header)]));
}
