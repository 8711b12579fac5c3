import { createPublicKey } from "node:crypto";
import type { ScopeOptions } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { refused } from "./shared/refused.ts";

/** A scope_request whose user authorization is wrong in one way. */
interface BentAuthorization {
  readonly variant: string;
  readonly title: string;
  readonly bend: (world: HandshakeWorld) => ScopeOptions;
}

const hourS = 3600;

const bentCredentials: readonly BentAuthorization[] = [
  {
    variant: "other-user-key",
    title: "a credential that another key than the user's has signed is refused",
    bend: (world) => ({ credential: { signWith: world.newKey() } }),
  },
  {
    variant: "unsigned",
    title: "a credential with alg none is refused",
    bend: () => ({ credential: { signWith: "none" } }),
  },
  {
    variant: "hs256-public-key",
    title: "a credential with an HMAC keyed by the user's public key is refused",
    bend: ({ user }) => ({ credential: { signWith: { hmac: user.key.publicPem } } }),
  },
  {
    variant: "embedded-jwk",
    title: "a credential that brings the key to verify it with is refused",
    bend(world) {
      const key = world.newKey();
      const jwk = createPublicKey(key.publicPem).export({ format: "jwk" });
      return { credential: { signWith: key, header: { jwk } } };
    },
  },
  {
    variant: "expired",
    title: "an expired credential is refused",
    bend: (world) => ({
      credential: { ttlS: -hourS, claims: { iat: Math.floor(world.now() / 1000) - 2 * hourS } },
    }),
  },
  {
    variant: "no-expiry",
    title: "a credential without exp is refused",
    bend: () => ({ credential: { claims: { exp: undefined } } }),
  },
  {
    variant: "exp-no-number",
    title: "a credential whose exp is no number is refused",
    bend: () => ({ credential: { claims: { exp: "never" } } }),
  },
  {
    variant: "no-agent",
    title: "a credential that names no agent is refused",
    bend: () => ({ credential: { claims: { client_did: undefined } } }),
  },
  {
    variant: "other-agent",
    title: "a credential for another agent is refused",
    bend: (world) => ({ credential: { claims: { client_did: world.newAgent().did } } }),
  },
  {
    variant: "tampered-scopes",
    title: "a credential whose scopes were widened after it was signed is refused",
    bend: ({ scopes }) => ({ credential: { scopes: scopes.slice(0, 1), tamper: { scopes } } }),
  },
  {
    variant: "unknown-user",
    title: "a credential of a user whom nobody knows is refused",
    bend: (world) => ({ user: world.newUser() }),
  },
  {
    variant: "missing",
    title: "a scope_request without the user's authorization is refused",
    bend: () => ({ body: { user_authorization: undefined } }),
  },
];

const bentSignatures: readonly BentAuthorization[] = [
  {
    variant: "no-agent-signature",
    title: "a credential that the agent has not signed is refused",
    bend({ agent, user, scopes }) {
      const credential = user.credential(agent.did, { scopes });
      return { credential, body: { user_authorization: { credential, signature: "" } } };
    },
  },
  {
    variant: "agent-signature-other-key",
    title: "a credential that another key than the agent's has signed is refused",
    bend: (world) => ({ agentSignature: { signWith: world.newKey() } }),
  },
  {
    variant: "agent-signature-other-credential",
    title: "a credential with the agent's signature over another credential is refused",
    bend: ({ agent, user, scopes }) => ({ agentSignature: { over: user.credential(agent.did, { scopes }) } }),
  },
];

/** The user's authorization of the agent (HS-11). The user would approve whatever he is asked. */
export const credential: Section<HandshakeWorld> = {
  id: "credential",
  title: "User authorization credential",
  checks: [...bentCredentials, ...bentSignatures].map(({ variant, title, bend }) =>
    refused({
      id: `HS-11.${variant}`,
      requirement: "HS-11",
      title,
      control: ({ agent }) => agent.granted(),
      async attempt(world) {
        const handshake = await world.agent.proven();
        return handshake.request(bend(world));
      },
    }),
  ),
};
