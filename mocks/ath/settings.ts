import type { MockConfig } from "../../schemas/index.ts";

/** A provider behind the implementor; scopes and operations in maps, so that no inherited name is ever found. */
export interface Provider {
  readonly id: string;
  readonly displayName: string;
  readonly categories: readonly string[];
  readonly scopes: readonly string[];
  /** `METHOD /path` patterns by scope. */
  readonly operations: ReadonlyMap<string, readonly string[]>;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authMethod: "client_secret_basic" | "client_secret_post";
  readonly apiBase: string;
}

/** How registrations are decided. */
export interface Policy {
  /** Undefined: all. */
  readonly approvableScopes: ReadonlySet<string> | undefined;
  readonly deniedScopes: ReadonlySet<string>;
  readonly pendingDevelopers: ReadonlySet<string>;
  readonly deniedDevelopers: ReadonlySet<string>;
  readonly approvalDays: number;
}

export interface Limits {
  readonly requestsPerMinute: number;
  readonly sessionSeconds: number;
  readonly tokenSeconds: number;
  readonly identityTimeoutMs: number;
  readonly identityMaxBytes: number;
  readonly bodyMaxBytes: number;
  readonly upstreamTimeoutMs: number;
  readonly breakerFailures: number;
  readonly breakerSeconds: number;
}

/** The configuration with every default filled in. */
export interface Settings {
  /** The origin or base URL agents and browsers know, without a trailing slash. */
  readonly publicUrl: string;
  readonly gatewayId: string;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly policy: Policy;
  readonly limits: Limits;
  readonly audit: boolean;
}

/** A configuration that names what is behind the implementor. */
export type ProvidedConfig = MockConfig & Required<Pick<MockConfig, "providers">>;

/** Fills in the defaults. */
export function settingsOf(publicUrl: string, config: ProvidedConfig): Settings {
  const { policy = {}, limits = {} } = config;
  const base = publicUrl.replace(/\/+$/, "");
  return {
    publicUrl: base,
    gatewayId: config.gateway_id ?? base,
    providers: new Map(config.providers.map((provider) => [provider.id, providerOf(provider)])),
    policy: {
      approvableScopes: policy.approvable_scopes === undefined ? undefined : new Set(policy.approvable_scopes),
      deniedScopes: new Set(policy.denied_scopes),
      pendingDevelopers: new Set(policy.pending_developers),
      deniedDevelopers: new Set(policy.denied_developers),
      approvalDays: policy.approval_days ?? 90,
    },
    limits: {
      requestsPerMinute: limits.requests_per_minute ?? 600,
      sessionSeconds: limits.session_seconds ?? 600,
      tokenSeconds: limits.token_seconds ?? 3600,
      identityTimeoutMs: limits.identity_timeout_ms ?? 1500,
      identityMaxBytes: limits.identity_max_bytes ?? 64 * 1024,
      bodyMaxBytes: limits.body_max_bytes ?? 1024 * 1024,
      upstreamTimeoutMs: limits.upstream_timeout_ms ?? 10_000,
      breakerFailures: limits.breaker_failures ?? 5,
      breakerSeconds: limits.breaker_seconds ?? 30,
    },
    audit: config.audit ?? true,
  };
}

function providerOf(provider: ProvidedConfig["providers"][number]): Provider {
  return {
    id: provider.id,
    displayName: provider.display_name ?? provider.id,
    categories: provider.categories ?? [],
    scopes: provider.scopes,
    operations: new Map(Object.entries(provider.operations)),
    authorizationEndpoint: provider.authorization_endpoint,
    tokenEndpoint: provider.token_endpoint,
    userinfoEndpoint: provider.userinfo_endpoint,
    clientId: provider.client_id,
    clientSecret: provider.client_secret,
    authMethod: provider.token_endpoint_auth_method ?? "client_secret_basic",
    apiBase: provider.api_base.replace(/\/+$/, ""),
  };
}
