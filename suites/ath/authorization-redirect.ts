import type { Check } from "../engine/check.ts";
import { refusal } from "../kinds/refusal.ts";

/** State has to be there (AUTHZ-7). */
export const stateChecks: readonly Check[] = [
  refusal({
    id: "AUTHZ-7.missing-state",
    requirement: "AUTHZ-7",
    title: "an authorization without state is refused",
    control: ({ agent }) => agent.authorize(),
    attempt: ({ agent }) => agent.authorize({ state: null }),
  }),
  refusal({
    id: "AUTHZ-7.null-state",
    requirement: "AUTHZ-7",
    title: "an authorization whose state is null is refused",
    control: ({ agent }) => agent.authorize(),
    attempt: ({ agent }) => agent.authorize({ body: { state: null } }),
  }),
];

interface NearMiss {
  readonly variant: string;
  readonly title: string;
  /** What is sent, made from what is registered. */
  readonly miss: (registered: string) => string;
  /** Registered instead of the agent's own page. */
  readonly registered?: string;
}

function changed(url: string, change: (url: URL) => void): string {
  const result = new URL(url);
  change(result);
  return result.href;
}

const nearMisses: readonly NearMiss[] = [
  {
    variant: "other-host",
    title: "a redirect URI on another host is refused",
    miss: (registered) =>
      changed(registered, (url) => {
        url.hostname = "other.gateproof.example";
      }),
  },
  {
    variant: "extra-path",
    title: "a redirect URI that goes on after the registered path is refused",
    miss: (registered) => `${registered}/extra`,
  },
  {
    variant: "extra-query",
    title: "a redirect URI with a query that was not registered is refused",
    miss: (registered) => `${registered}?extra=1`,
  },
  {
    variant: "other-port",
    title: "a redirect URI on another port is refused",
    // Not on loopback, where RFC 8252 § 7.3 lets ports differ.
    registered: "https://agent.gateproof.example/landing",
    miss: (registered) =>
      changed(registered, (url) => {
        url.port = "8443";
      }),
  },
  {
    variant: "case",
    title: "a redirect URI whose path differs in case is refused",
    miss: (registered) => registered.replace(/[a-z](?=[^/]*$)/, (letter) => letter.toUpperCase()),
  },
  {
    variant: "dot-segments",
    title: "a redirect URI that is the registered one only after dot segments are resolved is refused",
    miss: (registered) => registered.replace(/[^/]*$/, (last) => `away/../${last}`),
  },
  {
    variant: "prefix",
    title: "a redirect URI that is a prefix of the registered one is refused",
    miss: (registered) => registered.slice(0, -2),
  },
  {
    variant: "suffix",
    title: "a redirect URI that only ends in the registered one is refused",
    miss: (registered) => `https://other.gateproof.example/?next=${registered}`,
  },
  {
    variant: "fragment",
    title: "a redirect URI with a fragment that was not registered is refused",
    miss: (registered) => `${registered}#fragment`,
  },
  {
    variant: "trailing-slash",
    title: "a redirect URI with a trailing slash that was not registered is refused",
    miss: (registered) => `${registered}/`,
  },
  {
    variant: "scheme",
    title: "a redirect URI with another scheme is refused",
    registered: "https://agent.gateproof.example/landing",
    miss: (registered) => registered.replace(/^https:/, "http:"),
  },
  {
    variant: "user-info",
    title: "a redirect URI with a user name that was not registered is refused",
    miss: (registered) => registered.replace("://", "://other@"),
  },
  {
    variant: "percent-encoded",
    title: "a redirect URI that is the registered one only after percent-decoding is refused",
    miss: (registered) => registered.replace(/[a-z](?=[^/]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  },
  {
    variant: "subdomain",
    title: "a redirect URI on a host below the registered one is refused",
    registered: "https://agent.gateproof.example/landing",
    miss: (registered) => registered.replace("://", "://other."),
  },
  {
    variant: "pattern",
    title: "a redirect URI that only fits the registered one as a pattern is refused",
    registered: "https://agent.gateproof.example/landing",
    miss: (registered) => registered.replace("agent.gateproof", "agent-gateproof"),
  },
];

const withoutUris = [
  { variant: "none-registered", registered: null, title: "an agent without redirect URIs may not name one" },
  { variant: "empty-list", registered: [], title: "an agent with an empty list of redirect URIs may not name one" },
] as const;

/** The redirect URI is a registered one, to the letter (AUTHZ-8, AUTHZ-9; RFC 9700 § 2.1). */
export const redirectChecks: readonly Check[] = [
  ...nearMisses.map(({ variant, title, miss, registered }) =>
    refusal({
      id: `AUTHZ-8.${variant}`,
      requirement: "AUTHZ-8",
      title,
      async control({ agent }) {
        const redirectUri = registered ?? agent.landingUri;
        await agent.registered({ redirectUris: [redirectUri] });
        return { reply: await agent.authorize({ redirectUri }), redirectUri };
      },
      attempt: ({ agent }, { redirectUri }) => agent.authorize({ redirectUri: miss(redirectUri) }),
    }),
  ),
  refusal({
    id: "AUTHZ-8.other-agents-uri",
    requirement: "AUTHZ-8",
    title: "a redirect URI that another agent registered is refused",
    async control({ agent }) {
      await agent.registered();
      return { reply: await agent.authorize() };
    },
    async attempt(world) {
      const other = world.newAgent();
      await other.registered();
      return world.agent.authorize({ redirectUri: other.landingUri });
    },
  }),
  ...withoutUris.map(({ variant, title, registered }) =>
    refusal({
      id: `AUTHZ-9.${variant}`,
      requirement: "AUTHZ-9",
      title,
      async control({ agent }) {
        await agent.registered({ redirectUris: registered });
        return agent.authorize({ redirectUri: null });
      },
      attempt: ({ agent }) => agent.authorize({ redirectUri: agent.landingUri }),
    }),
  ),
];
