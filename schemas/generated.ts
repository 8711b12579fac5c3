// Written by `npx tsx schemas/generate.ts` from the JSON Schema files; edit those instead.
import type { JsonSchema } from "./schema-type.ts";

/** What an agent publishes at its agent_id; the key in it verifies the agent's attestations. */
export interface AgentIdentityDocument {
  /** Protocol version the document is written for, "0.1" in this edition. */
  readonly ath_version: string;
  /** The URI this document was fetched from. */
  readonly agent_id: string;
  /** Name of the agent for people. */
  readonly name: string;
  readonly developer: Developer;
  /** What the agent says it can do. */
  readonly capabilities?: ReadonlyArray<string>;
  /** The key attestations are signed with. */
  readonly public_key: string | {
    /** Key type, EC for ES256. */
    readonly kty: string;
    /** Curve, P-256 for ES256. */
    readonly crv?: string;
    /** Base64url coordinate. */
    readonly x?: string;
    /** Base64url coordinate. */
    readonly y?: string;
    /** Key id. */
    readonly kid?: string;
    /** Algorithm the key is meant for. */
    readonly alg?: string;
    /** Intended use. */
    readonly use?: string;
  };
}

/** Body of POST /ath/agents/register. */
export interface AgentRegistrationRequest {
  /** Where the agent's identity document is. */
  readonly agent_id: string;
  /** Signed JWT that proves control of the agent's key. */
  readonly agent_attestation: string;
  readonly developer: Developer;
  /** What the agent wants to reach, at least one provider. */
  readonly requested_providers: ReadonlyArray<RequestedProvider>;
  /** Why the agent asks, for people who decide. */
  readonly purpose?: string;
  /** Where users may be sent back to; an empty list means the same as none. */
  readonly redirect_uris?: ReadonlyArray<string>;
}

/** Answer to a registration: credentials and the decision for each provider. */
export interface AgentRegistrationResponse {
  /** Public identifier of this registration. */
  readonly client_id: string;
  /** Secret of this registration. */
  readonly client_secret: string;
  /** The decision on the agent as a whole. */
  readonly agent_status: "approved" | "pending" | "denied";
  /** The decision for each requested provider. */
  readonly approved_providers: ReadonlyArray<ApprovedProvider>;
  /** When the approval ends, an ISO 8601 date or date and time. */
  readonly approval_expires: string;
}

/** The decision for one requested provider. */
export interface ApprovedProvider {
  /** The provider. */
  readonly provider_id: string;
  /** Requested scopes the agent may use. */
  readonly approved_scopes: ReadonlyArray<string>;
  /** Requested scopes the agent may not use; an empty list when none. */
  readonly denied_scopes: ReadonlyArray<string>;
  /** Why something was denied; null or left out when nothing was. */
  readonly denial_reason?: string | null;
}

