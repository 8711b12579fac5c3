import type { SystemSettings } from "../../drivers/handshake/settings.ts";
import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import { notTested } from "../../engine/stop.ts";

const bodied = /^(POST|PUT|PATCH) /;

/** `METHOD /path` in parts. */
export function partsOf(operation: string): { readonly method: string; readonly path: string } {
  const cut = operation.indexOf(" ");
  return { method: operation.slice(0, cut), path: operation.slice(cut + 1) };
}

/** Every operation that the scopes of a system allow. */
export function operationsOf({ scopes }: SystemSettings): readonly string[] {
  return [...new Set(Object.values(scopes).flat())];
}

/** Every operation that these scopes allow, at any of the systems. */
export function grantedOperations(systems: readonly SystemSettings[], granted: readonly string[]): readonly string[] {
  const allowed = systems.flatMap(({ scopes }) => granted.flatMap((scope) => scopes[scope] ?? []));
  return [...new Set(allowed)];
}

/** Of the operations that these scopes allow, one that takes a body where there is one, otherwise the first. */
export function fullestOperation(system: SystemSettings, granted: readonly string[]): string | undefined {
  const operations = grantedOperations([system], granted);
  return operations.find((operation) => bodied.test(operation)) ?? operations[0];
}

/** A scope, and an operation that only another scope of the same system allows. */
export interface ScopePair {
  readonly held: string;
  readonly wanted: string;
  readonly operation: string;
}

/** Stops the check as not-tested where the configuration lists no such pair. */
export function scopePair({ handshake }: HandshakeWorld): ScopePair {
  for (const { scopes } of handshake.systems) {
    for (const [held, allowed] of Object.entries(scopes)) {
      if (allowed.length === 0) continue;
      for (const [wanted, operations] of Object.entries(scopes)) {
        const operation = operations.find((line) => !allowed.includes(line));
        if (wanted !== held && operation !== undefined) return { held, wanted, operation };
      }
    }
  }
  throw notTested("operations-unknown", "no system has two scopes that allow different calls", {
    cause: "configuration",
    mend: "list two scopes with their operations under one system of handshake.systems",
  });
}

/** Two systems that may be called. Stops the check as not-tested where there are none. */
export function systemPair({ handshake }: HandshakeWorld): readonly [SystemSettings, SystemSettings] {
  const [one, other] = handshake.systems.filter((system) => operationsOf(system).length > 0);
  if (one !== undefined && other !== undefined) return [one, other];
  throw notTested("operations-unknown", "the kit does not know two systems and their calls", {
    cause: "configuration",
    mend: "list operations under two entries of handshake.systems",
  });
}
