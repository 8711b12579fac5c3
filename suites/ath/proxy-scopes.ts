import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { refusal } from "../kinds/refusal.ts";
import { inTurn } from "./shared/in-turn.ts";
import { concrete, operationsFor, perform, providerSettings, scopePair, writesBeyond } from "./shared/operations.ts";
import { workingCall } from "./shared/working-call.ts";

/** The control of what a token for one of two scopes must not do: a token for both does it. */
async function withBothScopes(world: World) {
  const { held, wanted, operations } = scopePair(world);
  const grant = await world.agent.grant({ scopes: [held, wanted] });
  const [operation = ""] = operations;
  return { reply: await perform(world.agent, grant, operation), held, operation, operations };
}

/** What the scopes of a token allow (PRX-4). */
export const scopeChecks: readonly Check[] = [
  refusal({
    id: "PRX-4.out-of-scope",
    requirement: "PRX-4",
    title: "a call that the token's scopes do not allow is refused",
    needs: ["two-scopes", "operations"],
    control: withBothScopes,
    async attempt({ agent }, { held, operations }) {
      const narrow = await agent.grant({ scopes: [held] });
      return inTurn(operations.slice(0, 3), (operation) => perform(agent, narrow, operation));
    },
  }),
  refusal({
    id: "PRX-4.other-writes",
    requirement: "PRX-4",
    title: "a token for one kind of change makes no change of another kind",
    needs: ["two-scopes", "operations"],
    async control(world) {
      const beyond = writesBeyond(world);
      const [{ held, wanted, operation }] = beyond;
      const grant = await world.agent.grant({ scopes: [held, wanted] });
      return { reply: await perform(world.agent, grant, operation), beyond };
    },
    attempt: ({ agent }, { beyond }) =>
      inTurn(beyond, async ({ held, operation }) => perform(agent, await agent.grant({ scopes: [held] }), operation)),
  }),
  refusal({
    id: "PRX-4.method-override",
    requirement: "PRX-4",
    title: "a call is judged by its own method and not by one that a header names",
    needs: ["two-scopes", "operations"],
    control: withBothScopes,
    async attempt(world, { held, operation }) {
      const { agent } = world;
      const [allowed = "GET /"] = operationsFor(providerSettings(world), held);
      const [method = "GET"] = allowed.split(" ");
      const names = ["x-http-method-override", "x-http-method", "x-method-override"];
      const headers = Object.fromEntries(names.map((name) => [name, method]));
      return perform(agent, await agent.grant({ scopes: [held] }), operation, { headers });
    },
  }),
  refusal({
    id: "PRX-4.unmapped",
    requirement: "PRX-4",
    title: "a call that belongs to no scope is refused, whatever the token holds",
    needs: ["operations", "unmapped-operation"],
    control: workingCall,
    attempt: (world, { grant }) =>
      inTurn(providerSettings(world).unmapped.slice(0, 3), (operation) =>
        perform(world.agent, grant, concrete(operation)),
      ),
  }),
];
