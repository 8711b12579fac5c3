import type { World } from "../drivers/world.ts";
import type { Section } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { member } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { watchUpstream } from "./shared/arrivals.ts";
import { bothProviders, callsAtSecond, operationAtSecond, perform, scopePair } from "./shared/operations.ts";

/** Alice's and Bob's tokens in turn, so that the latest consent is not always the right one. */
async function callsOfTwoUsers(world: World): Promise<void> {
  const { agent } = world;
  const [alice, bob] = [world.user, world.newUser()];
  const grants = [
    { user: alice, grant: await agent.grant({ user: alice }) },
    { user: bob, grant: await agent.grant({ user: bob }) },
  ] as const;
  const calls = [];
  for (const { user, grant } of [...grants, grants[0]]) {
    const { result, arrived } = await watchUpstream(world, () => agent.call(grant));
    world.mark("call", result);
    requireGranted(result, `a call with the token of ${user.name}`);
    calls.push({ of: user.name, seen: arrived[0]?.user ?? null, exchange: arrived[0]?.exchange ?? 0 });
  }
  world.fact("calls", calls);
}

/** Whom a token belongs to (BIND-1). */
export const binding: Section = {
  id: "binding",
  title: "Token binding",
  checks: [
    refusal({
      id: "BIND-1.agent",
      requirement: "BIND-1",
      title: "a token is refused in the hands of another registered agent",
      needs: ["operations"],
      async control(world) {
        const thief = world.newAgent();
        const own = await thief.grant();
        const control = await thief.call(own);
        requireGranted(control, "control");
        const grant = await world.agent.grant();
        return { reply: await world.agent.call(grant), grant, thief };
      },
      attempt: async (_world, { grant, thief }) => thief.call(grant, { agentId: thief.id }),
    }),
    check({
      id: "BIND-1.user",
      requirement: "BIND-1",
      title: "each token acts for the user who consented to it",
      needs: ["kit-provider", "operations"],
      drive: callsOfTwoUsers,
      judge(evidence) {
        const fact = evidence.facts["calls"];
        const calls: readonly unknown[] = Array.isArray(fact) ? fact : [];
        const expected = "each call carries the provider token of its own user";
        const exchanges = calls.map((call) => ({ id: Number(member(call, "exchange")) })).filter(({ id }) => id > 0);
        if (exchanges.length < 3 || !marked(evidence, "call").every(granted)) {
          return untested({ reasonCode: "nothing-arrived", expected, actual: "not every call arrived", exchanges });
        }
        const wrong = calls.find((call) => member(call, "seen") !== member(call, "of"));
        if (wrong === undefined) return pass(exchanges);
        return violated({
          reasonCode: "other-users-token",
          expected,
          actual: `the token of ${member(wrong, "of")} used the provider token of ${member(wrong, "seen") ?? "nobody"}`,
          exchanges,
        });
      },
    }),
    refusal({
      id: "BIND-1.provider",
      requirement: "BIND-1",
      title: "a token is refused at another provider, even when the agent has a token for that one too",
      needs: ["two-providers", "operations"],
      async control(world) {
        const { agent, firstProvider, secondProvider } = world;
        await agent.registered({ providers: bothProviders(world) });
        const first = await agent.grant({ provider: firstProvider });
        const second = await agent.grant({ provider: secondProvider });
        return { reply: await perform(agent, second, operationAtSecond(world)), first };
      },
      attempt: (world, { first }) => callsAtSecond(world, first),
    }),
    refusal({
      id: "BIND-1.scopes",
      requirement: "BIND-1",
      title: "a narrow token stays narrow after a wider one was issued to the same agent and user",
      needs: ["two-scopes", "operations"],
      async control(world) {
        const { agent } = world;
        const { held, wanted, operations } = scopePair(world);
        const narrow = await agent.grant({ scopes: [held] });
        const wide = await agent.grant({ scopes: [held, wanted] });
        const [operation = ""] = operations;
        return { reply: await perform(agent, wide, operation), narrow, operation };
      },
      attempt: ({ agent }, { narrow, operation }) => perform(agent, narrow, operation),
    }),
  ],
};
