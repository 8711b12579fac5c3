import type { CallOptions, Grant } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { type RefusalRow, refusal } from "../kinds/refusal.ts";
import { scopeChecks } from "./proxy-scopes.ts";
import { altered } from "./shared/altered-token.ts";
import { exchangesIn, watchUpstream } from "./shared/arrivals.ts";
import { inTurn } from "./shared/in-turn.ts";
import { lookalike } from "./shared/lookalike.ts";
import { bothProviders, callsAtSecond } from "./shared/operations.ts";
import { workingCall } from "./shared/working-call.ts";

interface BentCall {
  readonly id: string;
  readonly title: string;
  readonly bend: (world: World, grant: Grant) => Promise<CallOptions>;
  readonly codes?: readonly string[];
}

/** Refused, and the provider hears nothing of it (seen when the provider is the kit's). */
function refusedCall({ id, title, bend, codes }: BentCall): Check {
  return refusal({
    id,
    requirement: id.split(".")[0] ?? id,
    title,
    needs: ["operations"],
    control: workingCall,
    async attempt(world, { grant }) {
      const options = await bend(world, grant);
      const { result, arrived } = await watchUpstream(world, () => world.agent.call(grant, options));
      world.fact(
        "reached",
        arrived.map(({ exchange }) => exchange),
      );
      return result;
    },
    ...(codes === undefined ? {} : { codes }),
    sideEffects: [reachedProvider],
  });
}

const reachedProvider: NonNullable<RefusalRow<Reply>["sideEffects"]>[number] = {
  reasonCode: "reached-provider",
  expected: "a refused call never reaches the provider",
  shown: (evidence) => exchangesIn(evidence, "reached"),
};

const tokenInvalid = ["TOKEN_INVALID"];
const identityMismatch = ["AGENT_IDENTITY_MISMATCH"];

const bentTokens: readonly BentCall[] = [
  {
    id: "PRX-1.no-token",
    title: "a call without a token is refused before the provider hears of it",
    bend: async () => ({ token: null }),
    codes: tokenInvalid,
  },
  {
    id: "PRX-1.malformed-token",
    title: "a call with a malformed token is refused before the provider hears of it",
    bend: async () => ({ token: "not a token!" }),
    codes: tokenInvalid,
  },
  {
    id: "PRX-1.unknown-token",
    title: "a call with a token that nobody issued is refused before the provider hears of it",
    bend: async (world, { token }) => ({ token: lookalike(world, token) }),
    codes: tokenInvalid,
  },
];

/** Refused one by one, and the provider hears nothing of any of them. */
function refusedTokens(
  id: string,
  title: string,
  instead: (world: World, grant: Grant) => readonly string[] | Promise<readonly string[]>,
): Check {
  return refusal({
    id,
    requirement: "PRX-1",
    title,
    needs: ["operations"],
    control: workingCall,
    async attempt(world, { grant }) {
      const tokens = await instead(world, grant);
      const { result, arrived } = await watchUpstream(world, () =>
        inTurn(tokens, (token) => world.agent.call(grant, { token })),
      );
      world.fact(
        "reached",
        arrived.map(({ exchange }) => exchange),
      );
      return result;
    },
    codes: tokenInvalid,
    sideEffects: [reachedProvider],
  });
}

/** What else the agent holds that proves something elsewhere, and is no access token. */
async function otherCredentials({ agent }: World, { session }: Grant): Promise<readonly string[]> {
  const { clientSecret } = await agent.registered();
  return [await agent.attestation(), clientSecret, session.sessionId];
}

/** An agent_id with the letters of its path in the other case: another URI (RFC 3986 § 6.2.2.1), unlike one of its host. */
function inOtherCase(agentId: string): string {
  const { origin } = new URL(agentId);
  const path = agentId.slice(origin.length);
  return agentId.slice(0, origin.length) + (path === path.toUpperCase() ? path.toLowerCase() : path.toUpperCase());
}