/** Body of every failure. */
export interface ATHError {
  /** Machine-readable reason; whether it is a listed one is a requirement of its own. */
  readonly code: string;
  /** Explanation for people. */
  readonly message: string;
  /** Anything more, by name. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Payload of an attestation JWT. */
export interface AttestationClaims {
  /** The issuing agent: its agent_id or the origin of it. */
  readonly iss: string;
  /** The full agent_id; the key published there verifies the signature. */
  readonly sub: string;
  /** Whom the attestation is for: the implementor's base URL, or the token endpoint's URL there. */
  readonly aud: string | ReadonlyArray<string>;
  /** Issue time in seconds since the epoch. */
  readonly iat: number;
  /** Expiry in seconds since the epoch. */
  readonly exp: number;
  /** Unique id; it is good for one use. */
  readonly jti: string;
  /** What the agent says it can do. */
  readonly capabilities?: ReadonlyArray<string>;
}

/** Protected header of an attestation JWT. */
export interface AttestationHeader {
  /** ECDSA on P-256 with SHA-256. */
  readonly alg: "ES256";
  /** Media type, JWT; known agents leave it out. */
  readonly typ?: string;
  /** Which key signed. */
  readonly kid?: string;
}

/** Body of POST /ath/authorize. */
export interface AuthorizationRequest {
  /** The registration that asks. */
  readonly client_id: string;
  /** Fresh signed JWT of the agent. */
  readonly agent_attestation: string;
  /** The provider the user shall consent for. */
  readonly provider_id: string;
  /** The scopes asked for, all of them approved at registration. */
  readonly scopes: ReadonlyArray<string>;
  /** Where the user's browser ends; one of the registered redirect URIs, character for character. */
  readonly user_redirect_uri?: string;
  /** Unguessable value the agent recognises its user by, at least 128 random bits. */
  readonly state: string;
  /** Resource indicator (RFC 8707) handed on to the provider. */
  readonly resource?: string;
}

/** Answer to an authorization request. */
export interface AuthorizationResponse {
  /** Where the user's browser has to go. */
  readonly authorization_url: string;
  /** The session to exchange for a token after consent. */
  readonly ath_session_id: string;
}

/** Who stands behind an agent. */
export interface Developer {
  /** Name of the person or organization. */
  readonly name: string;
  /** Stable identifier of the developer. */
  readonly id: string;
  /** An e-mail address; some agents send null for none. */
  readonly contact?: string | null;
}

/** What a gateway publishes at /.well-known/ath.json: who it is, where agents register, which providers stand behind it. */
export interface DiscoveryDocument {
  /** Protocol version the document is written for, "0.1" in this edition. */
  readonly ath_version: string;
  /** Identifier of the gateway. */
  readonly gateway_id: string;
  /** Absolute URL where agents register. */
  readonly agent_registration_endpoint: string;
  /** The providers an agent may ask for. */
  readonly supported_providers: ReadonlyArray<ProviderInfo>;
}

/** One provider in a gateway's directory. */
export interface ProviderInfo {
  /** Identifier used in registration, authorization and in the proxied path. */
  readonly provider_id: string;
  /** Name for people. */
  readonly display_name: string;
  /** Free words to group providers by. */
  readonly categories?: ReadonlyArray<string>;
  /** Every scope the provider offers to agents. */
  readonly available_scopes: ReadonlyArray<string>;
  /** How users consent; ATH 0.1 knows OAuth 2.0 only. */
  readonly auth_mode: "OAUTH2";
  /** Whether an agent needs the gateway's approval before users can be asked. */
  readonly agent_approval_required: boolean;
}

/** One provider with the scopes an agent asks for. */
export interface RequestedProvider {
  /** The provider. */
  readonly provider_id: string;
  /** The scopes asked for. */
  readonly scopes: ReadonlyArray<string>;
}

/** How the scopes of a token came about. */
export interface ScopeIntersection {
  /** What the implementor approved for the agent. */
  readonly agent_approved: ReadonlyArray<string>;
  /** What the user agreed to. */
  readonly user_consented: ReadonlyArray<string>;
  /** What is left after intersecting both with the request. */
  readonly effective: ReadonlyArray<string>;
}

/** What a native service publishes at /.well-known/ath-app.json. */
export interface ServiceDiscoveryDocument {
  /** Protocol version the document is written for, "0.1" in this edition. */
  readonly ath_version: string;
  /** Identifier of the service; it takes the place of provider_id in native mode. */
  readonly app_id: string;
  /** Name for people. */
  readonly name: string;
  /** How agents authenticate. */
  readonly auth: {
    /** Always OAuth 2.0. */
    readonly type: "oauth2";
    /** Where an authorization starts. */
    readonly authorization_endpoint: string;
    /** Where sessions become tokens. */
    readonly token_endpoint: string;
    /** Where agents register. */
    readonly registration_endpoint?: string;
    /** Every scope the service knows. */
    readonly scopes_supported: ReadonlyArray<string>;
    /** Whether calls need an attestation; left out means yes. */
    readonly agent_attestation_required?: boolean;
  };
  /** Absolute URL under which the service's API takes ATH tokens. */
  readonly api_base: string;
}

/** Body of POST /ath/token, sent as application/json. */
export interface TokenExchangeRequest {
  /** The only grant of ATH 0.1. */
  readonly grant_type: "authorization_code";
  /** The registration that asks. */
  readonly client_id: string;
  /** Its secret. */
  readonly client_secret: string;
  /** Fresh signed JWT whose audience is the token endpoint's URL. */
  readonly agent_attestation: string;
  /** Authorization code; agents of a gateway, which redeems the provider's code itself, send a placeholder. */
  readonly code: string;
  /** The session to exchange. */
  readonly ath_session_id: string;
}

/** An ATH access token and what it carries. */
export interface TokenResponse {
  /** The token. */
  readonly access_token: string;
  /** Always a bearer token. */
  readonly token_type: "Bearer";
  /** Lifetime in seconds. */
  readonly expires_in: number;
  /** What the token allows. */
  readonly effective_scopes: ReadonlyArray<string>;
  /** The one provider the token is for. */
  readonly provider_id: string;
  /** The one agent the token is for. */
  readonly agent_id: string;
  readonly scope_intersection: ScopeIntersection;
}

/** Body of POST /ath/revoke. */
export interface TokenRevocationRequest {
  /** The token to end. */
  readonly token: string;
  /** The registration the token was issued to; needed when the agent is the caller. */
  readonly client_id?: string;
  /** Its secret; needed when the agent is the caller. */
  readonly client_secret?: string;
}

/** gateproof.config.yaml. */
export interface Config {
  /** What the target is judged as. */
  readonly profile?: "ath-gateway" | "ath-native" | "ath-handshake" | "ath-agent" | "aun-gateway" | "aun-client" | "all";
  /** The implementation under test. */
  readonly target?: {
    /** Base URL of the target. */
    readonly url?: string;
    /** Header fields on every API request of an agent, left out where missing credentials are the point. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Declared optional features; undeclared ones are detected. */
    readonly features?: {
      /** GET /ath/agents/{clientId} exists. */
      readonly agent_status?: boolean;
      /** Decisions are logged. */
      readonly audit?: boolean;
      /** Agents are rate limited. */
      readonly rate_limit?: boolean;
    };
  };
  /** Where the kit publishes its agents' identity documents. */
  readonly agents?: {
    /** host:port to listen at, or host:first-last for a range of ports. */
    readonly listen?: string;
    /** How the target reaches that address. */
    readonly base_url?: string;
    /** Pattern of an agent_id with {base}, {agent} or {port}. */
    readonly id_template?: string;
  };
  /** The providers behind the target that the kit may use. */
  readonly providers?: ReadonlyArray<{
    /** Its provider_id. */
    readonly id: string;
    /** Its scopes. */
    readonly scopes: ReadonlyArray<string>;
    /** Allowed operations for each scope, for scope enforcement at the proxy. */
    readonly operations?: Readonly<Record<string, ReadonlyArray<string>>>;
    /** Operations that no scope allows. */
    readonly unmapped?: ReadonlyArray<string>;
  }>;
  /** How the user's consent is given. */
  readonly consent?: {
    /** Which driver gives it. */
    readonly driver: "provider" | "form" | "command" | "manual";
    /** The kit's own OAuth provider behind the target. */
    readonly provider?: {
      /** host:port of the provider, as configured at the target. */
      readonly listen?: string;
      /** Client id the target uses. */
      readonly client_id?: string;
      /** Client secret the target uses. */
      readonly client_secret?: string;
    };
    /** Fill and submit the consent form of the target or its provider. */
    readonly form?: {
      /** Values by name of the form field. */
      readonly fields?: Readonly<Record<string, string>>;
      /** What to fill in for the user name. */
      readonly user?: string;
      /** What to fill in for the password. */
      readonly password?: string;
    };
    /** Run a program that gives the consent. */
    readonly command?: {
      /** The program and its arguments. */
      readonly run: ReadonlyArray<string>;
    };
    /** Print the URL and wait for a person. */
    readonly manual?: Readonly<Record<string, never>>;
  };
  /** What the target offers to be tested with; everything optional. */
  readonly hooks?: {
    /** Moves the target's clock forward; {seconds} in the body is replaced. */
    readonly clock?: {
      /** Method and URL, for example POST https://gw.example/internal/clock. */
      readonly request: string;
      /** Header fields by name. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Body to send. */
      readonly body?: string;
    };
    /** Reads the audit log. */
    readonly audit?: {
      /** Method and URL, for example POST https://gw.example/internal/clock. */
      readonly request: string;
      /** Header fields by name. */
      readonly headers?: Readonly<Record<string, string>>;
      /** One JSON value a line, or one JSON array. */
      readonly format?: "jsonl" | "json";
    };
    /** A developer whose agents the target leaves pending. */
    readonly pending_agent?: {
      /** That developer's id. */
      readonly developer_id: string;
    };
    /** A developer whose agents the target denies. */
    readonly denied_agent?: {
      /** That developer's id. */
      readonly developer_id: string;
    };
    /** Asks for a pairing code; {aid} in the body is replaced. */
    readonly pairing_code?: {
      /** Method and URL, for example POST https://gw.example/internal/clock. */
      readonly request: string;
      /** Header fields by name. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Body to send. */
      readonly body?: string;
      /** Name of the member of the answer that holds the code. */
      readonly result?: string;
    };
  };
  /** Settings of the AUN profiles. */
  readonly aun?: {
    /** Issuer domain of the agent identities. */
    readonly issuer?: string;
    /** Where /pki, /health and discovery are, when not at the target's host. */
    readonly http?: string;
    /** Who may connect: open when anyone can create an identity, else a list of prepared ones. */
    readonly identities?: "open" | ReadonlyArray<{
      /** Its AID. */
      readonly aid: string;
      /** Path of its certificate. */
      readonly cert: string;
      /** Path of its key. */
      readonly key: string;
    }>;
    /** Path of the trusted root certificates in PEM. */
    readonly trust_roots?: string;
    /** A second domain for cross-domain checks. */
    readonly peer?: {
      /** Its issuer. */
      readonly issuer: string;
      /** Its WebSocket URL. */
      readonly target: string;
    };
  };
  readonly implementation?: Implementation;
}

/** Configuration of the reference mocks (`gateproof mock --config`). */
export interface MockConfig {
  /** The providers behind the gateway. */
  readonly providers: ReadonlyArray<{
    /** Its provider_id. */
    readonly id: string;
    /** Name for people. */
    readonly display_name?: string;
    /** Free words to group providers by. */
    readonly categories?: ReadonlyArray<string>;
    /** Its scopes. */
    readonly scopes: ReadonlyArray<string>;
    /** Allowed operations for each scope, for example GET /v1/messages. */
    readonly operations: Readonly<Record<string, ReadonlyArray<string>>>;
    /** Its OAuth authorization endpoint. */
    readonly authorization_endpoint: string;
    /** Its OAuth token endpoint. */
    readonly token_endpoint: string;
    /** Where to ask who the user is. */
    readonly userinfo_endpoint?: string;
    /** The gateway's client id there. */
    readonly client_id: string;
    /** The gateway's client secret there. */
    readonly client_secret: string;
    /** How the gateway authenticates there. */
    readonly token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post";
    /** Base URL of its API. */
    readonly api_base: string;
  }>;
  /** How registrations are decided. */
  readonly policy?: {
    /** Only these scopes are approved; left out: all. */
    readonly approvable_scopes?: ReadonlyArray<string>;
    /** These scopes are denied. */
    readonly denied_scopes?: ReadonlyArray<string>;
    /** Developers whose agents are left pending. */
    readonly pending_developers?: ReadonlyArray<string>;
    /** Developers whose agents are denied. */
    readonly denied_developers?: ReadonlyArray<string>;
    /** How long an approval lasts. */
    readonly approval_days?: number;
  };
  /** Limits and time-outs. */
  readonly limits?: {
    /** Requests one agent may send in a minute. */
    readonly requests_per_minute?: number;
    /** Lifetime of an authorization session. */
    readonly session_seconds?: number;
    /** Lifetime of a token. */
    readonly token_seconds?: number;
    /** Time-out for fetching an identity document. */
    readonly identity_timeout_ms?: number;
    /** Largest identity document. */
    readonly identity_max_bytes?: number;
    /** Largest request body. */
    readonly body_max_bytes?: number;
    /** Time-out for the provider's API. */
    readonly upstream_timeout_ms?: number;
    /** Failures in a row after which the provider is left alone. */
    readonly breaker_failures?: number;
    /** For how long it is left alone. */
    readonly breaker_seconds?: number;
  };
  /** Whether decisions are logged. */
  readonly audit?: boolean;
  /** Identifier in the discovery document. */
  readonly gateway_id?: string;
}

/** What `gateproof selftest --json` prints. */
export interface Selftest {
  /** The honest reference mock. */
  readonly honest: {
    /** The profile. */
    readonly profile: string;
    /** Checks that ran. */
    readonly checks: number;
    /** Ids of checks that did not pass. */
    readonly notPass: ReadonlyArray<string>;
  };
  /** Every fault with the checks that caught it. */
  readonly faults: ReadonlyArray<{
    /** Id of the fault. */
    readonly id: string;
    /** The requirement it breaks. */
    readonly requirement: string;
    /** The profile it was run under. */
    readonly profile: string;
    /** Checks that caught it as expected. */
    readonly killedBy: ReadonlyArray<string>;
    /** Checks that have to catch it. */
    readonly expectedKillers: ReadonlyArray<string>;
    /** Other checks that failed along. */
    readonly alsoFailed: ReadonlyArray<string>;
    /** Whether it was caught; broken when the run itself went wrong. */
    readonly verdict: "killed" | "survived" | "broken";
  }>;
  /** Targets that implement nothing. */
  readonly nullTargets: ReadonlyArray<{
    /** What it does. */
    readonly name: string;
    /** Checks that passed; has to be 0. */
    readonly passes: number;
    /** Exit code; has to be 3. */
    readonly exitCode: number;
    /** Milliseconds the run took. */
    readonly ms: number;
  }>;
  /** Checks that no fault proves. */
  readonly unprovenChecks: ReadonlyArray<string>;
  /** Whether all of it is as it has to be. */
  readonly ok: boolean;
}

/** What one check found. */
export interface CheckResult {
  /** Id of the check. */
  readonly id: string;
  /** Id of the requirement it judges. */
  readonly requirement: string;
  /** The level the kit judges the requirement at. */
  readonly level: "must" | "should" | "may" | "none";
  /** Section of the protocol. */
  readonly section: string;
  /** What is checked, in one sentence. */
  readonly title: string;
  /** The outcome. */
  readonly outcome: "pass" | "fail" | "warn" | "ambiguous" | "not-applicable" | "not-tested" | "inconclusive" | "kit-error";
  /** Machine-readable reason; null for a pass. */
  readonly reasonCode: string | null;
  /** What had to happen. */
  readonly expected: string | null;
  /** What happened. */
  readonly actual: string | null;
  /** Whose matter a non-pass is; null when that is not decided. */
  readonly cause: "target" | "environment" | "configuration" | "kit" | null;
  /** Milliseconds. */
  readonly durationMs: number;
  /** How often the check was driven. */
  readonly attempts: number;
  /** The evidence that decided. */
  readonly exchanges: ReadonlyArray<Exchange>;
  /** Faults of the reference mock that this check catches. */
  readonly provenBy: ReadonlyArray<string>;
  /** Id for repeating this case alone. */
  readonly replay: string | null;
  /** How to mend it, one line. */
  readonly hint?: string;
  /** Whether a transport fault made a second attempt necessary. */
  readonly flaky?: boolean;
  /** Remarks for people. */
  readonly notes?: ReadonlyArray<string>;
}

/** One recorded HTTP request with what came back. */
export interface Exchange {
  /** Number within the run. */
  readonly id: number;
  /** Who sent the request. */
  readonly from: "agent" | "user" | "operator" | "target" | "provider" | "upstream" | "identity-host" | "other";
  /** Who was asked. */
  readonly to: "agent" | "user" | "operator" | "target" | "provider" | "upstream" | "identity-host" | "other";
  /** What the request was sent for, in a few words. */
  readonly purpose: string;
  /** ISO 8601 instant. */
  readonly startedAt: string;
  /** Milliseconds until the answer was complete. */
  readonly durationMs: number;
  /** What was sent. */
  readonly request: {
    /** HTTP method. */
    readonly method: string;
    /** Full URL, secrets masked. */
    readonly url: string;
    /** Header fields in the order they came, repeated ones kept. */
    readonly headers: ReadonlyArray<readonly [string, string]>;
    /** The body as text, secrets masked; left out when it was empty or is not text. */
    readonly body?: string;
    /** Size of the body on the wire. */
    readonly bodyBytes: number;
    /** SHA-256 of the body in hex. */
    readonly bodySha256?: string;
  };
  /** What came back; null when nothing did. */
  readonly response: {
    /** HTTP status. */
    readonly status: number;
    /** Header fields in the order they came, repeated ones kept. */
    readonly headers: ReadonlyArray<readonly [string, string]>;
    /** The body as text, secrets masked; left out when it was empty or is not text. */
    readonly body?: string;
    /** Size of the body on the wire. */
    readonly bodyBytes: number;
    /** SHA-256 of the body in hex. */
    readonly bodySha256?: string;
    /** Whether only the first part of the body was kept. */
    readonly truncated?: boolean;
  } | null;
  /** Why no complete answer came; null when one did. */
  readonly error: {
    /** Stable error code. */
    readonly code: string;
    /** Explanation for people. */
    readonly message: string;
  } | null;
  /** A command line that repeats the request, secrets as variables. */
  readonly curl?: string;
}

/** Who made the implementation under test; shown in reports and certificates. */
export interface Implementation {
  /** The organization. */
  readonly organization?: string;
  /** The product. */
  readonly project?: string;
  /** Its version. */
  readonly version?: string;
  /** Where to read about it. */
  readonly url?: string;
}

/** The result of one run. */
export interface Report {
  /** Version of this shape. */
  readonly schema: "gateproof.report/1";
  /** The run itself. */
  readonly run: {
    /** Unique id of the run. */
    readonly id: string;
    /** ISO 8601 instant. */
    readonly startedAt: string;
    /** Length of the run in milliseconds. */
    readonly durationMs: number;
    /** Seed of everything generated. */
    readonly seed: number;
    /** The profile that was judged. */
    readonly profile: string;
    /** Command line that repeats the run. */
    readonly command: string;
  };
  /** The kit that judged. */
  readonly kit: {
    /** Name of the kit. */
    readonly name: string;
    /** Version of the kit. */
    readonly version: string;
    /** The self-test of this kit; null when none is known. */
    readonly selftest: {
      /** Whether every fault was caught and nothing passed a null target. */
      readonly ok: boolean;
      /** Faults tried. */
      readonly faults: number;
      /** Faults caught. */
      readonly killed: number;
    } | null;
  };
  /** What was judged. */
  readonly target: {
    /** Base URL of the target. */
    readonly url: string;
    /** The part the target plays, for example gateway. */
    readonly role: string;
    /** Digest by which two runs against the same target are recognised; null when there was no answer. */
    readonly fingerprint: string | null;
    /** Names of configured headers that were sent and are masked here. */
    readonly headersRedacted: ReadonlyArray<string>;
  };
  /** Who made the target, from the configuration. */
  readonly implementation?: Implementation;
  /** The one answer. */
  readonly verdict: {
    /** The result. */
    readonly result: "conformant" | "findings" | "not-testable" | "kit-error";
    /** Exit code of the command. */
    readonly exitCode: 0 | 1 | 2 | 3 | 4 | 130;
    /** The result in one sentence. */
    readonly sentence: string;
  };
  /** Number of checks for each outcome. */
  readonly totals: {
    /** A requirement kept. */
    readonly pass: number;
    /** A MUST broken. */
    readonly fail: number;
    /** A SHOULD broken. */
    readonly warn: number;
    /** Two honest readings. */
    readonly ambiguous: number;
    /** Feature not declared. */
    readonly notApplicable: number;
    /** Could not be judged. */
    readonly notTested: number;
    /** Observations contradict. */
    readonly inconclusive: number;
    /** The kit's own fault. */
    readonly kitError: number;
  };
  /** One entry for each check. */
  readonly checks: ReadonlyArray<CheckResult>;
  /** What was found wrong with the set-up before any verdict. */
  readonly setup?: ReadonlyArray<SetupFinding>;
  /** The checks that had to run, so that a hole is seen. */
  readonly expectedSet: {
    /** How many. */
    readonly count: number;
    /** Digest over their ids. */
    readonly digest: string;
    /** Ids that gave no result. */
    readonly missing: ReadonlyArray<string>;
  };
}

/** One thing found before the verdict. */
export interface SetupFinding {
  /** How bad it is. */
  readonly severity: "error" | "warning" | "info";
  /** Whose matter it is. */
  readonly whose: "target" | "environment" | "configuration" | "kit";
  /** What was found. */
  readonly what: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Every type by the title of its schema. */
export interface Messages {
  AgentIdentityDocument: AgentIdentityDocument;
  AgentRegistrationRequest: AgentRegistrationRequest;
  AgentRegistrationResponse: AgentRegistrationResponse;
  ApprovedProvider: ApprovedProvider;
  ATHError: ATHError;
  AttestationClaims: AttestationClaims;
  AttestationHeader: AttestationHeader;
  AuthorizationRequest: AuthorizationRequest;
  AuthorizationResponse: AuthorizationResponse;
  Developer: Developer;
  DiscoveryDocument: DiscoveryDocument;
  ProviderInfo: ProviderInfo;
  RequestedProvider: RequestedProvider;
  ScopeIntersection: ScopeIntersection;
  ServiceDiscoveryDocument: ServiceDiscoveryDocument;
  TokenExchangeRequest: TokenExchangeRequest;
  TokenResponse: TokenResponse;
  TokenRevocationRequest: TokenRevocationRequest;
  Config: Config;
  MockConfig: MockConfig;
  Selftest: Selftest;
  CheckResult: CheckResult;
  Exchange: Exchange;
  Implementation: Implementation;
  Report: Report;
  SetupFinding: SetupFinding;
}

/** Every schema by its title; in this file, since loading one module is faster than loading one for each schema. */
export const schemas: { readonly [Name in keyof Messages]: JsonSchema } = {
  AgentIdentityDocument: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/agent-identity-document.json","title":"AgentIdentityDocument","description":"What an agent publishes at its agent_id; the key in it verifies the agent's attestations.","type":"object","required":["ath_version","agent_id","name","developer","public_key"],"properties":{"ath_version":{"description":"Protocol version the document is written for, \"0.1\" in this edition.","type":"string","minLength":1},"agent_id":{"description":"The URI this document was fetched from.","type":"string","format":"uri"},"name":{"description":"Name of the agent for people.","type":"string"},"developer":{"$ref":"developer.json"},"capabilities":{"description":"What the agent says it can do.","type":"array","items":{"type":"string","minLength":1}},"public_key":{"description":"The key attestations are signed with.","anyOf":[{"title":"a PEM string","type":"string","minLength":1},{"title":"a JWK object","type":"object","required":["kty"],"properties":{"kty":{"description":"Key type, EC for ES256.","type":"string","minLength":1},"crv":{"description":"Curve, P-256 for ES256.","type":"string"},"x":{"description":"Base64url coordinate.","type":"string"},"y":{"description":"Base64url coordinate.","type":"string"},"kid":{"description":"Key id.","type":"string"},"alg":{"description":"Algorithm the key is meant for.","type":"string"},"use":{"description":"Intended use.","type":"string"}}}]}}},
  AgentRegistrationRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/agent-registration-request.json","title":"AgentRegistrationRequest","description":"Body of POST /ath/agents/register.","type":"object","required":["agent_id","agent_attestation","developer","requested_providers"],"properties":{"agent_id":{"description":"Where the agent's identity document is.","type":"string","format":"uri"},"agent_attestation":{"description":"Signed JWT that proves control of the agent's key.","type":"string","minLength":1},"developer":{"$ref":"developer.json"},"requested_providers":{"description":"What the agent wants to reach, at least one provider.","type":"array","items":{"$ref":"requested-provider.json"},"minItems":1},"purpose":{"description":"Why the agent asks, for people who decide.","type":"string"},"redirect_uris":{"description":"Where users may be sent back to; an empty list means the same as none.","type":"array","items":{"type":"string","format":"uri"}}}},
  AgentRegistrationResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/agent-registration-response.json","title":"AgentRegistrationResponse","description":"Answer to a registration: credentials and the decision for each provider.","type":"object","required":["client_id","client_secret","agent_status","approved_providers","approval_expires"],"properties":{"client_id":{"description":"Public identifier of this registration.","type":"string","minLength":1},"client_secret":{"description":"Secret of this registration.","type":"string","minLength":1},"agent_status":{"description":"The decision on the agent as a whole.","enum":["approved","pending","denied"]},"approved_providers":{"description":"The decision for each requested provider.","type":"array","items":{"$ref":"approved-provider.json"}},"approval_expires":{"description":"When the approval ends, an ISO 8601 date or date and time.","anyOf":[{"title":"a date","type":"string","format":"date"},{"title":"a date and time joined by T","type":"string","format":"iso-date-time","pattern":"^\\S+$"}]}}},
  ApprovedProvider: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/approved-provider.json","title":"ApprovedProvider","description":"The decision for one requested provider.","type":"object","required":["provider_id","approved_scopes","denied_scopes"],"properties":{"provider_id":{"description":"The provider.","type":"string","minLength":1},"approved_scopes":{"description":"Requested scopes the agent may use.","type":"array","items":{"type":"string","minLength":1}},"denied_scopes":{"description":"Requested scopes the agent may not use; an empty list when none.","type":"array","items":{"type":"string","minLength":1}},"denial_reason":{"description":"Why something was denied; null or left out when nothing was.","type":["string","null"]}}},
  ATHError: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/ath-error.json","title":"ATHError","description":"Body of every failure.","type":"object","required":["code","message"],"properties":{"code":{"description":"Machine-readable reason; whether it is a listed one is a requirement of its own.","type":"string","minLength":1},"message":{"description":"Explanation for people.","type":"string"},"details":{"description":"Anything more, by name.","type":"object","additionalProperties":true}}},
  AttestationClaims: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/attestation-claims.json","title":"AttestationClaims","description":"Payload of an attestation JWT.","type":"object","required":["iss","sub","aud","iat","exp","jti"],"properties":{"iss":{"description":"The issuing agent: its agent_id or the origin of it.","type":"string","minLength":1},"sub":{"description":"The full agent_id; the key published there verifies the signature.","type":"string","format":"uri"},"aud":{"description":"Whom the attestation is for: the implementor's base URL, or the token endpoint's URL there.","anyOf":[{"title":"a string","type":"string","minLength":1},{"title":"a list of strings","type":"array","items":{"type":"string","minLength":1},"minItems":1}]},"iat":{"description":"Issue time in seconds since the epoch.","type":"number"},"exp":{"description":"Expiry in seconds since the epoch.","type":"number"},"jti":{"description":"Unique id; it is good for one use.","type":"string","minLength":1},"capabilities":{"description":"What the agent says it can do.","type":"array","items":{"type":"string","minLength":1}}}},
  AttestationHeader: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/attestation-header.json","title":"AttestationHeader","description":"Protected header of an attestation JWT.","type":"object","required":["alg"],"properties":{"alg":{"description":"ECDSA on P-256 with SHA-256.","const":"ES256"},"typ":{"description":"Media type, JWT; known agents leave it out.","type":"string"},"kid":{"description":"Which key signed.","type":"string"}}},
  AuthorizationRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/authorization-request.json","title":"AuthorizationRequest","description":"Body of POST /ath/authorize.","type":"object","required":["client_id","agent_attestation","provider_id","scopes","state"],"properties":{"client_id":{"description":"The registration that asks.","type":"string","minLength":1},"agent_attestation":{"description":"Fresh signed JWT of the agent.","type":"string","minLength":1},"provider_id":{"description":"The provider the user shall consent for.","type":"string","minLength":1},"scopes":{"description":"The scopes asked for, all of them approved at registration.","type":"array","items":{"type":"string","minLength":1}},"user_redirect_uri":{"description":"Where the user's browser ends; one of the registered redirect URIs, character for character.","type":"string","format":"uri"},"state":{"description":"Unguessable value the agent recognises its user by, at least 128 random bits.","type":"string","minLength":1},"resource":{"description":"Resource indicator (RFC 8707) handed on to the provider.","type":"string","format":"uri"}}},
  AuthorizationResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/authorization-response.json","title":"AuthorizationResponse","description":"Answer to an authorization request.","type":"object","required":["authorization_url","ath_session_id"],"properties":{"authorization_url":{"description":"Where the user's browser has to go.","type":"string","format":"uri"},"ath_session_id":{"description":"The session to exchange for a token after consent.","type":"string","minLength":1}}},
  Developer: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/developer.json","title":"Developer","description":"Who stands behind an agent.","type":"object","required":["name","id"],"properties":{"name":{"description":"Name of the person or organization.","type":"string"},"id":{"description":"Stable identifier of the developer.","type":"string","minLength":1},"contact":{"description":"An e-mail address; some agents send null for none.","type":["string","null"]}}},
  DiscoveryDocument: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/discovery-document.json","title":"DiscoveryDocument","description":"What a gateway publishes at /.well-known/ath.json: who it is, where agents register, which providers stand behind it.","type":"object","required":["ath_version","gateway_id","agent_registration_endpoint","supported_providers"],"properties":{"ath_version":{"description":"Protocol version the document is written for, \"0.1\" in this edition.","type":"string","minLength":1},"gateway_id":{"description":"Identifier of the gateway.","type":"string","minLength":1},"agent_registration_endpoint":{"description":"Absolute URL where agents register.","type":"string","format":"uri"},"supported_providers":{"description":"The providers an agent may ask for.","type":"array","items":{"$ref":"provider-info.json"}}}},
  ProviderInfo: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/provider-info.json","title":"ProviderInfo","description":"One provider in a gateway's directory.","type":"object","required":["provider_id","display_name","available_scopes","auth_mode","agent_approval_required"],"properties":{"provider_id":{"description":"Identifier used in registration, authorization and in the proxied path.","type":"string","minLength":1},"display_name":{"description":"Name for people.","type":"string"},"categories":{"description":"Free words to group providers by.","type":"array","items":{"type":"string","minLength":1}},"available_scopes":{"description":"Every scope the provider offers to agents.","type":"array","items":{"type":"string","minLength":1}},"auth_mode":{"description":"How users consent; ATH 0.1 knows OAuth 2.0 only.","const":"OAUTH2"},"agent_approval_required":{"description":"Whether an agent needs the gateway's approval before users can be asked.","type":"boolean"}}},
  RequestedProvider: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/requested-provider.json","title":"RequestedProvider","description":"One provider with the scopes an agent asks for.","type":"object","required":["provider_id","scopes"],"properties":{"provider_id":{"description":"The provider.","type":"string","minLength":1},"scopes":{"description":"The scopes asked for.","type":"array","items":{"type":"string","minLength":1}}}},
  ScopeIntersection: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/scope-intersection.json","title":"ScopeIntersection","description":"How the scopes of a token came about.","type":"object","required":["agent_approved","user_consented","effective"],"properties":{"agent_approved":{"description":"What the implementor approved for the agent.","type":"array","items":{"type":"string","minLength":1}},"user_consented":{"description":"What the user agreed to.","type":"array","items":{"type":"string","minLength":1}},"effective":{"description":"What is left after intersecting both with the request.","type":"array","items":{"type":"string","minLength":1}}}},
  ServiceDiscoveryDocument: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/service-discovery-document.json","title":"ServiceDiscoveryDocument","description":"What a native service publishes at /.well-known/ath-app.json.","type":"object","required":["ath_version","app_id","name","auth","api_base"],"properties":{"ath_version":{"description":"Protocol version the document is written for, \"0.1\" in this edition.","type":"string","minLength":1},"app_id":{"description":"Identifier of the service; it takes the place of provider_id in native mode.","type":"string","minLength":1},"name":{"description":"Name for people.","type":"string"},"auth":{"description":"How agents authenticate.","type":"object","required":["type","authorization_endpoint","token_endpoint","scopes_supported"],"properties":{"type":{"description":"Always OAuth 2.0.","const":"oauth2"},"authorization_endpoint":{"description":"Where an authorization starts.","type":"string","format":"uri"},"token_endpoint":{"description":"Where sessions become tokens.","type":"string","format":"uri"},"registration_endpoint":{"description":"Where agents register.","type":"string","format":"uri"},"scopes_supported":{"description":"Every scope the service knows.","type":"array","items":{"type":"string","minLength":1}},"agent_attestation_required":{"description":"Whether calls need an attestation; left out means yes.","type":"boolean"}}},"api_base":{"description":"Absolute URL under which the service's API takes ATH tokens.","type":"string","format":"uri"}}},
  TokenExchangeRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/token-exchange-request.json","title":"TokenExchangeRequest","description":"Body of POST /ath/token, sent as application/json.","type":"object","required":["grant_type","client_id","client_secret","agent_attestation","code","ath_session_id"],"properties":{"grant_type":{"description":"The only grant of ATH 0.1.","const":"authorization_code"},"client_id":{"description":"The registration that asks.","type":"string","minLength":1},"client_secret":{"description":"Its secret.","type":"string","minLength":1},"agent_attestation":{"description":"Fresh signed JWT whose audience is the token endpoint's URL.","type":"string","minLength":1},"code":{"description":"Authorization code; agents of a gateway, which redeems the provider's code itself, send a placeholder.","type":"string"},"ath_session_id":{"description":"The session to exchange.","type":"string","minLength":1}}},
  TokenResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/token-response.json","title":"TokenResponse","description":"An ATH access token and what it carries.","type":"object","required":["access_token","token_type","expires_in","effective_scopes","provider_id","agent_id","scope_intersection"],"properties":{"access_token":{"description":"The token.","type":"string","minLength":1},"token_type":{"description":"Always a bearer token.","const":"Bearer"},"expires_in":{"description":"Lifetime in seconds.","type":"integer","exclusiveMinimum":0},"effective_scopes":{"description":"What the token allows.","type":"array","items":{"type":"string","minLength":1}},"provider_id":{"description":"The one provider the token is for.","type":"string","minLength":1},"agent_id":{"description":"The one agent the token is for.","type":"string","format":"uri"},"scope_intersection":{"$ref":"scope-intersection.json"}}},
  TokenRevocationRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/ath/token-revocation-request.json","title":"TokenRevocationRequest","description":"Body of POST /ath/revoke.","type":"object","required":["token"],"properties":{"token":{"description":"The token to end.","type":"string","minLength":1},"client_id":{"description":"The registration the token was issued to; needed when the agent is the caller.","type":"string"},"client_secret":{"description":"Its secret; needed when the agent is the caller.","type":"string"}}},
  Config: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/config.json","title":"Config","description":"gateproof.config.yaml.","type":"object","properties":{"profile":{"description":"What the target is judged as.","enum":["ath-gateway","ath-native","ath-handshake","ath-agent","aun-gateway","aun-client","all"]},"target":{"description":"The implementation under test.","type":"object","properties":{"url":{"description":"Base URL of the target.","type":"string","format":"uri"},"headers":{"description":"Header fields on every API request of an agent, left out where missing credentials are the point.","type":"object","additionalProperties":{"type":"string"}},"features":{"description":"Declared optional features; undeclared ones are detected.","type":"object","properties":{"agent_status":{"description":"GET /ath/agents/{clientId} exists.","type":"boolean"},"audit":{"description":"Decisions are logged.","type":"boolean"},"rate_limit":{"description":"Agents are rate limited.","type":"boolean"}},"additionalProperties":false}},"additionalProperties":false},"agents":{"description":"Where the kit publishes its agents' identity documents.","type":"object","properties":{"listen":{"description":"host:port to listen at, or host:first-last for a range of ports.","type":"string","pattern":"^(\\[[0-9a-fA-F:.]+\\]|[^\\s:]+):[0-9]{1,5}(-[0-9]{1,5})?$"},"base_url":{"description":"How the target reaches that address.","type":"string","format":"uri"},"id_template":{"description":"Pattern of an agent_id with {base}, {agent} or {port}.","type":"string","pattern":"\\{(agent|port)\\}"}},"additionalProperties":false},"providers":{"description":"The providers behind the target that the kit may use.","type":"array","items":{"description":"One provider.","type":"object","required":["id","scopes"],"properties":{"id":{"description":"Its provider_id.","type":"string","minLength":1},"scopes":{"description":"Its scopes.","type":"array","items":{"type":"string","minLength":1}},"operations":{"description":"Allowed operations for each scope, for scope enforcement at the proxy.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$"}}},"unmapped":{"description":"Operations that no scope allows.","type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$"}}},"additionalProperties":false}},"consent":{"description":"How the user's consent is given.","type":"object","required":["driver"],"properties":{"driver":{"description":"Which driver gives it.","enum":["provider","form","command","manual"]},"provider":{"description":"The kit's own OAuth provider behind the target.","type":"object","properties":{"listen":{"description":"host:port of the provider, as configured at the target.","type":"string","pattern":"^(\\[[0-9a-fA-F:.]+\\]|[^\\s:]+):[0-9]{1,5}(-[0-9]{1,5})?$"},"client_id":{"description":"Client id the target uses.","type":"string","minLength":1},"client_secret":{"description":"Client secret the target uses.","type":"string","minLength":1}},"additionalProperties":false},"form":{"description":"Fill and submit the consent form of the target or its provider.","type":"object","properties":{"fields":{"description":"Values by name of the form field.","type":"object","additionalProperties":{"type":"string"}},"user":{"description":"What to fill in for the user name.","type":"string"},"password":{"description":"What to fill in for the password.","type":"string"}},"additionalProperties":false},"command":{"description":"Run a program that gives the consent.","type":"object","required":["run"],"properties":{"run":{"description":"The program and its arguments.","type":"array","items":{"type":"string"},"minItems":1}},"additionalProperties":false},"manual":{"description":"Print the URL and wait for a person.","type":"object","properties":{},"additionalProperties":false}},"additionalProperties":false},"hooks":{"description":"What the target offers to be tested with; everything optional.","type":"object","properties":{"clock":{"description":"Moves the target's clock forward; {seconds} in the body is replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$"},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"}},"additionalProperties":false},"audit":{"description":"Reads the audit log.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$"},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"format":{"description":"One JSON value a line, or one JSON array.","enum":["jsonl","json"]}},"additionalProperties":false},"pending_agent":{"description":"A developer whose agents the target leaves pending.","type":"object","required":["developer_id"],"properties":{"developer_id":{"description":"That developer's id.","type":"string","minLength":1}},"additionalProperties":false},"denied_agent":{"description":"A developer whose agents the target denies.","type":"object","required":["developer_id"],"properties":{"developer_id":{"description":"That developer's id.","type":"string","minLength":1}},"additionalProperties":false},"pairing_code":{"description":"Asks for a pairing code; {aid} in the body is replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$"},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"},"result":{"description":"Name of the member of the answer that holds the code.","type":"string","minLength":1}},"additionalProperties":false}},"additionalProperties":false},"aun":{"description":"Settings of the AUN profiles.","type":"object","properties":{"issuer":{"description":"Issuer domain of the agent identities.","type":"string","minLength":1},"http":{"description":"Where /pki, /health and discovery are, when not at the target's host.","type":"string","format":"uri"},"identities":{"description":"Who may connect: open when anyone can create an identity, else a list of prepared ones.","anyOf":[{"title":"\"open\"","const":"open"},{"title":"a list of identities","type":"array","minItems":1,"items":{"description":"A prepared identity.","type":"object","required":["aid","cert","key"],"properties":{"aid":{"description":"Its AID.","type":"string","minLength":1},"cert":{"description":"Path of its certificate.","type":"string","minLength":1},"key":{"description":"Path of its key.","type":"string","minLength":1}},"additionalProperties":false}}]},"trust_roots":{"description":"Path of the trusted root certificates in PEM.","type":"string","minLength":1},"peer":{"description":"A second domain for cross-domain checks.","type":"object","required":["issuer","target"],"properties":{"issuer":{"description":"Its issuer.","type":"string","minLength":1},"target":{"description":"Its WebSocket URL.","type":"string","format":"uri"}},"additionalProperties":false}},"additionalProperties":false},"implementation":{"$ref":"../report/implementation.json"}},"additionalProperties":false},
  MockConfig: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/mock-config.json","title":"MockConfig","description":"Configuration of the reference mocks (`gateproof mock --config`).","type":"object","required":["providers"],"properties":{"providers":{"description":"The providers behind the gateway.","type":"array","items":{"description":"One provider.","type":"object","required":["id","scopes","operations","authorization_endpoint","token_endpoint","client_id","client_secret","api_base"],"properties":{"id":{"description":"Its provider_id.","type":"string","minLength":1},"display_name":{"description":"Name for people.","type":"string"},"categories":{"description":"Free words to group providers by.","type":"array","items":{"type":"string","minLength":1}},"scopes":{"description":"Its scopes.","type":"array","items":{"type":"string","minLength":1}},"operations":{"description":"Allowed operations for each scope, for example GET /v1/messages.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$"}}},"authorization_endpoint":{"description":"Its OAuth authorization endpoint.","type":"string","format":"uri"},"token_endpoint":{"description":"Its OAuth token endpoint.","type":"string","format":"uri"},"userinfo_endpoint":{"description":"Where to ask who the user is.","type":"string","format":"uri"},"client_id":{"description":"The gateway's client id there.","type":"string","minLength":1},"client_secret":{"description":"The gateway's client secret there.","type":"string","minLength":1},"token_endpoint_auth_method":{"description":"How the gateway authenticates there.","enum":["client_secret_basic","client_secret_post"]},"api_base":{"description":"Base URL of its API.","type":"string","format":"uri"}},"additionalProperties":false}},"policy":{"description":"How registrations are decided.","type":"object","properties":{"approvable_scopes":{"description":"Only these scopes are approved; left out: all.","type":"array","items":{"type":"string","minLength":1}},"denied_scopes":{"description":"These scopes are denied.","type":"array","items":{"type":"string","minLength":1}},"pending_developers":{"description":"Developers whose agents are left pending.","type":"array","items":{"type":"string","minLength":1}},"denied_developers":{"description":"Developers whose agents are denied.","type":"array","items":{"type":"string","minLength":1}},"approval_days":{"description":"How long an approval lasts.","type":"number","exclusiveMinimum":0}},"additionalProperties":false},"limits":{"description":"Limits and time-outs.","type":"object","properties":{"requests_per_minute":{"description":"Requests one agent may send in a minute.","type":"integer","minimum":1},"session_seconds":{"description":"Lifetime of an authorization session.","type":"number","exclusiveMinimum":0},"token_seconds":{"description":"Lifetime of a token.","type":"integer","minimum":1},"identity_timeout_ms":{"description":"Time-out for fetching an identity document.","type":"integer","minimum":1},"identity_max_bytes":{"description":"Largest identity document.","type":"integer","minimum":1},"body_max_bytes":{"description":"Largest request body.","type":"integer","minimum":1},"upstream_timeout_ms":{"description":"Time-out for the provider's API.","type":"integer","minimum":1},"breaker_failures":{"description":"Failures in a row after which the provider is left alone.","type":"integer","minimum":1},"breaker_seconds":{"description":"For how long it is left alone.","type":"number","exclusiveMinimum":0}},"additionalProperties":false},"audit":{"description":"Whether decisions are logged.","type":"boolean"},"gateway_id":{"description":"Identifier in the discovery document.","type":"string","minLength":1}},"additionalProperties":false},
  Selftest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/selftest.json","title":"Selftest","description":"What `gateproof selftest --json` prints.","type":"object","required":["honest","faults","nullTargets","unprovenChecks","ok"],"properties":{"honest":{"description":"The honest reference mock.","type":"object","required":["profile","checks","notPass"],"properties":{"profile":{"description":"The profile.","type":"string","minLength":1},"checks":{"description":"Checks that ran.","type":"integer","minimum":0},"notPass":{"description":"Ids of checks that did not pass.","type":"array","items":{"type":"string","minLength":1}}}},"faults":{"description":"Every fault with the checks that caught it.","type":"array","items":{"description":"One fault.","type":"object","required":["id","requirement","profile","killedBy","expectedKillers","alsoFailed","verdict"],"properties":{"id":{"description":"Id of the fault.","type":"string","minLength":1},"requirement":{"description":"The requirement it breaks.","type":"string","minLength":1},"profile":{"description":"The profile it was run under.","type":"string","minLength":1},"killedBy":{"description":"Checks that caught it as expected.","type":"array","items":{"type":"string","minLength":1}},"expectedKillers":{"description":"Checks that have to catch it.","type":"array","items":{"type":"string","minLength":1}},"alsoFailed":{"description":"Other checks that failed along.","type":"array","items":{"type":"string","minLength":1}},"verdict":{"description":"Whether it was caught; broken when the run itself went wrong.","enum":["killed","survived","broken"]}}}},"nullTargets":{"description":"Targets that implement nothing.","type":"array","items":{"description":"One null target.","type":"object","required":["name","passes","exitCode","ms"],"properties":{"name":{"description":"What it does.","type":"string","minLength":1},"passes":{"description":"Checks that passed; has to be 0.","type":"integer","minimum":0},"exitCode":{"description":"Exit code; has to be 3.","type":"integer"},"ms":{"description":"Milliseconds the run took.","type":"number","minimum":0}}}},"unprovenChecks":{"description":"Checks that no fault proves.","type":"array","items":{"type":"string","minLength":1}},"ok":{"description":"Whether all of it is as it has to be.","type":"boolean"}}},
  CheckResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/check-result.json","title":"CheckResult","description":"What one check found.","type":"object","required":["id","requirement","level","section","title","outcome","reasonCode","expected","actual","cause","durationMs","attempts","exchanges","provenBy","replay"],"properties":{"id":{"description":"Id of the check.","type":"string","minLength":1},"requirement":{"description":"Id of the requirement it judges.","type":"string","minLength":1},"level":{"description":"The level the kit judges the requirement at.","enum":["must","should","may","none"]},"section":{"description":"Section of the protocol.","type":"string","minLength":1},"title":{"description":"What is checked, in one sentence.","type":"string","minLength":1},"outcome":{"description":"The outcome.","enum":["pass","fail","warn","ambiguous","not-applicable","not-tested","inconclusive","kit-error"]},"reasonCode":{"description":"Machine-readable reason; null for a pass.","type":["string","null"]},"expected":{"description":"What had to happen.","type":["string","null"]},"actual":{"description":"What happened.","type":["string","null"]},"cause":{"description":"Whose matter a non-pass is; null when that is not decided.","enum":["target","environment","configuration","kit",null]},"durationMs":{"description":"Milliseconds.","type":"number","minimum":0},"attempts":{"description":"How often the check was driven.","type":"integer","minimum":0},"exchanges":{"description":"The evidence that decided.","type":"array","items":{"$ref":"exchange.json"}},"provenBy":{"description":"Faults of the reference mock that this check catches.","type":"array","items":{"type":"string","minLength":1}},"replay":{"description":"Id for repeating this case alone.","type":["string","null"]},"hint":{"description":"How to mend it, one line.","type":"string"},"flaky":{"description":"Whether a transport fault made a second attempt necessary.","type":"boolean"},"notes":{"description":"Remarks for people.","type":"array","items":{"type":"string"}}}},
  Exchange: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/exchange.json","title":"Exchange","description":"One recorded HTTP request with what came back.","type":"object","required":["id","from","to","purpose","startedAt","durationMs","request","response","error"],"properties":{"id":{"description":"Number within the run.","type":"integer","minimum":0},"from":{"description":"Who sent the request.","enum":["agent","user","operator","target","provider","upstream","identity-host","other"]},"to":{"description":"Who was asked.","enum":["agent","user","operator","target","provider","upstream","identity-host","other"]},"purpose":{"description":"What the request was sent for, in a few words.","type":"string"},"startedAt":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"durationMs":{"description":"Milliseconds until the answer was complete.","type":"number","minimum":0},"request":{"description":"What was sent.","type":"object","required":["method","url","headers","bodyBytes"],"properties":{"method":{"description":"HTTP method.","type":"string","minLength":1},"url":{"description":"Full URL, secrets masked.","type":"string","minLength":1},"headers":{"description":"Header fields in the order they came, repeated ones kept.","type":"array","items":{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"items":false,"minItems":2,"maxItems":2}},"body":{"description":"The body as text, secrets masked; left out when it was empty or is not text.","type":"string"},"bodyBytes":{"description":"Size of the body on the wire.","type":"integer","minimum":0},"bodySha256":{"description":"SHA-256 of the body in hex.","type":"string","pattern":"^[0-9a-f]{64}$"}}},"response":{"description":"What came back; null when nothing did.","anyOf":[{"description":"What came back.","type":"object","required":["status","headers","bodyBytes"],"properties":{"status":{"description":"HTTP status.","type":"integer","minimum":100,"maximum":999},"headers":{"description":"Header fields in the order they came, repeated ones kept.","type":"array","items":{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"items":false,"minItems":2,"maxItems":2}},"body":{"description":"The body as text, secrets masked; left out when it was empty or is not text.","type":"string"},"bodyBytes":{"description":"Size of the body on the wire.","type":"integer","minimum":0},"bodySha256":{"description":"SHA-256 of the body in hex.","type":"string","pattern":"^[0-9a-f]{64}$"},"truncated":{"description":"Whether only the first part of the body was kept.","type":"boolean"}}},{"title":"null","type":"null"}]},"error":{"description":"Why no complete answer came; null when one did.","anyOf":[{"description":"Why no answer came.","type":"object","required":["code","message"],"properties":{"code":{"description":"Stable error code.","type":"string","minLength":1},"message":{"description":"Explanation for people.","type":"string"}}},{"title":"null","type":"null"}]},"curl":{"description":"A command line that repeats the request, secrets as variables.","type":"string"}}},
  Implementation: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/implementation.json","title":"Implementation","description":"Who made the implementation under test; shown in reports and certificates.","type":"object","properties":{"organization":{"description":"The organization.","type":"string"},"project":{"description":"The product.","type":"string"},"version":{"description":"Its version.","type":"string"},"url":{"description":"Where to read about it.","type":"string","format":"uri"}},"additionalProperties":false},
  Report: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/report.json","title":"Report","description":"The result of one run.","type":"object","required":["schema","run","kit","target","verdict","totals","checks","expectedSet"],"properties":{"schema":{"description":"Version of this shape.","const":"gateproof.report/1"},"run":{"description":"The run itself.","type":"object","required":["id","startedAt","durationMs","seed","profile","command"],"properties":{"id":{"description":"Unique id of the run.","type":"string","minLength":1},"startedAt":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"durationMs":{"description":"Length of the run in milliseconds.","type":"number","minimum":0},"seed":{"description":"Seed of everything generated.","type":"integer"},"profile":{"description":"The profile that was judged.","type":"string","minLength":1},"command":{"description":"Command line that repeats the run.","type":"string"}}},"kit":{"description":"The kit that judged.","type":"object","required":["name","version","selftest"],"properties":{"name":{"description":"Name of the kit.","type":"string","minLength":1},"version":{"description":"Version of the kit.","type":"string","minLength":1},"selftest":{"description":"The self-test of this kit; null when none is known.","anyOf":[{"description":"Summary of the kit's own self-test.","type":"object","required":["ok","faults","killed"],"properties":{"ok":{"description":"Whether every fault was caught and nothing passed a null target.","type":"boolean"},"faults":{"description":"Faults tried.","type":"integer","minimum":0},"killed":{"description":"Faults caught.","type":"integer","minimum":0}}},{"title":"null","type":"null"}]}}},"target":{"description":"What was judged.","type":"object","required":["url","role","fingerprint","headersRedacted"],"properties":{"url":{"description":"Base URL of the target.","type":"string"},"role":{"description":"The part the target plays, for example gateway.","type":"string","minLength":1},"fingerprint":{"description":"Digest by which two runs against the same target are recognised; null when there was no answer.","type":["string","null"]},"headersRedacted":{"description":"Names of configured headers that were sent and are masked here.","type":"array","items":{"type":"string","minLength":1}}}},"implementation":{"description":"Who made the target, from the configuration.","$ref":"implementation.json"},"verdict":{"description":"The one answer.","type":"object","required":["result","exitCode","sentence"],"properties":{"result":{"description":"The result.","enum":["conformant","findings","not-testable","kit-error"]},"exitCode":{"description":"Exit code of the command.","enum":[0,1,2,3,4,130]},"sentence":{"description":"The result in one sentence.","type":"string"}}},"totals":{"description":"Number of checks for each outcome.","type":"object","required":["pass","fail","warn","ambiguous","notApplicable","notTested","inconclusive","kitError"],"properties":{"pass":{"description":"A requirement kept.","type":"integer","minimum":0},"fail":{"description":"A MUST broken.","type":"integer","minimum":0},"warn":{"description":"A SHOULD broken.","type":"integer","minimum":0},"ambiguous":{"description":"Two honest readings.","type":"integer","minimum":0},"notApplicable":{"description":"Feature not declared.","type":"integer","minimum":0},"notTested":{"description":"Could not be judged.","type":"integer","minimum":0},"inconclusive":{"description":"Observations contradict.","type":"integer","minimum":0},"kitError":{"description":"The kit's own fault.","type":"integer","minimum":0}}},"checks":{"description":"One entry for each check.","type":"array","items":{"$ref":"check-result.json"}},"setup":{"description":"What was found wrong with the set-up before any verdict.","type":"array","items":{"$ref":"setup-finding.json"}},"expectedSet":{"description":"The checks that had to run, so that a hole is seen.","type":"object","required":["count","digest","missing"],"properties":{"count":{"description":"How many.","type":"integer","minimum":0},"digest":{"description":"Digest over their ids.","type":"string"},"missing":{"description":"Ids that gave no result.","type":"array","items":{"type":"string","minLength":1}}}}}},
  SetupFinding: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/setup-finding.json","title":"SetupFinding","description":"One thing found before the verdict.","type":"object","required":["severity","whose","what","mend"],"properties":{"severity":{"description":"How bad it is.","enum":["error","warning","info"]},"whose":{"description":"Whose matter it is.","enum":["target","environment","configuration","kit"]},"what":{"description":"What was found.","type":"string","minLength":1},"mend":{"description":"What to do about it.","type":"string"}}},
};
