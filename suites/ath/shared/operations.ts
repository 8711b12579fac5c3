import type { Agent, CallOptions, Grant } from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { ProviderSettings } from "../../drivers/settings.ts";
import type { World } from "../../drivers/world.ts";
import { notTested } from "../../engine/stop.ts";

/** As much of a world as tells what is configured. */
type Configured = Pick<World, "settings" | "firstProvider">;

/** The settings of a provider by its id; stops the check when the configuration has none. */
export function providerSettings(world: Configured, id: string = world.firstProvider): ProviderSettings {
  const found = world.settings.providers.find((provider) => provider.id === id);
  if (found === undefined) {
    throw notTested("provider-unknown", `the configuration lists no provider "${id}"`, {
      cause: "configuration",
      mend: "list it in providers",
    });
  }
  return found;
}

/** A configured `METHOD /path` line as one call: `{parameters}` and a trailing `*` are filled in. */
export function concrete(operation: string): string {
  return operation.replaceAll(/\{[^}]*\}/g, "1").replace(/\*$/, "x");
}

/** The calls that a scope allows at a provider, ready to be made. */
export function operationsFor({ operations }: ProviderSettings, scope: string): readonly string[] {
  return (operations[scope] ?? []).map(concrete);
}

/** A scope that a token holds, and calls that only another scope of the provider allows. */
export interface ScopePair {
  readonly held: string;
  readonly wanted: string;
  /** Calls of `wanted` that `held` does not allow; those that differ from a call of `held` by the method only come first. */
  readonly operations: readonly string[];
}

/** Two scopes of the first provider of which one allows a call that the other does not; stops the check without such. */
export function scopePair(world: Configured): ScopePair {
  const provider = providerSettings(world);
  const pairs = provider.scopes.flatMap((held) =>
    provider.scopes
      .filter((wanted) => wanted !== held)
      .map((wanted): ScopePair & { readonly nearness: number } => {
        const allowed = operationsFor(provider, held);
        const paths = new Set(allowed.map(pathOf));
        const near = (operation: string) => (paths.has(pathOf(operation)) ? 0 : 1);
        const operations = operationsFor(provider, wanted)
          .filter((operation) => !allowed.includes(operation))
          .sort((one, other) => near(one) - near(other));
        return { held, wanted, operations, nearness: Math.min(...operations.map(near)) };
      })
      .filter(({ operations }) => operations.length > 0),
  );
  const [nearest] = pairs.sort((one, other) => one.nearness - other.nearness);
  if (nearest === undefined) {
    throw notTested("operations-unknown", "no scope of the first provider allows a call that another one does not", {
      cause: "configuration",
      mend: "list operations of two scopes in providers[0].operations",
    });
  }
  return nearest;
}

const isWrite = (operation: string) => !/^(GET|HEAD|OPTIONS) /.test(operation);

/** A changing call of one scope, for a token that holds another. */
interface Beyond {
  readonly held: string;
  readonly wanted: string;
  readonly operation: string;
}

/**
 * A changing call of each scope that changes something, for a token of the scope before it that does, and so round: what
 * a target lets pass that knows only reading and writing. Stops the check where fewer than two scopes write.
 */
export function writesBeyond(world: Configured): readonly [Beyond, ...Beyond[]] {
  const provider = providerSettings(world);
  const writing = provider.scopes.filter((scope) => operationsFor(provider, scope).some(isWrite));
  const [first, ...more] = writing.slice(0, 3).flatMap((wanted, at, all): readonly Beyond[] => {
    const held = all.at(at - 1) ?? wanted;
    const allowed = operationsFor(provider, held);
    const operation = operationsFor(provider, wanted).find((one) => isWrite(one) && !allowed.includes(one));
    return operation === undefined ? [] : [{ held, wanted, operation }];
  });
  if (first !== undefined) return [first, ...more];
  throw notTested(
    "operations-unknown",
    "no two scopes of the first provider allow different calls that change something",
    {
      cause: "configuration",
      mend: "list the calls of two such scopes in providers[0].operations",
    },
  );
}

/** A call that the second provider's scopes allow; stops the check when none is configured. */
export function operationAtSecond(world: World): string {
  const second = providerSettings(world, world.secondProvider);
  const [operation] = second.scopes.flatMap((scope) => operationsFor(second, scope));
  if (operation === undefined) {
    throw notTested("operations-unknown", "the kit does not know which calls the second provider's scopes allow", {
      cause: "configuration",
      mend: "list them in providers[1].operations",
    });
  }
  return operation;
}

/**
 * A token of the first provider at the second one's address: with a call of its own provider, which a target lets pass
 * that takes no notice of the address, and with a call of the other, which one lets pass that takes no notice of the token.
 */
export async function callsAtSecond(world: World, grant: Grant): Promise<readonly Reply[]> {
  const { agent, secondProvider } = world;
  const first = providerSettings(world);
  const own = grant.effectiveScopes.flatMap((scope) => operationsFor(first, scope)).slice(0, 1);
  const replies: Reply[] = [];
  for (const operation of [...own, operationAtSecond(world)]) {
    replies.push(await perform(agent, grant, operation, { provider: secondProvider }));
  }
  return replies;
}

/** A registration's request for everything that both providers offer. */
export function bothProviders(world: World) {
  return [world.firstProvider, world.secondProvider].map((id) => ({
    provider_id: id,
    scopes: providerSettings(world, id).scopes,
  }));
}

/** Makes a call through the proxy; methods that carry a body carry a small JSON object. */
export function perform(agent: Agent, grant: Grant, operation: string, options: CallOptions = {}): Promise<Reply> {
  const carriesBody = /^(POST|PUT|PATCH) /.test(operation);
  return agent.call(grant, {
    operation,
    ...options,
    ...(carriesBody
      ? { body: options.body ?? "{}", headers: { "content-type": "application/json", ...options.headers } }
      : {}),
  });
}

function pathOf(operation: string): string {
  return operation.slice(operation.indexOf(" ") + 1);
}
