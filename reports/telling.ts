import type { CheckResult, Exchange } from "../schemas/index.ts";
import { english, type Words } from "./words/en.ts";

/** The exchange that a finding is about: the last one with the target (what it is compared with came before). */
export function decidingExchange({ exchanges }: Pick<CheckResult, "exchanges">): Exchange | undefined {
  return exchanges.findLast(({ to }) => to === "target") ?? exchanges.at(-1);
}

/**
 * The part of a request that makes the case: the members of its JSON body that differ from the same call before
 * it, else the body. Undefined when method and URL say it all.
 */
export function tellingPart(result: Pick<CheckResult, "exchanges">, words: Words = english): string | undefined {
  const exchange = decidingExchange(result);
  const body = exchange?.request.body;
  if (exchange === undefined || body === undefined || body === "") return undefined;
  const control = result.exchanges.find((other) => other.id < exchange.id && sameCall(other, exchange));
  if (control?.request.body === undefined) return body;
  if (control.request.body === body) return words.telling.sameBody(control.id);
  const [now, before] = [membersOf(body), membersOf(control.request.body)];
  if (now === undefined || before === undefined) return body;
  const changed = [...now].filter(([name, value]) => before.get(name) !== value);
  const left = [...before.keys()].filter((name) => !now.has(name));
  const parts = [
    ...changed.map(([name, value]) => `${JSON.stringify(name)}: ${value}`),
    ...left.map((name) => words.telling.without(JSON.stringify(name))),
  ];
  return parts.length === 0 ? body : parts.join(", ");
}

function sameCall(a: Exchange, b: Exchange): boolean {
  return a.to === b.to && a.request.method === b.request.method && a.request.url === b.request.url;
}

/** The members of a JSON object, each value as JSON; undefined for anything else. */
function membersOf(body: string): ReadonlyMap<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return new Map(Object.entries(value).map(([name, member]) => [name, JSON.stringify(member)]));
  } catch {
    return undefined;
  }
}
