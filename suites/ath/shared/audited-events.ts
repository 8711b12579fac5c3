import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import type { Need } from "../../engine/needs.ts";
import { requireGranted } from "../../kinds/control.ts";
import { placeholderCode } from "./callback-journey.ts";
import { perform, scopePair } from "./operations.ts";

/** A decision that is to be found in the audit log, and how to bring it about for the world's first agent. */
export interface AuditedEvent {
  readonly variant: string;
  /** The name that the text gives the event. */
  readonly event: string;
  readonly decision: string;
  readonly needs?: readonly Need[];
  readonly cause: (world: World) => Promise<readonly Reply[]>;
}

/** ATH 0.1 client/security § Audit. */
export const auditedEvents: readonly AuditedEvent[] = [
  {
    variant: "agent-registered",
    event: "agent_registered",
    decision: "a registration",
    cause: async ({ agent }) => [(await agent.registered()).reply],
  },
  {
    variant: "registration-denied",
    event: "agent_registration_denied",
    decision: "a registration that policy denied",
    needs: ["denied-agent"],
    async cause({ agent, settings }) {
      const id = settings.hooks.deniedAgent?.developerId ?? "";
      return [await agent.register({ developer: { name: "Gateproof", id } })];
    },
  },
  {
    variant: "attestation-failed",
    event: "attestation_failed",
    decision: "an attestation that did not verify",
    async cause(world) {
      // Of a registered agent, so that the target knows whom the failure is about.
      await world.agent.registered();
      return [await world.agent.authorize({ attestation: { key: world.newKey() } })];
    },
  },
  {
    variant: "authorization-started",
    event: "authorization_started",
    decision: "an authorization that began",
    cause: async ({ agent }) => [(await agent.session()).reply],
  },
  {
    variant: "access-granted",
    event: "access_granted",
    decision: "a token that was issued",
    cause: async ({ agent }) => [(await agent.grant()).reply],
  },
  {
    variant: "access-denied",
    event: "access_denied",
    decision: "access that the user denied",
    async cause({ agent, user }) {
      const session = await agent.session();
      await user.consent(session, { grant: "deny" });
      return [await agent.token(session, { code: placeholderCode })];
    },
  },
  {
    variant: "token-revoked",
    event: "token_revoked",
    decision: "a token that was revoked",
    async cause({ agent }) {
      const revoked = await agent.revoke((await agent.grant()).token);
      requireGranted(revoked, "revocation");
      return [revoked];
    },
  },
  {
    variant: "proxy-request",
    event: "proxy_request",
    decision: "a call with a token",
    needs: ["operations"],
    async cause({ agent }) {
      const call = await agent.call(await agent.grant());
      requireGranted(call, "call");
      return [call];
    },
  },
  {
    variant: "scope-violation",
    event: "scope_violation",
    decision: "a call or an authorization beyond the scopes",
    needs: ["two-scopes", "operations"],
    async cause(world) {
      const { agent, firstProvider } = world;
      const { held, wanted, operations } = scopePair(world);
      // Registered for one scope only: asking for the other is beyond the approval, calling it beyond the token.
      await agent.registered({ providers: [{ provider_id: firstProvider, scopes: [held] }] });
      const narrow = await agent.grant({ scopes: [held] });
      const [operation = ""] = operations;
      return [await perform(agent, narrow, operation), await agent.authorize({ scopes: [held, wanted] })];
    },
  },
];
