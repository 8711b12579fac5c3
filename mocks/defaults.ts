import type { ProvidedConfig } from "./ath/settings.ts";

/** What the mocks offer when nobody configures anything: two services behind one provider. */
export const defaultProviders = [
  {
    id: "mail",
    display_name: "Mock Mail",
    categories: ["communication"],
    scopes: ["mail:read", "mail:send", "mail:delete"],
    operations: {
      "mail:read": ["GET /v1/messages", "GET /v1/messages/{id}", "HEAD /v1/messages"],
      "mail:send": ["POST /v1/messages"],
      "mail:delete": ["DELETE /v1/messages/{id}"],
    },
  },
  {
    id: "calendar",
    display_name: "Mock Calendar",
    categories: ["productivity"],
    scopes: ["calendar:read", "calendar:write"],
    operations: {
      "calendar:read": ["GET /v1/events", "GET /v1/events/{id}"],
      "calendar:write": ["POST /v1/events"],
    },
  },
] as const;

/** Registrations by these developers meet a policy of their own. */
export const defaultPolicy = { pending_developers: ["dev-pending"], denied_developers: ["dev-denied"] } as const;

export interface ProviderAccess {
  /** Origin of a provider whose endpoints are /authorize, /token, /userinfo and /api. */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The configuration of a gateway before one OAuth provider that serves the default services. */
export function defaultGatewayConfig({ origin, clientId, clientSecret }: ProviderAccess): ProvidedConfig {
  return {
    providers: defaultProviders.map((provider) => ({
      ...provider,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      userinfo_endpoint: `${origin}/userinfo`,
      client_id: clientId,
      client_secret: clientSecret,
      api_base: `${origin}/api`,
    })),
    policy: defaultPolicy,
  };
}
