import type { AttestationBend, RequestBend } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { answerOf } from "../engine/granted.ts";
import { isObject, text } from "../engine/json.ts";
import { notApplicable, notTested } from "../engine/stop.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { type BendFor, bends } from "./shared/bent-attestations.ts";
import { forgeries, incomplete } from "./shared/forgeries.ts";
import { inTurn } from "./shared/in-turn.ts";
import { unknownClient } from "./shared/unknown-names.ts";

/** Agents that the target's policy does not approve, by the hook that makes one. */
const unapproved = [
  { variant: "pending-agent", status: "pending", hook: "pendingAgent", need: "pending-agent" },
  { variant: "denied-agent", status: "denied", hook: "deniedAgent", need: "denied-agent" },
] as const;

type Unapproved = (typeof unapproved)[number];

/** The client_id of an agent that the policy holds back; stops the check when the policy does something else. */
function unapprovedClient(reply: Reply, { status }: Unapproved, developerId: string): string {
  const exchanges = [reply.exchange.id];
  const who = `the registration of developer "${developerId}"`;
  const mend = `make the target leave this developer's agents ${status}, or correct hooks.${status}_agent`;
  // What the answer is called does not matter; without credentials there is nothing to ask with.
  const clientId = text(reply.json, "client_id") ?? "";
  if (status === "denied" && clientId === "" && reply.status >= 200 && reply.status < 500 && reply.status !== 429) {
    throw notApplicable("no-credentials", `a denied agent gets no credentials: ${answerOf(reply.exchange)}`, {
      exchanges,
    });
  }
  requireGranted(reply, `register as developer "${developerId}"`);
  const given = text(reply.json, "agent_status");
  if (given === status) return clientId;
  throw notTested("policy-differs", `${who} is ${given}, not ${status}`, { exchanges, cause: "configuration", mend });
}

function unapprovedCheck(row: Unapproved): Check {
  const { variant, status, hook, need } = row;
  return refusal({
    id: `AUTHZ-2.${variant}`,
    requirement: "AUTHZ-2",
    title: `an agent whose status is ${status} is not authorized`,
    needs: [need],
    control: ({ agent }) => agent.authorize(),
    async attempt(world) {
      const developerId = world.settings.hooks[hook]?.developerId ?? "";
      const agent = world.newAgent();
      const usual = agent.identity.document()["developer"];
      const developer = { ...(isObject(usual) ? usual : {}), id: developerId };
      const clientId = unapprovedClient(await agent.register({ developer }), row, developerId);
      const { firstProvider: provider, settings } = world;
      const scopes = settings.providers[0]?.scopes ?? [];
      return agent.authorize({ provider, scopes, body: { client_id: clientId } });
    },
    codes: ["AGENT_UNAPPROVED"],
  });
}

interface AttestationRow {
  readonly variant: string;
  readonly title: string;
  readonly bend: BendFor | null;
}

const attestations: readonly AttestationRow[] = [
  { variant: "missing", title: "an authorization without attestation is refused", bend: null },
  {
    variant: "wrong-key",
    title: "an authorization whose attestation another key signed is refused",
    bend: bends.wrongKey,
  },
  {
    variant: "tampered",
    title: "an authorization whose attestation was changed after signing is refused",
    bend: bends.tamperedPayload,
  },
  { variant: "expired", title: "an authorization with an expired attestation is refused", bend: bends.expired },
  {
    variant: "other-audience",
    title: "an authorization whose attestation is for another server is refused",
    bend: bends.otherAudience,
  },
  {
    variant: "iat-past",
    title: "an authorization whose attestation is six minutes old is refused",
    bend: bends.issuedSixMinutesAgo,
  },
  { variant: "alg-none", title: "an authorization with an unsigned attestation is refused", bend: bends.unsigned },
];

/** The agent that asks: known, approved, and proved by its attestation (AUTHZ-1 to AUTHZ-3). */
export const askingAgentChecks: readonly Check[] = [
  refusal({
    id: "AUTHZ-1.unknown-client",
    requirement: "AUTHZ-1",
    title: "an authorization for a client_id that nobody has is refused",
    control: ({ agent }) => agent.authorize(),
    // All the rest is a registered agent's, so that only the client_id can be the reason.
    attempt: ({ agent }) => agent.authorize({ body: { client_id: unknownClient } }),
    codes: ["AGENT_NOT_REGISTERED"],
  }),
  ...unapproved.map(unapprovedCheck),
  ...attestations.map(({ variant, title, bend }) =>
    refusal({
      id: `AUTHZ-3.${variant}`,
      requirement: "AUTHZ-3",
      title,
      control: ({ agent }) => agent.authorize(),
      attempt(world) {
        const attestation: RequestBend["attestation"] = bend === null ? null : bend(world, world.agent);
        return world.agent.authorize({ attestation });
      },
    }),
  ),
];

/** One bend after the other, each with an attestation of its own. */
function bentAtAuthorization(world: World, attestations: readonly AttestationBend[]): Promise<readonly Reply[]> {
  return inTurn(attestations, (attestation) => world.agent.authorize({ attestation }));
}

/** What a verifier of this endpoint's own forgets although the one of registration knows it (AUTHZ-3). */
export const forgedAuthorizationChecks: readonly Check[] = [
  refusal({
    id: "AUTHZ-3.forged",
    requirement: "AUTHZ-3",
    title: "an authorization whose attestation was signed by a key of the forger's choice is refused",
    control: ({ agent }) => agent.authorize(),
    attempt: async (world) => bentAtAuthorization(world, await forgeries(world)),
  }),
  refusal({
    id: "AUTHZ-3.incomplete",
    requirement: "AUTHZ-3",
    title: "an authorization whose attestation lacks exp, iat or jti is refused",
    control: ({ agent }) => agent.authorize(),
    attempt: (world) => bentAtAuthorization(world, incomplete),
  }),
  refusal({
    id: "AUTHZ-3.iat-future",
    requirement: "AUTHZ-3",
    title: "an authorization whose attestation is issued six minutes ahead of the present is refused",
    control: ({ agent }) => agent.authorize(),
    attempt: (world) => world.agent.authorize({ attestation: bends.issuedInSixMinutes(world) }),
  }),
];

/** Whose attestation it is (AUTHZ-10). */
export const attestedAgentChecks: readonly Check[] = [
  refusal({
    id: "AUTHZ-10.other-agents-attestation",
    requirement: "AUTHZ-10",
    title: "one agent's client_id with another agent's attestation is refused",
    control: ({ agent }) => agent.authorize(),
    async attempt(world) {
      const other = world.newAgent();
      await other.registered();
      return world.agent.authorize({ attestation: await other.attestation() });
    },
    codes: ["AGENT_IDENTITY_MISMATCH", "INVALID_ATTESTATION"],
  }),
  refusal({
    id: "AUTHZ-10.longer-sub",
    requirement: "AUTHZ-10",
    title: "an attestation whose sub only begins with the registered agent_id is refused",
    control: ({ agent }) => agent.authorize(),
    attempt({ agent }) {
      // A document of its own, served below the same path, so that nothing but the sub is wrong.
      const sub = `${agent.id}${agent.id.includes("?") ? "&" : "?"}gateproof=other`;
      agent.identity.publish({ agent_id: sub });
      return agent.authorize({ attestation: { claims: { iss: sub, sub } } });
    },
    codes: ["AGENT_IDENTITY_MISMATCH", "INVALID_ATTESTATION"],
  }),
];
