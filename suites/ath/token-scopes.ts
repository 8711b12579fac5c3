import type { Agent, Session } from "../drivers/agent.ts";
import { requireCompleted } from "../drivers/journey-steps.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { property } from "../kinds/property.ts";
import { refusal } from "../kinds/refusal.ts";
import { perform, providerSettings, scopePair } from "./shared/operations.ts";
import { judgeScopes } from "./shared/scope-oracle.ts";

/** The three sets of one handshake, as scopes of the first provider. */
type ScopeSets = {
  readonly approved: readonly string[];
  readonly requested: readonly string[];
  readonly consented: readonly string[];
};

/** Registers for the approved scopes alone and asks for the requested ones; tells the judge all three sets. */
export async function sessionFor(world: World, sets: ScopeSets): Promise<Session> {
  const { agent, firstProvider } = world;
  const { approved } = await agent.registered({ providers: [{ provider_id: firstProvider, scopes: sets.approved }] });
  const granted = approved[firstProvider] ?? [];
  const denied = sets.approved.filter((scope) => !granted.includes(scope));
  if (denied.length > 0) {
    throw notTested("scopes-not-approved", `the target did not approve ${denied.join(", ")}`, {
      mend: "list in providers[0].scopes what the target approves for any agent",
    });
  }
  world.fact("approved", granted);
  world.fact("requested", sets.requested);
  world.fact("consented", sets.consented);
  world.fact("scopes", providerSettings(world).scopes);
  return agent.session({ scopes: sets.requested });
}

async function exchange(world: World, sets: ScopeSets): Promise<void> {
  const session = await sessionFor(world, sets);
  const journey = await world.user.consent(session, { grant: sets.consented });
  requireCompleted(journey, world.settings);
  const { code } = journey;
  world.mark("subject", await world.agent.token(session, code === undefined ? {} : { code }));
}

/** All scopes that the target approves, registered for. */
async function allApproved({ agent, firstProvider }: World): Promise<readonly string[]> {
  const { approved } = await agent.registered();
  const scopes = approved[firstProvider] ?? [];
  if (scopes.length < 2) {
    throw notTested("scopes-not-approved", "the target approved fewer than two scopes of the first provider", {
      mend: "list in providers[0].scopes what the target approves for any agent",
    });
  }
  return scopes;
}

export const scopeChecks: readonly Check[] = [
  property({
    id: "TOK-2.intersection",
    requirement: "TOK-2",
    title: "the effective scopes are those approved, consented to and requested, and the answer says so",
    needs: ["two-scopes"],
    given(fc, world) {
      const { scopes } = providerSettings(world);
      // Only a provider of the kit grants what nobody asked for.
      const wider = world.settings.consent.driver === "provider";
      const roles = fc.record({ approved: fc.boolean(), requested: fc.boolean(), consented: fc.boolean() });
      return fc
        .record({
          common: fc.nat({ max: scopes.length - 1 }),
          roles: fc.array(roles, { minLength: scopes.length, maxLength: scopes.length }),
        })
        .map(({ common, roles }): ScopeSets => {
          const inAll = (index: number) => index === common;
          const approved = scopes.filter((_, index) => inAll(index) || roles[index]?.approved);
          const requested = scopes.filter(
            (scope, index) => inAll(index) || (approved.includes(scope) && roles[index]?.requested),
          );
          const consented = scopes.filter(
            (scope, index) => inAll(index) || (roles[index]?.consented && (wider || requested.includes(scope))),
          );
          return { approved, requested, consented };
        });
    },
    drive: exchange,
    judge: judgeScopes,
  }),
  check({
    id: "TOK-2.consent-wider",
    requirement: "TOK-2",
    title: "a provider that grants more than was asked does not widen the token",
    needs: ["kit-provider", "two-scopes"],
    async drive(world) {
      const approved = await allApproved(world);
      await exchange(world, { approved, requested: approved.slice(0, 1), consented: approved });
    },
    judge: judgeScopes,
  }),
  check({
    id: "TOK-2.sessions-apart",
    requirement: "TOK-2",
    title: "what the user agreed to in another session of the same agent does not widen the token",
    needs: ["two-scopes"],
    async drive(world) {
      const approved = await allApproved(world);
      const narrow = { approved, requested: approved, consented: approved.slice(-1) };
      const session = await sessionFor(world, narrow);
      const journey = await world.user.consent(session, { grant: narrow.consented });
      requireCompleted(journey, world.settings);
      // Consent to everything comes between the narrow consent and its exchange.
      await world.agent.consented({ scopes: approved });
      const { code } = journey;
      world.mark("subject", await world.agent.token(session, code === undefined ? {} : { code }));
    },
    judge: judgeScopes,
  }),
  check({
    id: "TOK-2.consent-narrower",
    requirement: "TOK-2",
    title: "a user who grants less than was asked narrows the token",
    needs: ["two-scopes"],
    async drive(world) {
      const approved = await allApproved(world);
      // The last, since what targets add of themselves is the least, which configurations name first.
      await exchange(world, { approved, requested: approved, consented: approved.slice(-1) });
    },
    judge: judgeScopes,
  }),
  refusal({
    id: "TOK-2.proxy-agrees",
    requirement: "TOK-2",
    title: "a scope that was asked for and not consented to cannot be used",
    needs: ["two-scopes", "operations"],
    async control(world) {
      const { held, wanted, operations } = scopePair(world);
      const grant = await world.agent.grant({ scopes: [held, wanted] });
      const [operation = ""] = operations;
      const reply = await perform(world.agent, grant, operation);
      return { reply, held, wanted, operation };
    },
    async attempt({ agent }: { readonly agent: Agent }, { held, wanted, operation }) {
      const narrow = await agent.grant({ scopes: [held, wanted], grant: [held] });
      return perform(agent, narrow, operation);
    },
  }),
];