const bentAgents: readonly BentCall[] = [
  {
    id: "PRX-2.missing-agent-id",
    title: "a call without X-ATH-Agent-ID is refused",
    bend: async () => ({ agentId: null }),
    codes: identityMismatch,
  },
  {
    id: "PRX-2.other-agent-id",
    title: "a call that names another registered agent is refused",
    async bend(world) {
      const other = world.newAgent();
      await other.registered();
      return { agentId: other.id };
    },
    codes: identityMismatch,
  },
  {
    id: "PRX-2.empty-agent-id",
    title: "a call with an empty X-ATH-Agent-ID is refused",
    bend: async () => ({ agentId: "" }),
    codes: identityMismatch,
  },
  {
    id: "PRX-2.origin-as-agent-id",
    title: "a call that names only the host of the token's agent is refused",
    bend: async ({ agent }) => ({ agentId: new URL(agent.id).origin }),
    codes: identityMismatch,
  },
  {
    id: "PRX-2.longer-agent-id",
    title: "a call whose X-ATH-Agent-ID only begins with the token's agent is refused",
    bend: async ({ agent }) => ({ agentId: `${agent.id}.other` }),
    codes: identityMismatch,
  },
  {
    id: "PRX-2.other-case-agent-id",
    title: "a call whose X-ATH-Agent-ID has the path of the token's agent in other letter case is refused",
    bend: async ({ agent }) => ({ agentId: inOtherCase(agent.id) }),
    codes: identityMismatch,
  },
];

/** Who may call what (PRX-1 to PRX-4). */
export const accessChecks: readonly Check[] = [
  ...bentTokens.map(refusedCall),
  refusedTokens(
    "PRX-1.altered-token",
    "a call with an altered token is refused before the provider hears of it",
    (_world, { token }) => altered(token),
  ),
  refusedTokens(
    "PRX-1.other-credential",
    "a call with another credential of the agent in the token's place is refused before the provider hears of it",
    otherCredentials,
  ),
  ...bentAgents.map(refusedCall),
  refusal({
    id: "PRX-3.other-provider",
    requirement: "PRX-3",
    title: "a token is refused at another provider than its own",
    needs: ["two-providers", "operations"],
    async control(world) {
      const { agent, firstProvider } = world;
      await agent.registered({ providers: bothProviders(world) });
      const grant = await agent.grant({ provider: firstProvider });
      return { reply: await agent.call(grant), grant };
    },
    attempt: (world, { grant }) => callsAtSecond(world, grant),
    codes: ["PROVIDER_MISMATCH"],
  }),
  refusedCall({
    id: "PRX-3.unknown-provider",
    title: "a call to a provider that does not exist is refused",
    bend: async () => ({ provider: "gateproof-no-such-provider" }),
  }),
  ...scopeChecks,
];

/** When a token ends (PRX-7). */
export const lifeChecks: readonly Check[] = [
  refusal({
    id: "PRX-7.expired",
    requirement: "PRX-7",
    title: "an expired token is refused as expired",
    needs: ["clock", "operations"],
    traits: ["exclusive"],
    control: workingCall,
    async attempt(world, { grant }) {
      await world.advanceClock(grant.expiresIn + 1);
      const attempt = await world.agent.call(grant);
      // A token of the new present works, so that it was not the moved clock that spoiled the old one.
      const fresh = world.newAgent();
      requireGranted(await fresh.call(await fresh.grant()), "a call after the clock was moved");
      return attempt;
    },
    codes: ["TOKEN_EXPIRED"],
  }),
  refusal({
    id: "PRX-7.revoked",
    requirement: "PRX-7",
    title: "a revoked token is refused as revoked",
    needs: ["operations"],
    control: workingCall,
    async attempt({ agent }, { grant }) {
      requireGranted(await agent.revoke(grant.token), "revocation");
      return agent.call(grant);
    },
    codes: ["TOKEN_REVOKED"],
  }),
];
