// Written by `npx tsx schemas/generate.ts` from the JSON Schema files; edit those instead.
import schemaOfAgentIdentityDocument from "./ath/agent-identity-document.schema.json" with { type: "json" };
import schemaOfAgentRegistrationRequest from "./ath/agent-registration-request.schema.json" with { type: "json" };
import schemaOfAgentRegistrationResponse from "./ath/agent-registration-response.schema.json" with { type: "json" };
import schemaOfApprovedProvider from "./ath/approved-provider.schema.json" with { type: "json" };
import schemaOfATHError from "./ath/ath-error.schema.json" with { type: "json" };
import schemaOfAttestationClaims from "./ath/attestation-claims.schema.json" with { type: "json" };
import schemaOfAttestationHeader from "./ath/attestation-header.schema.json" with { type: "json" };
import schemaOfAuthorizationRequest from "./ath/authorization-request.schema.json" with { type: "json" };
import schemaOfAuthorizationResponse from "./ath/authorization-response.schema.json" with { type: "json" };
import schemaOfDeveloper from "./ath/developer.schema.json" with { type: "json" };
import schemaOfDiscoveryDocument from "./ath/discovery-document.schema.json" with { type: "json" };
import schemaOfProviderInfo from "./ath/provider-info.schema.json" with { type: "json" };
import schemaOfRequestedProvider from "./ath/requested-provider.schema.json" with { type: "json" };
import schemaOfScopeIntersection from "./ath/scope-intersection.schema.json" with { type: "json" };
import schemaOfServiceDiscoveryDocument from "./ath/service-discovery-document.schema.json" with { type: "json" };
import schemaOfTokenExchangeRequest from "./ath/token-exchange-request.schema.json" with { type: "json" };
import schemaOfTokenResponse from "./ath/token-response.schema.json" with { type: "json" };
import schemaOfTokenRevocationRequest from "./ath/token-revocation-request.schema.json" with { type: "json" };
import schemaOfConfig from "./gateproof/config.schema.json" with { type: "json" };
import schemaOfMockConfig from "./gateproof/mock-config.schema.json" with { type: "json" };
import schemaOfSelftest from "./gateproof/selftest.schema.json" with { type: "json" };
import schemaOfCheckResult from "./report/check-result.schema.json" with { type: "json" };
import schemaOfExchange from "./report/exchange.schema.json" with { type: "json" };
import schemaOfImplementation from "./report/implementation.schema.json" with { type: "json" };
import schemaOfReport from "./report/report.schema.json" with { type: "json" };
import schemaOfSetupFinding from "./report/setup-finding.schema.json" with { type: "json" };
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

/** Every schema by its title. */
export const schemas: { readonly [Name in keyof Messages]: JsonSchema } = {
  AgentIdentityDocument: schemaOfAgentIdentityDocument,
  AgentRegistrationRequest: schemaOfAgentRegistrationRequest,
  AgentRegistrationResponse: schemaOfAgentRegistrationResponse,
  ApprovedProvider: schemaOfApprovedProvider,
  ATHError: schemaOfATHError,
  AttestationClaims: schemaOfAttestationClaims,
  AttestationHeader: schemaOfAttestationHeader,
  AuthorizationRequest: schemaOfAuthorizationRequest,
  AuthorizationResponse: schemaOfAuthorizationResponse,
  Developer: schemaOfDeveloper,
  DiscoveryDocument: schemaOfDiscoveryDocument,
  ProviderInfo: schemaOfProviderInfo,
  RequestedProvider: schemaOfRequestedProvider,
  ScopeIntersection: schemaOfScopeIntersection,
  ServiceDiscoveryDocument: schemaOfServiceDiscoveryDocument,
  TokenExchangeRequest: schemaOfTokenExchangeRequest,
  TokenResponse: schemaOfTokenResponse,
  TokenRevocationRequest: schemaOfTokenRevocationRequest,
  Config: schemaOfConfig,
  MockConfig: schemaOfMockConfig,
  Selftest: schemaOfSelftest,
  CheckResult: schemaOfCheckResult,
  Exchange: schemaOfExchange,
  Implementation: schemaOfImplementation,
  Report: schemaOfReport,
  SetupFinding: schemaOfSetupFinding,
};
