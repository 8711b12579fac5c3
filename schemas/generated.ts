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

/** What /pki/ocsp answers of one serial number. */
export interface AunCertificateStatus {
  /** What is known of it. */
  readonly status: "good" | "revoked" | "unknown";
  /** OCSP response, DER in base64. */
  readonly ocsp_response: string;
}

/** What a full challenge carries besides its nonce. */
export interface AunChallengeParams {
  /** To be sent back in auth.connect. */
  readonly nonce: string;
  /** Name of the server. */
  readonly server: string;
  /** Versions the server speaks. */
  readonly protocol: {
    /** Lowest version. */
    readonly min: string;
    /** Highest version. */
    readonly max: string;
  };
  /** Accepted values of auth.method. */
  readonly auth_methods: ReadonlyArray<string>;
  /** What the server announces. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly server_time: number;
}

/** The first frame of a connection. */
export interface AunChallenge {
  /** JSON-RPC version. */
  readonly jsonrpc: "2.0";
  /** Always challenge. */
  readonly method: "challenge";
  /** The challenge. */
  readonly params: {
    readonly nonce?: unknown;
  };
  readonly id?: never;
}

/** What the result of auth.connect says about the server. */
export interface AunConnectBridge {
  /** The server. */
  readonly bridgeInfo: {
    /** Its name. */
    readonly name: string;
    /** Its version. */
    readonly version: string;
  };
  /** What it announces. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Trust in the identity. */
  readonly trust_level: string;
}

/** Which connection it is: the member connection of the result of auth.connect. */
export interface AunConnectConnection {
  /** The connection. */
  readonly connection: {
    /** Its own id. */
    readonly id: string;
    /** As in the request. */
    readonly device_id?: string | null;
    /** Long or short. */
    readonly kind?: "long" | "short";
  };
}

/** Whom a connection is of: the member identity of the result of auth.connect. */
export interface AunConnectIdentity {
  /** The authenticated identity. */
  readonly identity: {
    /** Of the connection inside the server. */
    readonly module_id: string;
    /** Role of the identity. */
    readonly role: string;
    /** The AID. */
    readonly aid: string;
  };
}

/** Params of auth.connect with the method kite_token. */
export interface AunConnectRequest {
  /** Of the challenge of this connection. */
  readonly nonce: string;
  /** Who connects. */
  readonly auth: {
    /** How the client authenticates. */
    readonly method: string;
    /** The access token. */
    readonly token: string;
  };
  /** Versions that the client speaks. */
  readonly protocol?: {
    /** The oldest. */
    readonly min?: string;
    /** The newest. */
    readonly max?: string;
  };
  /** The device. */
  readonly device?: {
    /** Id of the device. */
    readonly id?: string;
    /** Kind of the device. */
    readonly type?: string;
  };
  /** The program. */
  readonly client?: {
    /** Its place on the device; only with a device. */
    readonly slot_id?: string;
    /** Language of the client. */
    readonly sdk_lang?: string;
    /** Version of the client. */
    readonly sdk_version?: string;
  };
  /** How several connections of an AID share messages. */
  readonly delivery_mode?: {
    /** To all, or to one. */
    readonly mode?: "fanout" | "queue";
    /** Which one; empty with fanout. */
    readonly routing?: string;
    /** How long a sender stays with one. */
    readonly affinity_ttl_ms?: number;
  };
  /** Kind of the connection. */
  readonly options?: {
    /** A short one displaces no long one. */
    readonly kind?: "long" | "short";
    /** How long a short one may be idle. */
    readonly short_ttl_ms?: number;
  };
  /** What the client can do. */
  readonly capabilities?: Readonly<Record<string, unknown>>;
  /** Told to whom this connection displaces. */
  readonly extra_info?: Readonly<Record<string, unknown>>;
}

/** The result of auth.connect. */
export interface AunConnectResult {
  /** Always ok. */
  readonly status: "ok";
  /** The negotiated version. */
  readonly protocol: string;
  /** Unix seconds. */
  readonly server_time: number;
  /** Always true. */
  readonly authenticated: true;
  /** For the next connect. */
  readonly token?: string;
}

/** Params of auth.create_aid. */
export interface AunCreateAidRequest {
  /** The AID to register. */
  readonly aid: string;
  /** SPKI DER, standard base64. */
  readonly public_key: string;
  /** Of that key. */
  readonly curve?: string;
}

/** The result of auth.create_aid. */
export interface AunCreatedAid {
  /** The AID. */
  readonly aid: string;
  /** Its certificate, PEM. */
  readonly cert: string;
  /** The issuer's certificate, PEM. */
  readonly ca_cert: string;
  /** Curve of the key. */
  readonly curve: "P-256";
}

/** The result of auth.download_cert. */
export interface AunDownloadedCertificate {
  /** The certificate, PEM. */
  readonly cert: string;
  /** Its issuer's certificate, PEM. */
  readonly ca_cert?: string | null;
  /** All certificates up to the root, PEM. */
  readonly cert_chain?: ReadonlyArray<string> | string | null;
}

/** What discovery answers: where the gateways of a domain are. */
export interface AunGatewayList {
  /** The gateways; clients take the one with the smallest priority first. */
  readonly gateways: ReadonlyArray<{
    /** WebSocket URL. */
    readonly url: string;
    /** Smaller is better; 999 when absent. */
    readonly priority?: number;
  }>;
}

/** The result of auth.request_cert. */
export interface AunIssuedCertificate {
  /** Always issued. */
  readonly status: "issued";
  /** The AID. */
  readonly aid: string;
  /** The certificate, PEM. */
  readonly cert: string;
  /** The issuer's certificate, PEM. */
  readonly ca_cert: string;
  /** Curve of the key. */
  readonly curve: "P-256" | "P-384";
}

/** The result of auth.aid_login1. */
export interface AunLoginChallenge {
  /** Of this login. */
  readonly request_id: string;
  /** To be signed by the client. */
  readonly nonce: string;
  /** Unix seconds. */
  readonly server_time: number;
  /** Over the client's nonce, DER in base64. */
  readonly client_nonce_signature: string;
  /** Certificate of the auth service, PEM. */
  readonly auth_cert: string;
  /** Curve of its key. */
  readonly auth_curve: "P-256" | "P-384";
}

/** Params of auth.aid_login1. */
export interface AunLoginRequest {
  /** Who logs in. */
  readonly aid: string;
  /** Its certificate, PEM. */
  readonly cert: string;
  /** Signed by the auth service. */
  readonly client_nonce: string;
}

/** The result of auth.aid_login2. */
export interface AunLoginResult {
  /** Always ok. */
  readonly status: "ok";
  /** The AID. */
  readonly aid: string;
  /** The access token. */
  readonly token: string;
  /** The same. */
  readonly access_token?: string;
  /** For auth.refresh_token. */
  readonly refresh_token?: string;
  /** Lifetime in seconds. */
  readonly expires_in: number;
  /** A renewed certificate, PEM. */
  readonly new_cert?: string | null;
}

/** The result of meta.ping. */
export interface AunPong {
  /** Always true. */
  readonly pong: true;
  /** Unix seconds, the server's clock. */
  readonly timestamp: number;
  /** Seconds between pings; 0 switches them off. */
  readonly heartbeat_interval?: number;
}

/** The result of message.pull. */
export interface AunPullResult {
  /** Oldest first. */
  readonly messages: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** How many these are. */
  readonly count: number;
  /** The highest number there is. */
  readonly latest_seq: number;
}

/** The params of event/message.received. */
export interface AunReceivedMessage {
  /** AID of the sender. */
  readonly from: string;
  /** AID of the receiver. */
  readonly to: string;
  /** Id of the message. */
  readonly message_id: string;
  /** Its number at the receiver. */
  readonly seq: number;
  readonly payload: unknown;
  /** The server's clock. */
  readonly timestamp: number;
  /** How the receiver's connections are served. */
  readonly delivery_mode?: string | Readonly<Record<string, unknown>>;
  /** Whether the payload is encrypted. */
  readonly encrypted?: boolean;
}

/** The result of a refused auth.refresh_token. */
export interface AunRefreshFailure {
  /** Always false. */
  readonly success: false;
  /** What was wrong, as a word. */
  readonly error: string;
  /** The client has to log in again. */
  readonly relogin_required: true;
  /** Whether trying again makes sense. */
  readonly retryable: boolean;
  /** For the reader of a log. */
  readonly diagnostic: Readonly<Record<string, unknown>> | string | null;
}

/** The result of a granted auth.refresh_token. */
export interface AunRefreshResult {
  /** Always true. */
  readonly success: true;
  /** The new access token. */
  readonly access_token: string;
  /** The new refresh token. */
  readonly refresh_token: string;
  /** Lifetime in seconds. */
  readonly expires_in: number;
  /** The AID. */
  readonly aid?: string;
  /** Refreshes of this chain so far. */
  readonly refresh_count: number;
  /** No login is needed. */
  readonly relogin_required: false;
  /** Whether trying again makes sense. */
  readonly retryable: boolean;
  /** For the reader of a log. */
  readonly diagnostic: Readonly<Record<string, unknown>> | string | null;
}

/** The result of auth.rekey. */
export interface AunRekeyedCertificate {
  /** Always rekeyed. */
  readonly status: "rekeyed";
  /** The AID. */
  readonly aid?: string;
  /** The certificate for the new key, PEM. */
  readonly cert: string;
  /** The issuer's certificate, PEM. */
  readonly ca_cert: string;
}

/** The result of auth.renew_cert. */
export interface AunRenewedCertificate {
  /** Always renewed. */
  readonly status: "renewed";
  /** The AID. */
  readonly aid?: string;
  /** The new certificate, PEM. */
  readonly cert: string;
  /** The issuer's certificate, PEM. */
  readonly ca_cert: string;
}

/** What /pki/crl.json answers. */
export interface AunRevocationList {
  /** The list, PEM. */
  readonly crl_pem: string;
  /** The revoked serial numbers, hex. */
  readonly revoked_serials?: ReadonlyArray<string>;
}

/** Params of message.send; the payload may be any JSON. */
export interface AunSendRequest {
  /** The AID that gets it. */
  readonly to: string;
  readonly payload: unknown;
  /** Kind of the message. */
  readonly type?: string;
  /** Whether only the receiver can read it. */
  readonly encrypted?: boolean;
  /** Id that makes a repetition a duplicate. */
  readonly message_id?: string;
}

/** The result of message.send. */
export interface AunSendResult {
  /** Id of the message. */
  readonly message_id: string;
  /** Its number at the receiver. */
  readonly seq: number;
  /** The server's clock. */
  readonly timestamp: number;
  /** What became of it. */
  readonly status: "sent" | "delivered" | "duplicate";
  /** How the receiver's connections are served. */
  readonly delivery_mode: string | Readonly<Record<string, unknown>>;
  /** Whether it went to another domain. */
  readonly cross_domain?: boolean;
  /** That domain. */
  readonly target_issuer?: string;
}

/** The result of meta.status. */
export interface AunStatus {
  /** The connection mode. */
  readonly mode: "gateway";
  /** The caller. */
  readonly aid: string;
  /** Role of the caller. */
  readonly role: string;
  /** Unix milliseconds. */
  readonly connected_at: number;
  /** The negotiated version. */
  readonly protocol_version: string;
}

/** The result of meta.trust_roots. */
export interface AunTrustRoots {
  /** Number of the list. */
  readonly version: number;
  /** When it was made. */
  readonly issued_at: string | number;
  /** When there will be a new one. */
  readonly next_update: string | number;
  /** Signature over the list. */
  readonly authority_signature?: string | null;
  /** The roots. */
  readonly root_cas: ReadonlyArray<{
    /** Id of the root. */
    readonly id?: string;
    /** Its name. */
    readonly name?: string;
    /** Whose it is. */
    readonly organization?: string;
    /** PEM. */
    readonly certificate: string;
    /** SHA-256 of the DER, hex. */
    readonly fingerprint_sha256: string;
    /** Whether it is in use. */
    readonly status?: string;
    /** Where its revocation list is. */
    readonly crl_url?: string | null;
    /** Where its OCSP responder is. */
    readonly ocsp_url?: string | null;
  }>;
}

/** The data of the error for two peers without a common version. */
export interface AunVersionRanges {
  /** What the server speaks. */
  readonly server_range: Readonly<Record<string, unknown>> | ReadonlyArray<unknown> | string;
  /** What the client offered. */
  readonly client_range: Readonly<Record<string, unknown>> | ReadonlyArray<unknown> | string;
}

/** Findings that are known and lived with for a while. */
export interface Baseline {
  /** Version of this shape. */
  readonly schema: "gateproof.baseline/1";
  /** The profile whose checks are meant. */
  readonly profile: string;
  /** Findings that do not make a run fail. */
  readonly accepted?: ReadonlyArray<{
    /** Id of the check. */
    readonly check: string;
    /** The finding that is lived with; another one of the same check is not. */
    readonly reason_code: string;
    /** Why it is lived with for now. */
    readonly reason: string;
    /** Where it is worked on. */
    readonly issue?: string;
    /** Who answers for it. */
    readonly owner: string;
    /** Last day on which it counts. */
    readonly expires: string;
  }>;
  /** Checks known to come out now so, now so. */
  readonly flaky?: ReadonlyArray<{
    /** Id of the check. */
    readonly check: string;
    /** Why it is lived with for now. */
    readonly reason: string;
    /** Where it is worked on. */
    readonly issue?: string;
    /** Who answers for it. */
    readonly owner: string;
    /** Last day on which it counts. */
    readonly expires: string;
  }>;
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
    /** Reads the fault log of a reference mock (GET /faults of its control API), for the bundle. */
    readonly faults?: {
      /** Method and URL, for example GET http://127.0.0.1:4801/faults. */
      readonly request: string;
      /** Header fields by name. */
      readonly headers?: Readonly<Record<string, string>>;
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
  /** Settings of the profile ath-handshake: the binding of the target, its users and its systems. */
  readonly handshake?: {
    /** Path of the endpoint below target.url. */
    readonly path?: string;
    /** Where the handshake's id is carried. */
    readonly correlation?: "body" | "header" | "cookie";
    /** How ES256 signatures are encoded inside messages. */
    readonly signature?: "raw" | "der";
    /** Of the keys of the kit's agents. */
    readonly algorithm?: "ES256" | "EdDSA";
    /** Versions the target supports, as dotted numbers. */
    readonly versions?: ReadonlyArray<string>;
    /** What server_did must be. */
    readonly server_did?: string;
    /** DIDs of the kit's agents, with {agent}. */
    readonly agent_did?: string;
    /** A user whose public key the target knows. */
    readonly user: {
      /** The user's DID. */
      readonly did: string;
      /** Path of the user's private key (PKCS#8 PEM), or the PEM itself. */
      readonly key: string;
    };
    /** Another one. */
    readonly second_user?: {
      /** The user's DID. */
      readonly did: string;
      /** Path of the user's private key (PKCS#8 PEM), or the PEM itself. */
      readonly key: string;
    };
    /** Where the target asks the users, and how they answer. */
    readonly confirmation?: {
      /** host:port to listen at. */
      readonly listen?: string;
      /** Path of a user's confirmation URL; {user} is user or second-user. */
      readonly path?: string;
      /** How the target reaches that address. */
      readonly base_url?: string;
      /** In the response to the target's call, or by a call of the user's own. */
      readonly answer?: "response" | "post";
    };
    /** Seconds that the agents ask for. */
    readonly ttl_s?: number;
    /** The backend systems behind the target. */
    readonly systems?: ReadonlyArray<{
      /** Its path at the target. */
      readonly prefix: string;
      /** Calls that each scope allows, METHOD /path as at the target. */
      readonly scopes: Readonly<Record<string, ReadonlyArray<string>>>;
      /** Calls that no scope allows. */
      readonly unmapped?: ReadonlyArray<string>;
      /** What the backend itself speaks. */
      readonly format?: "soap" | "form" | "json";
      /** Members for the body of calls that take one. */
      readonly sample?: Readonly<Record<string, string | number | boolean>>;
    }>;
    /** DIDs, with {agent}, for which the target's policy grants with a restriction. */
    readonly restrictions?: {
      /** Without the address of the kit in it. */
      readonly ip_whitelist?: string;
      /** Such as 9:00-18:00. */
      readonly access_time?: string;
      /** Such as 5/minute. */
      readonly rate_limit?: string;
      /** Whom the target believes when he tells a client's address in a header: nobody, or whoever calls from where its proxy would. */
      readonly forwarded_by?: "nobody" | "proxy";
    };
    /** What the target offers beyond the hooks of every profile. */
    readonly hooks?: {
      /** Reads what the backends received. */
      readonly backend_log?: {
        /** Method and URL, for example POST https://gw.example/internal/clock. */
        readonly request: string;
        /** Header fields by name. */
        readonly headers?: Readonly<Record<string, string>>;
      };
      /** Makes a backend fail or work again; {system} and {on} in the body are replaced. */
      readonly backend_fault?: {
        /** Method and URL, for example POST https://gw.example/internal/clock. */
        readonly request: string;
        /** Header fields by name. */
        readonly headers?: Readonly<Record<string, string>>;
        /** Body to send. */
        readonly body?: string;
      };
      /** Takes a token back; {token} in the body is replaced. */
      readonly revoke_token?: {
        /** Method and URL, for example POST https://gw.example/internal/clock. */
        readonly request: string;
        /** Header fields by name. */
        readonly headers?: Readonly<Record<string, string>>;
        /** Body to send. */
        readonly body?: string;
      };
      /** Takes back what a user allowed an agent; {user} and {agent} in the body are replaced. */
      readonly revoke_user?: {
        /** Method and URL, for example POST https://gw.example/internal/clock. */
        readonly request: string;
        /** Header fields by name. */
        readonly headers?: Readonly<Record<string, string>>;
        /** Body to send. */
        readonly body?: string;
      };
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

/** Configuration of the reference gateway of the nine-step handshake (`gateproof mock ath-handshake --config`). */
export interface HandshakeConfig {
  /** The gateway's DID. */
  readonly server_did?: string;
  /** Protocol versions the gateway speaks. */
  readonly versions?: ReadonlyArray<string>;
  /** The users whose credentials and confirmations count. */
  readonly users: ReadonlyArray<{
    /** The user's DID. */
    readonly did: string;
    /** Names the user's page, /user/{name}. */
    readonly name?: string;
    /** P-256 or Ed25519 key, SPKI PEM. */
    readonly public_key: string;
    /** Where confirmation requests are POSTed to. */
    readonly confirmation_url?: string;
  }>;
  /** What the gateway can tell users about agents. */
  readonly agents?: ReadonlyArray<{
    /** The agent's DID. */
    readonly did: string;
    /** Its name for people. */
    readonly name: string;
    /** Who makes it. */
    readonly developer: string;
  }>;
  /** The backends by path. */
  readonly systems: ReadonlyArray<{
    /** The first path segment of its calls. */
    readonly prefix: string;
    /** OA speaks SOAP, CRM forms with a session cookie, finance JSON with an API key. */
    readonly backend: "oa" | "crm" | "finance";
    /** Operations (`METHOD /prefix/path`) by scope. */
    readonly scopes: Readonly<Record<string, ReadonlyArray<string>>>;
  }>;
  /** What the gateway allows whatever users say. */
  readonly policy?: {
    /** Default: every scope of every system. */
    readonly scopes_supported?: ReadonlyArray<string>;
    /** Scopes that are never granted. */
    readonly denied_scopes?: ReadonlyArray<string>;
    /** Seconds. */
    readonly token_max_ttl?: number;
    /** Whether users are asked at each handshake. */
    readonly require_user_confirmation?: boolean;
    /** Restrictions by agent. */
    readonly restrictions?: ReadonlyArray<{
      /** A DID in which * stands for any text. */
      readonly client_did: string;
      /** Addresses and CIDR blocks calls may come from. */
      readonly ip_whitelist?: ReadonlyArray<string>;
      /** For example 100/second. */
      readonly rate_limit?: string;
      /** From and until, UTC; for example 9:00-18:00. */
      readonly access_time?: string;
    }>;
  };
  /** How much and how long. */
  readonly limits?: {
    /** API calls of one agent. */
    readonly calls_per_minute?: number;
    /** Seconds a handshake waits for its next message. */
    readonly handshake_ttl_s?: number;
    /** Seconds a user has to answer. */
    readonly confirmation_ttl_s?: number;
    /** Handshakes kept at a time; the oldest abandoned one makes room. */
    readonly open_handshakes?: number;
    /** Largest message or API call. */
    readonly body_max_bytes?: number;
    /** Milliseconds a backend has to answer. */
    readonly backend_timeout_ms?: number;
    /** When a failing backend is left alone. */
    readonly breaker?: {
      /** In a row. */
      readonly failures?: number;
      /** Seconds until one call tries again. */
      readonly open_s?: number;
    };
  };
  /** How the messages travel over HTTP. */
  readonly binding?: {
    /** Of the endpoint for messages. */
    readonly path?: string;
    /** What carries the handshake's id. */
    readonly correlation?: "body" | "header" | "cookie";
    /** Encoding of ES256 signatures inside messages, base64url both. */
    readonly signature?: "raw" | "der";
  };
}

/** Configuration of the reference mocks (`gateproof mock --config`). */
export interface MockConfig {
  /** The providers behind the gateway; without them it brings one of its own. The native service has none behind it. */
  readonly providers?: ReadonlyArray<{
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

/** Message 6: the gateway asks the user. */
export interface AuthorizationConfirmationRequest {
  /** Which message this is. */
  readonly type: "authorization_confirmation_request";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** This question; its answer names it. */
  readonly request_id: string;
  /** The agent that asks. */
  readonly client_did: string;
  /** Who the agent is, for people. */
  readonly client_info: {
    /** Its name. */
    readonly name: string;
    /** Who made it. */
    readonly developer: string;
  };
  /** What it asks for. */
  readonly requested_scopes: ReadonlyArray<string>;
  /** Until when the user may answer, Unix seconds. */
  readonly expires_at: number;
}

/** Message 7: the user answers. */
export interface AuthorizationConfirmationResponse {
  /** Which message this is. */
  readonly type: "authorization_confirmation_response";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The question that is answered. */
  readonly request_id: string;
  /** Whether the user allows anything. */
  readonly approved: boolean;
  /** What the user allows. */
  readonly approved_scopes: ReadonlyArray<string>;
  /** Until when the user allows it, Unix seconds. */
  readonly expires_at: number;
  /** By the user, over the deciding members. */
  readonly signature: string;
}

/** Message 9 of the agent: its half of the key exchange. */
export interface HandshakeCompleteRequest {
  /** Which message this is. */
  readonly type: "handshake_complete";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** The key agreement. */
  readonly key_exchange_alg: string;
  /** The sender's public key. */
  readonly key_exchange_params: string | Readonly<Record<string, unknown>>;
  /** The cipher of the session. */
  readonly cipher_suite: string;
}

/** Message 9 of the gateway: its half of the key exchange, and the token. */
export interface HandshakeCompleteResponse {
  /** Which message this is. */
  readonly type: "handshake_complete";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** The key agreement. */
  readonly key_exchange_alg: string;
  /** The sender's public key. */
  readonly key_exchange_params: string | Readonly<Record<string, unknown>>;
  /** The cipher of the session. */
  readonly cipher_suite: string;
  /** A JWT by the gateway. */
  readonly access_token: string;
}

/** Message 1: an agent opens a handshake. */
export interface HandshakeRequest {
  /** Which message this is. */
  readonly type: "handshake_request";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The agent. */
  readonly client_did: string;
  /** The agent's public key, SPKI PEM. */
  readonly client_pubkey: string;
  /** Protocol versions that the agent speaks. */
  readonly versions: ReadonlyArray<string>;
  /** Signature algorithms and transports that the agent offers. */
  readonly capabilities: ReadonlyArray<string>;
  /** Nonce A, which the gateway signs. */
  readonly nonce: string;
}

/** Message 2: the gateway proves who it is. */
export interface HandshakeResponse {
  /** Which message this is. */
  readonly type: "handshake_response";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** The gateway. */
  readonly server_did: string;
  /** The gateway's public key, SPKI PEM. */
  readonly server_pubkey: string;
  /** The version chosen. */
  readonly version: string;
  /** What both sides can do. */
  readonly capabilities: ReadonlyArray<string>;
  /** Nonce B, which the agent signs. */
  readonly nonce: string;
  /** By the gateway, over nonce A. */
  readonly signature: string;
}

/** Claims of the access token that ends a handshake. */
export interface HandshakeTokenClaims {
  /** The gateway. */
  readonly iss: string;
  /** The agent. */
  readonly sub: string;
  /** The user. */
  readonly user_did: string;
  /** What the token allows. */
  readonly scopes: ReadonlyArray<string>;
  /** Issued at, Unix seconds. */
  readonly iat: number;
  /** Expires at, Unix seconds. */
  readonly exp: number;
  /** The token's own id. */
  readonly jti?: string;
  /** The handshake it comes from. */
  readonly handshake_id?: string;
}

/** Message 3: the agent proves who it is. */
export interface IdentityProof {
  /** Which message this is. */
  readonly type: "identity_proof";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** By the agent, over nonce B. */
  readonly signature: string;
  /** Further credentials of the agent. */
  readonly credentials?: ReadonlyArray<unknown>;
}

/** Message 4: whether the gateway believes the agent. */
export interface IdentityResult {
  /** Which message this is. */
  readonly type: "identity_result";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** Whether the proof holds. */
  readonly success: boolean;
  /** What the agent may expect; on success. */
  readonly metadata?: {
    /** Scopes that the gateway knows. */
    readonly scopes_supported: ReadonlyArray<string>;
    /** The longest life of a token, in seconds. */
    readonly token_max_ttl: number;
    /** Whether the user is asked at each handshake. */
    readonly require_user_confirmation?: boolean;
  };
  /** Why the proof does not hold; a text, or an object with code and message. */
  readonly error?: string | Readonly<Record<string, unknown>> | null;
}

/** Message 5: the agent asks for scopes, with the user's credential. */
export interface ScopeRequest {
  /** Which message this is. */
  readonly type: "scope_request";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** What the agent asks for. */
  readonly scopes: ReadonlyArray<string>;
  /** For how long, in seconds. */
  readonly ttl: number;
  /** What the user allowed beforehand. */
  readonly user_authorization: {
    /** A JWT by the user. */
    readonly credential: string;
    /** By the agent, over the credential. */
    readonly signature: string;
  };
  /** Anything that explains the request to the user. */
  readonly context?: Readonly<Record<string, unknown>> | string | null;
}

/** Message 8: what the agent is granted. */
export interface ScopeResult {
  /** Which message this is. */
  readonly type: "scope_result";
  /** When it was sent, Unix seconds. */
  readonly timestamp: number;
  /** The handshake, as the gateway named it; absent where a header or a cookie carries it. */
  readonly handshake_id?: string;
  /** What the agent may do. */
  readonly scopes_granted: ReadonlyArray<string>;
  /** What it asked for in vain. */
  readonly scopes_denied: ReadonlyArray<{
    /** The scope. */
    readonly scope: string;
    /** Why not. */
    readonly reason: string;
  }>;
  /** For how long, in seconds. */
  readonly ttl_granted?: number;
  /** Limits within which alone the grant holds. */
  readonly restrictions?: {
    /** Addresses that calls may come from. */
    readonly ip_whitelist?: ReadonlyArray<string>;
    /** As in 100/second. */
    readonly rate_limit?: string;
    /** As in 9:00-18:00. */
    readonly access_time?: string;
  } | null;
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
  /** The WebSocket messages that decided. */
  readonly frames?: ReadonlyArray<Frame>;
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
  /** The baseline's entry that excuses this finding. */
  readonly accepted?: {
    /** Why it is lived with. */
    readonly reason: string;
    /** Who answers for it. */
    readonly owner: string;
    /** Last day on which it counts. */
    readonly expires: string;
    /** Where it is worked on. */
    readonly issue?: string;
    /** Known to come out now so, now so. */
    readonly flaky?: true;
  };
}

/** What a certificate says of an implementation. */
export interface ConformancePredicate {
  /** The profile that was judged. */
  readonly profile: string;
  /** Edition of the requirement catalogue. */
  readonly catalogue: string;
  /** The kit that judged. */
  readonly kit: {
    /** Its name. */
    readonly name: string;
    /** Its version. */
    readonly version: string;
  };
  /** The run. */
  readonly run: {
    /** Its id. */
    readonly id: string;
    /** ISO 8601 instant. */
    readonly startedAt: string;
    /** Seed of everything generated. */
    readonly seed: number;
  };
  /** Who made what was judged. */
  readonly implementation: Implementation;
  /** Where it was judged. */
  readonly target: {
    /** Base URL. */
    readonly url: string;
    /** Digest of what it says of itself; null when it says nothing. */
    readonly fingerprint: string | null;
  };
  /** The verdict of the run. */
  readonly verdict: {
    /** Always conformant: there are no other certificates. */
    readonly result: string;
    /** The same in words. */
    readonly sentence: string;
  };
  /** Number of checks for each outcome. */
  readonly totals: Readonly<Record<string, number>>;
  /** The checks that had to run. */
  readonly expectedSet: {
    /** How many. */
    readonly count: number;
    /** Over their ids. */
    readonly digest: string;
  };
  /** Checks that could not be judged; never one of a MUST. */
  readonly notTested: ReadonlyArray<{
    /** Id of the check. */
    readonly check: string;
    /** Why. */
    readonly reason: string;
  }>;
  /** Checks of features that the implementation does not declare. */
  readonly notApplicable: ReadonlyArray<{
    /** Id of the check. */
    readonly check: string;
    /** Why. */
    readonly reason: string;
  }>;
  /** Findings that do not stand against conformance: SHOULDs, two honest readings. */
  readonly exceptions: ReadonlyArray<{
    /** Id of the check. */
    readonly check: string;
    /** Why. */
    readonly reason: string;
  }>;
  /** The self-test of the kit that judged. */
  readonly selftest: {
    /** Always true. */
    readonly ok: boolean;
    /** Faults tried. */
    readonly faults: number;
    /** Faults caught. */
    readonly killed: number;
    /** Of its result. */
    readonly digest: string;
  };
  /** Who vouches for it. */
  readonly issuer: {
    /** Name. */
    readonly name: string;
    /** How the issuer stands to the maker. */
    readonly independence: "self" | "customer" | "third-party";
  };
  /** ISO 8601 instant. */
  readonly validFrom: string;
  /** ISO 8601 instant. */
  readonly expires: string;
  /** The evidence. */
  readonly bundle: {
    /** Of the bundle file. */
    readonly sha256: string;
  };
}

/** What one check recorded: everything its judge looks at. */
export interface Evidence {
  /** HTTP requests with their answers, in order. */
  readonly exchanges: ReadonlyArray<Exchange>;
  /** What went over WebSockets, in order. */
  readonly frames?: ReadonlyArray<Frame>;
  /** Ids of exchanges and frames by the role they play. */
  readonly marks: Readonly<Record<string, ReadonlyArray<number>>>;
  /** What the drive measured or knew beyond the wire. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why the drive ended early. */
  readonly stopped?: {
    /** What that makes of the check. */
    readonly kind: "not-tested" | "not-applicable" | "kit-error";
    /** Machine-readable reason. */
    readonly reasonCode: string;
    /** The reason in words. */
    readonly message: string;
    /** What would make it testable. */
    readonly mend?: string;
    /** Whose matter it is. */
    readonly cause: "target" | "environment" | "configuration" | "kit" | null;
    /** What decided it. */
    readonly exchanges?: ReadonlyArray<number>;
  };
  /** Of a property or a model: one evidence for each generated case. */
  readonly cases?: ReadonlyArray<Evidence>;
}

/** One recorded HTTP request with what came back. */
export interface Exchange {
  /** Number within the run. */
  readonly id: number;
  /** Who sent the request. */
  readonly from: "agent" | "user" | "operator" | "target" | "peer" | "provider" | "upstream" | "identity-host" | "other";
  /** Who was asked. */
  readonly to: "agent" | "user" | "operator" | "target" | "peer" | "provider" | "upstream" | "identity-host" | "other";
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

/** One event of a WebSocket connection, with secrets replaced by placeholders. */
export interface Frame {
  /** Unique within its check, in one series with the exchanges. */
  readonly id: number;
  /** Number of the connection within its check. */
  readonly connection: number;
  /** The sender. */
  readonly from: string;
  /** The receiver. */
  readonly to: string;
  /** What it is. */
  readonly kind: "open" | "text" | "binary" | "ping" | "pong" | "close" | "error";
  /** ISO 8601 instant. */
  readonly at: string;
  /** Milliseconds since the check began, monotonic. */
  readonly atMs: number;
  /** The message, as far as it is kept. */
  readonly text?: string;
  /** Length of the data. */
  readonly bytes: number;
  /** SHA-256 of all of the data, hex. */
  readonly sha256?: string;
  /** Whether more came than is kept. */
  readonly truncated?: boolean;
  /** Close code (RFC 6455). */
  readonly code?: number;
  /** Close reason. */
  readonly reason?: string;
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

/** A run as a bundle keeps it, without the evidence of its checks. */
export interface RecordedRun {
  /** Version of this shape. */
  readonly schema: "gateproof.run/1";
  /** Version of the kit that drove and judged. */
  readonly kit: string;
  /** Edition of the requirement catalogue. */
  readonly catalogue: string;
  /** The run itself. */
  readonly run: {
    /** Unique id. */
    readonly id: string;
    /** Milliseconds since the epoch. */
    readonly startedAt: number;
    /** Length in milliseconds. */
    readonly durationMs: number;
    /** Seed of everything generated. */
    readonly seed: number;
    /** The profile that was judged. */
    readonly profile: string;
    /** Whether somebody ended it early. */
    readonly interrupted: boolean;
    /** Why nothing could be judged. */
    readonly blocked?: string;
    /** What the run made at the target and could not take back. */
    readonly leftBehind?: {
      /** Ids of agents that the target now knows. */
      readonly agents: ReadonlyArray<string>;
      /** Tokens that were taken back. */
      readonly tokensRevoked: number;
      /** Tokens that the target would not take back; they end when their time is over. */
      readonly tokensLeft: number;
    };
    /** Which part of the checks this is. */
    readonly shard?: {
      /** 1 is the first. */
      readonly index: number;
      /** Into how many parts the checks were split. */
      readonly of: number;
    };
  };
  /** What was judged. */
  readonly target: {
    /** Base URL. */
    readonly url: string;
    /** Names of the configured headers. */
    readonly headers: ReadonlyArray<string>;
  };
  /** Who made the target. */
  readonly implementation?: Implementation;
  /** What makes the run fail. */
  readonly failOn: "must" | "should" | "not-tested" | "none";
  /** Command line that repeats the run. */
  readonly command: string;
  readonly configuration: unknown;
  /** What was found wrong with the set-up. */
  readonly setup: ReadonlyArray<SetupFinding>;
  /** The planned checks in order; those that were not judged have no attempts. */
  readonly checks: ReadonlyArray<{
    /** Id of the check. */
    readonly id: string;
    /** Its section. */
    readonly section: string;
    /** How it was weighed. */
    readonly level: "must" | "should" | "may" | "none";
    /** How often it was driven; 0: not at all. */
    readonly attempts: number;
    /** How long that took, milliseconds. */
    readonly durationMs: number;
  }>;
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
    /** Which part of the checks this is. */
    readonly shard?: {
      /** 1 is the first. */
      readonly index: number;
      /** Into how many parts the checks were split. */
      readonly of: number;
    };
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
  /** What the run made at the target and could not take back. */
  readonly leftBehind?: {
    /** Ids of agents that the target now knows. */
    readonly agents: ReadonlyArray<string>;
    /** Tokens that were taken back. */
    readonly tokensRevoked: number;
    /** Tokens that the target would not take back; they end when their time is over. */
    readonly tokensLeft: number;
  };
  /** The baseline that was applied. */
  readonly baseline?: {
    /** Its path, as the user gave it. */
    readonly file: string;
    /** How many entries it has for this profile. */
    readonly entries: number;
    /** Findings that it excuses. */
    readonly accepted: number;
    /** Entries that make the run fail. */
    readonly problems: ReadonlyArray<{
      /** The check that the entry names. */
      readonly check: string;
      /** What is wrong with it. */
      readonly kind: "stale" | "expired" | "unknown";
      /** The same in words. */
      readonly what: string;
    }>;
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
  AunCertificateStatus: AunCertificateStatus;
  AunChallengeParams: AunChallengeParams;
  AunChallenge: AunChallenge;
  AunConnectBridge: AunConnectBridge;
  AunConnectConnection: AunConnectConnection;
  AunConnectIdentity: AunConnectIdentity;
  AunConnectRequest: AunConnectRequest;
  AunConnectResult: AunConnectResult;
  AunCreateAidRequest: AunCreateAidRequest;
  AunCreatedAid: AunCreatedAid;
  AunDownloadedCertificate: AunDownloadedCertificate;
  AunGatewayList: AunGatewayList;
  AunIssuedCertificate: AunIssuedCertificate;
  AunLoginChallenge: AunLoginChallenge;
  AunLoginRequest: AunLoginRequest;
  AunLoginResult: AunLoginResult;
  AunPong: AunPong;
  AunPullResult: AunPullResult;
  AunReceivedMessage: AunReceivedMessage;
  AunRefreshFailure: AunRefreshFailure;
  AunRefreshResult: AunRefreshResult;
  AunRekeyedCertificate: AunRekeyedCertificate;
  AunRenewedCertificate: AunRenewedCertificate;
  AunRevocationList: AunRevocationList;
  AunSendRequest: AunSendRequest;
  AunSendResult: AunSendResult;
  AunStatus: AunStatus;
  AunTrustRoots: AunTrustRoots;
  AunVersionRanges: AunVersionRanges;
  Baseline: Baseline;
  Config: Config;
  HandshakeConfig: HandshakeConfig;
  MockConfig: MockConfig;
  Selftest: Selftest;
  AuthorizationConfirmationRequest: AuthorizationConfirmationRequest;
  AuthorizationConfirmationResponse: AuthorizationConfirmationResponse;
  HandshakeCompleteRequest: HandshakeCompleteRequest;
  HandshakeCompleteResponse: HandshakeCompleteResponse;
  HandshakeRequest: HandshakeRequest;
  HandshakeResponse: HandshakeResponse;
  HandshakeTokenClaims: HandshakeTokenClaims;
  IdentityProof: IdentityProof;
  IdentityResult: IdentityResult;
  ScopeRequest: ScopeRequest;
  ScopeResult: ScopeResult;
  CheckResult: CheckResult;
  ConformancePredicate: ConformancePredicate;
  Evidence: Evidence;
  Exchange: Exchange;
  Frame: Frame;
  Implementation: Implementation;
  RecordedRun: RecordedRun;
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
  AunCertificateStatus: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-certificate-status.json","title":"AunCertificateStatus","description":"What /pki/ocsp answers of one serial number.","type":"object","required":["status","ocsp_response"],"properties":{"status":{"description":"What is known of it.","enum":["good","revoked","unknown"]},"ocsp_response":{"description":"OCSP response, DER in base64.","type":"string","minLength":1}}},
  AunChallengeParams: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-challenge-params.json","title":"AunChallengeParams","description":"What a full challenge carries besides its nonce.","type":"object","required":["nonce","server","protocol","auth_methods","capabilities","server_time"],"properties":{"nonce":{"description":"To be sent back in auth.connect.","type":"string","minLength":1},"server":{"description":"Name of the server.","type":"string","minLength":1},"protocol":{"description":"Versions the server speaks.","type":"object","required":["min","max"],"properties":{"min":{"description":"Lowest version.","type":"string","minLength":1},"max":{"description":"Highest version.","type":"string","minLength":1}}},"auth_methods":{"description":"Accepted values of auth.method.","type":"array","minItems":1,"items":{"type":"string"}},"capabilities":{"description":"What the server announces.","type":"object"},"server_time":{"description":"Unix seconds.","type":"number"}}},
  AunChallenge: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-challenge.json","title":"AunChallenge","description":"The first frame of a connection.","type":"object","required":["jsonrpc","method","params"],"properties":{"jsonrpc":{"description":"JSON-RPC version.","const":"2.0"},"method":{"description":"Always challenge.","const":"challenge"},"params":{"description":"The challenge.","type":"object","properties":{"nonce":true}},"id":false}},
  AunConnectBridge: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-connect-bridge.json","title":"AunConnectBridge","description":"What the result of auth.connect says about the server.","type":"object","required":["bridgeInfo","capabilities","trust_level"],"properties":{"bridgeInfo":{"description":"The server.","type":"object","required":["name","version"],"properties":{"name":{"description":"Its name.","type":"string","minLength":1},"version":{"description":"Its version.","type":"string","minLength":1}}},"capabilities":{"description":"What it announces.","type":"object"},"trust_level":{"description":"Trust in the identity.","type":"string","minLength":1}}},
  AunConnectConnection: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-connect-connection.json","title":"AunConnectConnection","description":"Which connection it is: the member connection of the result of auth.connect.","type":"object","required":["connection"],"properties":{"connection":{"description":"The connection.","type":"object","required":["id"],"properties":{"id":{"description":"Its own id.","type":"string","minLength":1},"device_id":{"description":"As in the request.","type":["string","null"]},"kind":{"description":"Long or short.","enum":["long","short"]}}}}},
  AunConnectIdentity: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-connect-identity.json","title":"AunConnectIdentity","description":"Whom a connection is of: the member identity of the result of auth.connect.","type":"object","required":["identity"],"properties":{"identity":{"description":"The authenticated identity.","type":"object","required":["module_id","role","aid"],"properties":{"module_id":{"description":"Of the connection inside the server.","type":"string","minLength":1},"role":{"description":"Role of the identity.","type":"string","minLength":1},"aid":{"description":"The AID.","type":"string","minLength":1}}}}},
  AunConnectRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-connect-request.json","title":"AunConnectRequest","description":"Params of auth.connect with the method kite_token.","type":"object","required":["nonce","auth"],"properties":{"nonce":{"description":"Of the challenge of this connection.","type":"string","minLength":1},"auth":{"description":"Who connects.","type":"object","required":["method","token"],"properties":{"method":{"description":"How the client authenticates.","type":"string","minLength":1},"token":{"description":"The access token.","type":"string","minLength":1}}},"protocol":{"description":"Versions that the client speaks.","type":"object","properties":{"min":{"description":"The oldest.","type":"string","minLength":1},"max":{"description":"The newest.","type":"string","minLength":1}}},"device":{"description":"The device.","type":"object","properties":{"id":{"description":"Id of the device.","type":"string","minLength":1},"type":{"description":"Kind of the device.","type":"string","minLength":1}}},"client":{"description":"The program.","type":"object","properties":{"slot_id":{"description":"Its place on the device; only with a device.","type":"string","minLength":1},"sdk_lang":{"description":"Language of the client.","type":"string","minLength":1},"sdk_version":{"description":"Version of the client.","type":"string","minLength":1}}},"delivery_mode":{"description":"How several connections of an AID share messages.","type":"object","properties":{"mode":{"description":"To all, or to one.","enum":["fanout","queue"]},"routing":{"description":"Which one; empty with fanout.","type":"string"},"affinity_ttl_ms":{"description":"How long a sender stays with one.","type":"integer","minimum":0}}},"options":{"description":"Kind of the connection.","type":"object","properties":{"kind":{"description":"A short one displaces no long one.","enum":["long","short"]},"short_ttl_ms":{"description":"How long a short one may be idle.","type":"integer","minimum":0}}},"capabilities":{"description":"What the client can do.","type":"object"},"extra_info":{"description":"Told to whom this connection displaces.","type":"object"}}},
  AunConnectResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-connect-result.json","title":"AunConnectResult","description":"The result of auth.connect.","type":"object","required":["status","protocol","server_time","authenticated"],"properties":{"status":{"description":"Always ok.","const":"ok"},"protocol":{"description":"The negotiated version.","type":"string","minLength":1},"server_time":{"description":"Unix seconds.","type":"number"},"authenticated":{"description":"Always true.","const":true},"token":{"description":"For the next connect.","type":"string","minLength":1}}},
  AunCreateAidRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-create-aid-request.json","title":"AunCreateAidRequest","description":"Params of auth.create_aid.","type":"object","required":["aid","public_key"],"properties":{"aid":{"description":"The AID to register.","type":"string","minLength":1},"public_key":{"description":"SPKI DER, standard base64.","type":"string","minLength":1},"curve":{"description":"Of that key.","type":"string"}}},
  AunCreatedAid: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-created-aid.json","title":"AunCreatedAid","description":"The result of auth.create_aid.","type":"object","required":["aid","cert","ca_cert","curve"],"properties":{"aid":{"description":"The AID.","type":"string","minLength":1},"cert":{"description":"Its certificate, PEM.","type":"string","minLength":1},"ca_cert":{"description":"The issuer's certificate, PEM.","type":"string","minLength":1},"curve":{"description":"Curve of the key.","const":"P-256"}}},
  AunDownloadedCertificate: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-downloaded-certificate.json","title":"AunDownloadedCertificate","description":"The result of auth.download_cert.","type":"object","required":["cert"],"properties":{"cert":{"description":"The certificate, PEM.","type":"string","minLength":1},"ca_cert":{"description":"Its issuer's certificate, PEM.","type":["string","null"]},"cert_chain":{"description":"All certificates up to the root, PEM.","anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"},{"type":"null"}]}}},
  AunGatewayList: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-gateway-list.json","title":"AunGatewayList","description":"What discovery answers: where the gateways of a domain are.","type":"object","required":["gateways"],"properties":{"gateways":{"description":"The gateways; clients take the one with the smallest priority first.","type":"array","minItems":1,"items":{"type":"object","required":["url"],"properties":{"url":{"description":"WebSocket URL.","type":"string","minLength":1},"priority":{"description":"Smaller is better; 999 when absent.","type":"integer"}}}}}},
  AunIssuedCertificate: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-issued-certificate.json","title":"AunIssuedCertificate","description":"The result of auth.request_cert.","type":"object","required":["status","aid","cert","ca_cert","curve"],"properties":{"status":{"description":"Always issued.","const":"issued"},"aid":{"description":"The AID.","type":"string","minLength":1},"cert":{"description":"The certificate, PEM.","type":"string","minLength":1},"ca_cert":{"description":"The issuer's certificate, PEM.","type":"string","minLength":1},"curve":{"description":"Curve of the key.","enum":["P-256","P-384"]}}},
  AunLoginChallenge: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-login-challenge.json","title":"AunLoginChallenge","description":"The result of auth.aid_login1.","type":"object","required":["request_id","nonce","server_time","client_nonce_signature","auth_cert","auth_curve"],"properties":{"request_id":{"description":"Of this login.","type":"string","minLength":1},"nonce":{"description":"To be signed by the client.","type":"string","minLength":1},"server_time":{"description":"Unix seconds.","type":"number"},"client_nonce_signature":{"description":"Over the client's nonce, DER in base64.","type":"string","minLength":1},"auth_cert":{"description":"Certificate of the auth service, PEM.","type":"string","minLength":1},"auth_curve":{"description":"Curve of its key.","enum":["P-256","P-384"]}}},
  AunLoginRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-login-request.json","title":"AunLoginRequest","description":"Params of auth.aid_login1.","type":"object","required":["aid","cert","client_nonce"],"properties":{"aid":{"description":"Who logs in.","type":"string","minLength":1},"cert":{"description":"Its certificate, PEM.","type":"string","minLength":1},"client_nonce":{"description":"Signed by the auth service.","type":"string","minLength":1}}},
  AunLoginResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-login-result.json","title":"AunLoginResult","description":"The result of auth.aid_login2.","type":"object","required":["status","aid","token","expires_in"],"properties":{"status":{"description":"Always ok.","const":"ok"},"aid":{"description":"The AID.","type":"string","minLength":1},"token":{"description":"The access token.","type":"string","minLength":1},"access_token":{"description":"The same.","type":"string","minLength":1},"refresh_token":{"description":"For auth.refresh_token.","type":"string","minLength":1},"expires_in":{"description":"Lifetime in seconds.","type":"number","exclusiveMinimum":0},"new_cert":{"description":"A renewed certificate, PEM.","type":["string","null"]}}},
  AunPong: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-pong.json","title":"AunPong","description":"The result of meta.ping.","type":"object","required":["pong","timestamp"],"properties":{"pong":{"description":"Always true.","const":true},"timestamp":{"description":"Unix seconds, the server's clock.","type":"integer"},"heartbeat_interval":{"description":"Seconds between pings; 0 switches them off.","type":"number"}}},
  AunPullResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-pull-result.json","title":"AunPullResult","description":"The result of message.pull.","type":"object","required":["messages","count","latest_seq"],"properties":{"messages":{"description":"Oldest first.","type":"array","items":{"type":"object"}},"count":{"description":"How many these are.","type":"integer"},"latest_seq":{"description":"The highest number there is.","type":"integer"}}},
  AunReceivedMessage: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-received-message.json","title":"AunReceivedMessage","description":"The params of event/message.received.","type":"object","required":["from","to","message_id","seq","payload","timestamp"],"properties":{"from":{"description":"AID of the sender.","type":"string","minLength":1},"to":{"description":"AID of the receiver.","type":"string","minLength":1},"message_id":{"description":"Id of the message.","type":"string","minLength":1},"seq":{"description":"Its number at the receiver.","type":"integer"},"payload":true,"timestamp":{"description":"The server's clock.","type":"number"},"delivery_mode":{"description":"How the receiver's connections are served.","anyOf":[{"type":"string"},{"type":"object"}]},"encrypted":{"description":"Whether the payload is encrypted.","type":"boolean"}}},
  AunRefreshFailure: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-refresh-failure.json","title":"AunRefreshFailure","description":"The result of a refused auth.refresh_token.","type":"object","required":["success","error","relogin_required","retryable","diagnostic"],"properties":{"success":{"description":"Always false.","const":false},"error":{"description":"What was wrong, as a word.","type":"string","minLength":1},"relogin_required":{"description":"The client has to log in again.","const":true},"retryable":{"description":"Whether trying again makes sense.","type":"boolean"},"diagnostic":{"description":"For the reader of a log.","anyOf":[{"type":"object"},{"type":"string"},{"type":"null"}]}}},
  AunRefreshResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-refresh-result.json","title":"AunRefreshResult","description":"The result of a granted auth.refresh_token.","type":"object","required":["success","access_token","refresh_token","expires_in","refresh_count","relogin_required","retryable","diagnostic"],"properties":{"success":{"description":"Always true.","const":true},"access_token":{"description":"The new access token.","type":"string","minLength":1},"refresh_token":{"description":"The new refresh token.","type":"string","minLength":1},"expires_in":{"description":"Lifetime in seconds.","type":"number","exclusiveMinimum":0},"aid":{"description":"The AID.","type":"string","minLength":1},"refresh_count":{"description":"Refreshes of this chain so far.","type":"integer"},"relogin_required":{"description":"No login is needed.","const":false},"retryable":{"description":"Whether trying again makes sense.","type":"boolean"},"diagnostic":{"description":"For the reader of a log.","anyOf":[{"type":"object"},{"type":"string"},{"type":"null"}]}}},
  AunRekeyedCertificate: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-rekeyed-certificate.json","title":"AunRekeyedCertificate","description":"The result of auth.rekey.","type":"object","required":["status","cert","ca_cert"],"properties":{"status":{"description":"Always rekeyed.","const":"rekeyed"},"aid":{"description":"The AID.","type":"string","minLength":1},"cert":{"description":"The certificate for the new key, PEM.","type":"string","minLength":1},"ca_cert":{"description":"The issuer's certificate, PEM.","type":"string","minLength":1}}},
  AunRenewedCertificate: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-renewed-certificate.json","title":"AunRenewedCertificate","description":"The result of auth.renew_cert.","type":"object","required":["status","cert","ca_cert"],"properties":{"status":{"description":"Always renewed.","const":"renewed"},"aid":{"description":"The AID.","type":"string","minLength":1},"cert":{"description":"The new certificate, PEM.","type":"string","minLength":1},"ca_cert":{"description":"The issuer's certificate, PEM.","type":"string","minLength":1}}},
  AunRevocationList: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-revocation-list.json","title":"AunRevocationList","description":"What /pki/crl.json answers.","type":"object","required":["crl_pem"],"properties":{"crl_pem":{"description":"The list, PEM.","type":"string","minLength":1},"revoked_serials":{"description":"The revoked serial numbers, hex.","type":"array","items":{"type":"string"}}}},
  AunSendRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-send-request.json","title":"AunSendRequest","description":"Params of message.send; the payload may be any JSON.","type":"object","required":["to","payload"],"properties":{"to":{"description":"The AID that gets it.","type":"string","minLength":1},"payload":true,"type":{"description":"Kind of the message.","type":"string"},"encrypted":{"description":"Whether only the receiver can read it.","type":"boolean"},"message_id":{"description":"Id that makes a repetition a duplicate.","type":"string","minLength":1}}},
  AunSendResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-send-result.json","title":"AunSendResult","description":"The result of message.send.","type":"object","required":["message_id","seq","timestamp","status","delivery_mode"],"properties":{"message_id":{"description":"Id of the message.","type":"string","minLength":1},"seq":{"description":"Its number at the receiver.","type":"integer"},"timestamp":{"description":"The server's clock.","type":"number"},"status":{"description":"What became of it.","enum":["sent","delivered","duplicate"]},"delivery_mode":{"description":"How the receiver's connections are served.","anyOf":[{"type":"string"},{"type":"object"}]},"cross_domain":{"description":"Whether it went to another domain.","type":"boolean"},"target_issuer":{"description":"That domain.","type":"string","minLength":1}}},
  AunStatus: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-status.json","title":"AunStatus","description":"The result of meta.status.","type":"object","required":["mode","aid","role","connected_at","protocol_version"],"properties":{"mode":{"description":"The connection mode.","const":"gateway"},"aid":{"description":"The caller.","type":"string","minLength":1},"role":{"description":"Role of the caller.","type":"string","minLength":1},"connected_at":{"description":"Unix milliseconds.","type":"number"},"protocol_version":{"description":"The negotiated version.","type":"string","minLength":1}}},
  AunTrustRoots: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-trust-roots.json","title":"AunTrustRoots","description":"The result of meta.trust_roots.","type":"object","required":["version","issued_at","next_update","root_cas"],"properties":{"version":{"description":"Number of the list.","type":"integer"},"issued_at":{"description":"When it was made.","anyOf":[{"type":"string"},{"type":"number"}]},"next_update":{"description":"When there will be a new one.","anyOf":[{"type":"string"},{"type":"number"}]},"authority_signature":{"description":"Signature over the list.","type":["string","null"]},"root_cas":{"description":"The roots.","type":"array","minItems":1,"items":{"type":"object","required":["certificate","fingerprint_sha256"],"properties":{"id":{"description":"Id of the root.","type":"string","minLength":1},"name":{"description":"Its name.","type":"string","minLength":1},"organization":{"description":"Whose it is.","type":"string"},"certificate":{"description":"PEM.","type":"string","minLength":1},"fingerprint_sha256":{"description":"SHA-256 of the DER, hex.","type":"string","minLength":1},"status":{"description":"Whether it is in use.","type":"string","minLength":1},"crl_url":{"description":"Where its revocation list is.","type":["string","null"]},"ocsp_url":{"description":"Where its OCSP responder is.","type":["string","null"]}}}}}},
  AunVersionRanges: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/aun/aun-version-ranges.json","title":"AunVersionRanges","description":"The data of the error for two peers without a common version.","type":"object","required":["server_range","client_range"],"properties":{"server_range":{"description":"What the server speaks.","anyOf":[{"type":"object"},{"type":"array","items":true},{"type":"string"}]},"client_range":{"description":"What the client offered.","anyOf":[{"type":"object"},{"type":"array","items":true},{"type":"string"}]}}},
  Baseline: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/baseline.json","title":"Baseline","description":"Findings that are known and lived with for a while.","type":"object","required":["schema","profile"],"properties":{"schema":{"description":"Version of this shape.","const":"gateproof.baseline/1"},"profile":{"description":"The profile whose checks are meant.","type":"string","minLength":1},"accepted":{"description":"Findings that do not make a run fail.","type":"array","items":{"type":"object","required":["check","reason_code","reason","owner","expires"],"properties":{"check":{"description":"Id of the check.","type":"string","minLength":1},"reason_code":{"description":"The finding that is lived with; another one of the same check is not.","type":"string","minLength":1},"reason":{"description":"Why it is lived with for now.","type":"string","minLength":1},"issue":{"description":"Where it is worked on.","type":"string","minLength":1},"owner":{"description":"Who answers for it.","type":"string","minLength":1},"expires":{"description":"Last day on which it counts.","type":"string","format":"date"}},"additionalProperties":false}},"flaky":{"description":"Checks known to come out now so, now so.","type":"array","items":{"type":"object","required":["check","reason","owner","expires"],"properties":{"check":{"description":"Id of the check.","type":"string","minLength":1},"reason":{"description":"Why it is lived with for now.","type":"string","minLength":1},"issue":{"description":"Where it is worked on.","type":"string","minLength":1},"owner":{"description":"Who answers for it.","type":"string","minLength":1},"expires":{"description":"Last day on which it counts.","type":"string","format":"date"}},"additionalProperties":false}}},"additionalProperties":false},
  Config: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/config.json","title":"Config","description":"gateproof.config.yaml.","type":"object","properties":{"profile":{"description":"What the target is judged as.","enum":["ath-gateway","ath-native","ath-handshake","ath-agent","aun-gateway","aun-client","all"]},"target":{"description":"The implementation under test.","type":"object","properties":{"url":{"description":"Base URL of the target.","type":"string","format":"uri"},"headers":{"description":"Header fields on every API request of an agent, left out where missing credentials are the point.","type":"object","additionalProperties":{"type":"string"}},"features":{"description":"Declared optional features; undeclared ones are detected.","type":"object","properties":{"agent_status":{"description":"GET /ath/agents/{clientId} exists.","type":"boolean"},"audit":{"description":"Decisions are logged.","type":"boolean"},"rate_limit":{"description":"Agents are rate limited.","type":"boolean"}},"additionalProperties":false}},"additionalProperties":false},"agents":{"description":"Where the kit publishes its agents' identity documents.","type":"object","properties":{"listen":{"description":"host:port to listen at, or host:first-last for a range of ports.","type":"string","pattern":"^(\\[[0-9a-fA-F:.]+\\]|[^\\s:]+):[0-9]{1,5}(-[0-9]{1,5})?$","examples":["127.0.0.1:4810","127.0.0.1:4810-4899"]},"base_url":{"description":"How the target reaches that address.","type":"string","format":"uri"},"id_template":{"description":"Pattern of an agent_id with {base}, {agent} or {port}.","type":"string","pattern":"\\{(agent|port)\\}","examples":["{base}/agents/{agent}/.well-known/agent.json"]}},"additionalProperties":false},"providers":{"description":"The providers behind the target that the kit may use.","type":"array","items":{"description":"One provider.","type":"object","required":["id","scopes"],"properties":{"id":{"description":"Its provider_id.","type":"string","minLength":1},"scopes":{"description":"Its scopes.","type":"array","items":{"type":"string","minLength":1}},"operations":{"description":"Allowed operations for each scope, for scope enforcement at the proxy.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}}},"unmapped":{"description":"Operations that no scope allows.","type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}}},"additionalProperties":false}},"consent":{"description":"How the user's consent is given.","type":"object","required":["driver"],"properties":{"driver":{"description":"Which driver gives it.","enum":["provider","form","command","manual"]},"provider":{"description":"The kit's own OAuth provider behind the target.","type":"object","properties":{"listen":{"description":"host:port of the provider, as configured at the target.","type":"string","pattern":"^(\\[[0-9a-fA-F:.]+\\]|[^\\s:]+):[0-9]{1,5}(-[0-9]{1,5})?$","examples":["127.0.0.1:4810","127.0.0.1:4810-4899"]},"client_id":{"description":"Client id the target uses.","type":"string","minLength":1},"client_secret":{"description":"Client secret the target uses.","type":"string","minLength":1}},"additionalProperties":false},"form":{"description":"Fill and submit the consent form of the target or its provider.","type":"object","properties":{"fields":{"description":"Values by name of the form field.","type":"object","additionalProperties":{"type":"string"}},"user":{"description":"What to fill in for the user name.","type":"string"},"password":{"description":"What to fill in for the password.","type":"string"}},"additionalProperties":false},"command":{"description":"Run a program that gives the consent.","type":"object","required":["run"],"properties":{"run":{"description":"The program and its arguments.","type":"array","items":{"type":"string"},"minItems":1}},"additionalProperties":false},"manual":{"description":"Print the URL and wait for a person.","type":"object","properties":{},"additionalProperties":false}},"additionalProperties":false},"hooks":{"description":"What the target offers to be tested with; everything optional.","type":"object","properties":{"clock":{"description":"Moves the target's clock forward; {seconds} in the body is replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"}},"additionalProperties":false},"audit":{"description":"Reads the audit log.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"format":{"description":"One JSON value a line, or one JSON array.","enum":["jsonl","json"]}},"additionalProperties":false},"faults":{"description":"Reads the fault log of a reference mock (GET /faults of its control API), for the bundle.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example GET http://127.0.0.1:4801/faults.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false},"pending_agent":{"description":"A developer whose agents the target leaves pending.","type":"object","required":["developer_id"],"properties":{"developer_id":{"description":"That developer's id.","type":"string","minLength":1}},"additionalProperties":false},"denied_agent":{"description":"A developer whose agents the target denies.","type":"object","required":["developer_id"],"properties":{"developer_id":{"description":"That developer's id.","type":"string","minLength":1}},"additionalProperties":false},"pairing_code":{"description":"Asks for a pairing code; {aid} in the body is replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"},"result":{"description":"Name of the member of the answer that holds the code.","type":"string","minLength":1}},"additionalProperties":false}},"additionalProperties":false},"handshake":{"description":"Settings of the profile ath-handshake: the binding of the target, its users and its systems.","type":"object","required":["user"],"properties":{"path":{"description":"Path of the endpoint below target.url.","type":"string","pattern":"^/\\S*$","examples":["/api/handshake"]},"correlation":{"description":"Where the handshake's id is carried.","enum":["body","header","cookie"]},"signature":{"description":"How ES256 signatures are encoded inside messages.","enum":["raw","der"]},"algorithm":{"description":"Of the keys of the kit's agents.","enum":["ES256","EdDSA"]},"versions":{"description":"Versions the target supports, as dotted numbers.","type":"array","minItems":1,"items":{"type":"string","pattern":"^\\d+(\\.\\d+)*$","examples":["1.0"]}},"server_did":{"description":"What server_did must be.","type":"string","minLength":1},"agent_did":{"description":"DIDs of the kit's agents, with {agent}.","type":"string","pattern":"\\{agent\\}","examples":["did:web:{agent}.agents.example"]},"user":{"description":"A user whose public key the target knows.","type":"object","required":["did","key"],"properties":{"did":{"description":"The user's DID.","type":"string","minLength":1},"key":{"description":"Path of the user's private key (PKCS#8 PEM), or the PEM itself.","type":"string","minLength":1}},"additionalProperties":false},"second_user":{"description":"Another one.","type":"object","required":["did","key"],"properties":{"did":{"description":"The user's DID.","type":"string","minLength":1},"key":{"description":"Path of the user's private key (PKCS#8 PEM), or the PEM itself.","type":"string","minLength":1}},"additionalProperties":false},"confirmation":{"description":"Where the target asks the users, and how they answer.","type":"object","properties":{"listen":{"description":"host:port to listen at.","type":"string","pattern":"^(\\[[0-9a-fA-F:.]+\\]|[^\\s:]+):[0-9]{1,5}$","examples":["127.0.0.1:4830"]},"path":{"description":"Path of a user's confirmation URL; {user} is user or second-user.","type":"string","pattern":"^/\\S*$","examples":["/api/handshake"]},"base_url":{"description":"How the target reaches that address.","type":"string","format":"uri"},"answer":{"description":"In the response to the target's call, or by a call of the user's own.","enum":["response","post"]}},"additionalProperties":false},"ttl_s":{"description":"Seconds that the agents ask for.","type":"integer","minimum":1},"systems":{"description":"The backend systems behind the target.","type":"array","items":{"description":"One system.","type":"object","required":["prefix","scopes"],"properties":{"prefix":{"description":"Its path at the target.","type":"string","pattern":"^/[^\\s/]+$","examples":["/finance"]},"scopes":{"description":"Calls that each scope allows, METHOD /path as at the target.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}}},"unmapped":{"description":"Calls that no scope allows.","type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}},"format":{"description":"What the backend itself speaks.","enum":["soap","form","json"]},"sample":{"description":"Members for the body of calls that take one.","type":"object","additionalProperties":{"anyOf":[{"title":"a text","type":"string"},{"title":"a number","type":"number"},{"title":"true or false","type":"boolean"}]}}},"additionalProperties":false}},"restrictions":{"description":"DIDs, with {agent}, for which the target's policy grants with a restriction.","type":"object","properties":{"ip_whitelist":{"description":"Without the address of the kit in it.","type":"string","pattern":"\\{agent\\}","examples":["did:web:{agent}.agents.example"]},"access_time":{"description":"Such as 9:00-18:00.","type":"string","pattern":"\\{agent\\}","examples":["did:web:{agent}.agents.example"]},"rate_limit":{"description":"Such as 5/minute.","type":"string","pattern":"\\{agent\\}","examples":["did:web:{agent}.agents.example"]},"forwarded_by":{"description":"Whom the target believes when he tells a client's address in a header: nobody, or whoever calls from where its proxy would.","enum":["nobody","proxy"]}},"additionalProperties":false},"hooks":{"description":"What the target offers beyond the hooks of every profile.","type":"object","properties":{"backend_log":{"description":"Reads what the backends received.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false},"backend_fault":{"description":"Makes a backend fail or work again; {system} and {on} in the body are replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"}},"additionalProperties":false},"revoke_token":{"description":"Takes a token back; {token} in the body is replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"}},"additionalProperties":false},"revoke_user":{"description":"Takes back what a user allowed an agent; {user} and {agent} in the body are replaced.","type":"object","required":["request"],"properties":{"request":{"description":"Method and URL, for example POST https://gw.example/internal/clock.","type":"string","pattern":"^[A-Z]+ \\S+$","examples":["POST https://gateway.example/internal/hook"]},"headers":{"description":"Header fields by name.","type":"object","additionalProperties":{"type":"string"}},"body":{"description":"Body to send.","type":"string"}},"additionalProperties":false}},"additionalProperties":false}},"additionalProperties":false},"aun":{"description":"Settings of the AUN profiles.","type":"object","properties":{"issuer":{"description":"Issuer domain of the agent identities.","type":"string","minLength":1},"http":{"description":"Where /pki, /health and discovery are, when not at the target's host.","type":"string","format":"uri"},"identities":{"description":"Who may connect: open when anyone can create an identity, else a list of prepared ones.","anyOf":[{"title":"\"open\"","const":"open"},{"title":"a list of identities","type":"array","minItems":1,"items":{"description":"A prepared identity.","type":"object","required":["aid","cert","key"],"properties":{"aid":{"description":"Its AID.","type":"string","minLength":1},"cert":{"description":"Path of its certificate.","type":"string","minLength":1},"key":{"description":"Path of its key.","type":"string","minLength":1}},"additionalProperties":false}}]},"trust_roots":{"description":"Path of the trusted root certificates in PEM.","type":"string","minLength":1},"peer":{"description":"A second domain for cross-domain checks.","type":"object","required":["issuer","target"],"properties":{"issuer":{"description":"Its issuer.","type":"string","minLength":1},"target":{"description":"Its WebSocket URL.","type":"string","format":"uri"}},"additionalProperties":false}},"additionalProperties":false},"implementation":{"$ref":"../report/implementation.json"}},"additionalProperties":false},
  HandshakeConfig: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/handshake-config.json","title":"HandshakeConfig","description":"Configuration of the reference gateway of the nine-step handshake (`gateproof mock ath-handshake --config`).","type":"object","required":["users","systems"],"properties":{"server_did":{"description":"The gateway's DID.","type":"string","pattern":"^did:[a-z0-9]+:\\S+$","examples":["did:web:users.example:alice"]},"versions":{"description":"Protocol versions the gateway speaks.","type":"array","minItems":1,"items":{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)*$","examples":["1.0"]}},"users":{"description":"The users whose credentials and confirmations count.","type":"array","items":{"description":"One user.","type":"object","required":["did","public_key"],"properties":{"did":{"description":"The user's DID.","type":"string","pattern":"^did:[a-z0-9]+:\\S+$","examples":["did:web:users.example:alice"]},"name":{"description":"Names the user's page, /user/{name}.","type":"string","pattern":"^[A-Za-z0-9._-]+$","examples":["key-1"]},"public_key":{"description":"P-256 or Ed25519 key, SPKI PEM.","type":"string","minLength":1},"confirmation_url":{"description":"Where confirmation requests are POSTed to.","type":"string","format":"uri"}},"additionalProperties":false}},"agents":{"description":"What the gateway can tell users about agents.","type":"array","items":{"description":"One agent.","type":"object","required":["did","name","developer"],"properties":{"did":{"description":"The agent's DID.","type":"string","minLength":1},"name":{"description":"Its name for people.","type":"string","minLength":1},"developer":{"description":"Who makes it.","type":"string","minLength":1}},"additionalProperties":false}},"systems":{"description":"The backends by path.","type":"array","items":{"description":"One backend.","type":"object","required":["prefix","backend","scopes"],"properties":{"prefix":{"description":"The first path segment of its calls.","type":"string","pattern":"^/[A-Za-z0-9._-]+$","examples":["/finance"]},"backend":{"description":"OA speaks SOAP, CRM forms with a session cookie, finance JSON with an API key.","enum":["oa","crm","finance"]},"scopes":{"description":"Operations (`METHOD /prefix/path`) by scope.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}}}},"additionalProperties":false}},"policy":{"description":"What the gateway allows whatever users say.","type":"object","properties":{"scopes_supported":{"description":"Default: every scope of every system.","type":"array","items":{"type":"string","minLength":1}},"denied_scopes":{"description":"Scopes that are never granted.","type":"array","items":{"type":"string","minLength":1}},"token_max_ttl":{"description":"Seconds.","type":"integer","minimum":1},"require_user_confirmation":{"description":"Whether users are asked at each handshake.","type":"boolean"},"restrictions":{"description":"Restrictions by agent.","type":"array","items":{"description":"For agents whose DID fits.","type":"object","required":["client_did"],"properties":{"client_did":{"description":"A DID in which * stands for any text.","type":"string","minLength":1},"ip_whitelist":{"description":"Addresses and CIDR blocks calls may come from.","type":"array","items":{"type":"string","minLength":1}},"rate_limit":{"description":"For example 100/second.","type":"string","pattern":"^[1-9][0-9]*/(second|minute|hour)$","examples":["10/minute"]},"access_time":{"description":"From and until, UTC; for example 9:00-18:00.","type":"string","pattern":"^([01]?[0-9]|2[0-3]):[0-5][0-9]-(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$","examples":["09:00-18:00"]}},"additionalProperties":false}}},"additionalProperties":false},"limits":{"description":"How much and how long.","type":"object","properties":{"calls_per_minute":{"description":"API calls of one agent.","type":"integer","minimum":1},"handshake_ttl_s":{"description":"Seconds a handshake waits for its next message.","type":"integer","minimum":1},"confirmation_ttl_s":{"description":"Seconds a user has to answer.","type":"integer","minimum":1},"open_handshakes":{"description":"Handshakes kept at a time; the oldest abandoned one makes room.","type":"integer","minimum":1},"body_max_bytes":{"description":"Largest message or API call.","type":"integer","minimum":1024},"backend_timeout_ms":{"description":"Milliseconds a backend has to answer.","type":"integer","minimum":1},"breaker":{"description":"When a failing backend is left alone.","type":"object","properties":{"failures":{"description":"In a row.","type":"integer","minimum":1},"open_s":{"description":"Seconds until one call tries again.","type":"integer","minimum":1}},"additionalProperties":false}},"additionalProperties":false},"binding":{"description":"How the messages travel over HTTP.","type":"object","properties":{"path":{"description":"Of the endpoint for messages.","type":"string","pattern":"^/[A-Za-z0-9._/-]+$","examples":["/api/handshake"]},"correlation":{"description":"What carries the handshake's id.","enum":["body","header","cookie"]},"signature":{"description":"Encoding of ES256 signatures inside messages, base64url both.","enum":["raw","der"]}},"additionalProperties":false}},"additionalProperties":false},
  MockConfig: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/mock-config.json","title":"MockConfig","description":"Configuration of the reference mocks (`gateproof mock --config`).","type":"object","properties":{"providers":{"description":"The providers behind the gateway; without them it brings one of its own. The native service has none behind it.","type":"array","items":{"description":"One provider.","type":"object","required":["id","scopes","operations","authorization_endpoint","token_endpoint","client_id","client_secret","api_base"],"properties":{"id":{"description":"Its provider_id.","type":"string","minLength":1},"display_name":{"description":"Name for people.","type":"string"},"categories":{"description":"Free words to group providers by.","type":"array","items":{"type":"string","minLength":1}},"scopes":{"description":"Its scopes.","type":"array","items":{"type":"string","minLength":1}},"operations":{"description":"Allowed operations for each scope, for example GET /v1/messages.","type":"object","additionalProperties":{"type":"array","items":{"type":"string","pattern":"^[A-Z]+ /\\S*$","examples":["GET /v1/messages"]}}},"authorization_endpoint":{"description":"Its OAuth authorization endpoint.","type":"string","format":"uri"},"token_endpoint":{"description":"Its OAuth token endpoint.","type":"string","format":"uri"},"userinfo_endpoint":{"description":"Where to ask who the user is.","type":"string","format":"uri"},"client_id":{"description":"The gateway's client id there.","type":"string","minLength":1},"client_secret":{"description":"The gateway's client secret there.","type":"string","minLength":1},"token_endpoint_auth_method":{"description":"How the gateway authenticates there.","enum":["client_secret_basic","client_secret_post"]},"api_base":{"description":"Base URL of its API.","type":"string","format":"uri"}},"additionalProperties":false}},"policy":{"description":"How registrations are decided.","type":"object","properties":{"approvable_scopes":{"description":"Only these scopes are approved; left out: all.","type":"array","items":{"type":"string","minLength":1}},"denied_scopes":{"description":"These scopes are denied.","type":"array","items":{"type":"string","minLength":1}},"pending_developers":{"description":"Developers whose agents are left pending.","type":"array","items":{"type":"string","minLength":1}},"denied_developers":{"description":"Developers whose agents are denied.","type":"array","items":{"type":"string","minLength":1}},"approval_days":{"description":"How long an approval lasts.","type":"number","exclusiveMinimum":0}},"additionalProperties":false},"limits":{"description":"Limits and time-outs.","type":"object","properties":{"requests_per_minute":{"description":"Requests one agent may send in a minute.","type":"integer","minimum":1},"session_seconds":{"description":"Lifetime of an authorization session.","type":"number","exclusiveMinimum":0},"token_seconds":{"description":"Lifetime of a token.","type":"integer","minimum":1},"identity_timeout_ms":{"description":"Time-out for fetching an identity document.","type":"integer","minimum":1},"identity_max_bytes":{"description":"Largest identity document.","type":"integer","minimum":1},"body_max_bytes":{"description":"Largest request body.","type":"integer","minimum":1},"upstream_timeout_ms":{"description":"Time-out for the provider's API.","type":"integer","minimum":1},"breaker_failures":{"description":"Failures in a row after which the provider is left alone.","type":"integer","minimum":1},"breaker_seconds":{"description":"For how long it is left alone.","type":"number","exclusiveMinimum":0}},"additionalProperties":false},"audit":{"description":"Whether decisions are logged.","type":"boolean"},"gateway_id":{"description":"Identifier in the discovery document.","type":"string","minLength":1}},"additionalProperties":false},
  Selftest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/gateproof/selftest.json","title":"Selftest","description":"What `gateproof selftest --json` prints.","type":"object","required":["honest","faults","nullTargets","unprovenChecks","ok"],"properties":{"honest":{"description":"The honest reference mock.","type":"object","required":["profile","checks","notPass"],"properties":{"profile":{"description":"The profile.","type":"string","minLength":1},"checks":{"description":"Checks that ran.","type":"integer","minimum":0},"notPass":{"description":"Ids of checks that did not pass.","type":"array","items":{"type":"string","minLength":1}}}},"faults":{"description":"Every fault with the checks that caught it.","type":"array","items":{"description":"One fault.","type":"object","required":["id","requirement","profile","killedBy","expectedKillers","alsoFailed","verdict"],"properties":{"id":{"description":"Id of the fault.","type":"string","minLength":1},"requirement":{"description":"The requirement it breaks.","type":"string","minLength":1},"profile":{"description":"The profile it was run under.","type":"string","minLength":1},"killedBy":{"description":"Checks that caught it as expected.","type":"array","items":{"type":"string","minLength":1}},"expectedKillers":{"description":"Checks that have to catch it.","type":"array","items":{"type":"string","minLength":1}},"alsoFailed":{"description":"Other checks that failed along.","type":"array","items":{"type":"string","minLength":1}},"verdict":{"description":"Whether it was caught; broken when the run itself went wrong.","enum":["killed","survived","broken"]}}}},"nullTargets":{"description":"Targets that implement nothing.","type":"array","items":{"description":"One null target.","type":"object","required":["name","passes","exitCode","ms"],"properties":{"name":{"description":"What it does.","type":"string","minLength":1},"passes":{"description":"Checks that passed; has to be 0.","type":"integer","minimum":0},"exitCode":{"description":"Exit code; has to be 3.","type":"integer"},"ms":{"description":"Milliseconds the run took.","type":"number","minimum":0}}}},"unprovenChecks":{"description":"Checks that no fault proves.","type":"array","items":{"type":"string","minLength":1}},"ok":{"description":"Whether all of it is as it has to be.","type":"boolean"}}},
  AuthorizationConfirmationRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/authorization-confirmation-request.json","title":"AuthorizationConfirmationRequest","description":"Message 6: the gateway asks the user.","type":"object","required":["type","timestamp","request_id","client_did","client_info","requested_scopes","expires_at"],"properties":{"type":{"description":"Which message this is.","const":"authorization_confirmation_request"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"request_id":{"description":"This question; its answer names it.","type":"string","minLength":1},"client_did":{"description":"The agent that asks.","type":"string","minLength":1},"client_info":{"description":"Who the agent is, for people.","type":"object","required":["name","developer"],"properties":{"name":{"description":"Its name.","type":"string","minLength":1},"developer":{"description":"Who made it.","type":"string","minLength":1}}},"requested_scopes":{"description":"What it asks for.","type":"array","items":{"type":"string","minLength":1},"minItems":1},"expires_at":{"description":"Until when the user may answer, Unix seconds.","type":"integer","minimum":0}}},
  AuthorizationConfirmationResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/authorization-confirmation-response.json","title":"AuthorizationConfirmationResponse","description":"Message 7: the user answers.","type":"object","required":["type","timestamp","request_id","approved","approved_scopes","expires_at","signature"],"properties":{"type":{"description":"Which message this is.","const":"authorization_confirmation_response"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"request_id":{"description":"The question that is answered.","type":"string","minLength":1},"approved":{"description":"Whether the user allows anything.","type":"boolean"},"approved_scopes":{"description":"What the user allows.","type":"array","items":{"type":"string","minLength":1}},"expires_at":{"description":"Until when the user allows it, Unix seconds.","type":"integer","minimum":0},"signature":{"description":"By the user, over the deciding members.","type":"string"}}},
  HandshakeCompleteRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/handshake-complete-request.json","title":"HandshakeCompleteRequest","description":"Message 9 of the agent: its half of the key exchange.","type":"object","required":["type","timestamp","key_exchange_alg","key_exchange_params","cipher_suite"],"properties":{"type":{"description":"Which message this is.","const":"handshake_complete"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"key_exchange_alg":{"description":"The key agreement.","type":"string","minLength":1},"key_exchange_params":{"description":"The sender's public key.","anyOf":[{"type":"string"},{"type":"object"}]},"cipher_suite":{"description":"The cipher of the session.","type":"string","minLength":1}}},
  HandshakeCompleteResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/handshake-complete-response.json","title":"HandshakeCompleteResponse","description":"Message 9 of the gateway: its half of the key exchange, and the token.","type":"object","required":["type","timestamp","key_exchange_alg","key_exchange_params","cipher_suite","access_token"],"properties":{"type":{"description":"Which message this is.","const":"handshake_complete"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"key_exchange_alg":{"description":"The key agreement.","type":"string","minLength":1},"key_exchange_params":{"description":"The sender's public key.","anyOf":[{"type":"string"},{"type":"object"}]},"cipher_suite":{"description":"The cipher of the session.","type":"string","minLength":1},"access_token":{"description":"A JWT by the gateway.","type":"string","minLength":1}}},
  HandshakeRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/handshake-request.json","title":"HandshakeRequest","description":"Message 1: an agent opens a handshake.","type":"object","required":["type","timestamp","client_did","client_pubkey","versions","capabilities","nonce"],"properties":{"type":{"description":"Which message this is.","const":"handshake_request"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"client_did":{"description":"The agent.","type":"string","minLength":1},"client_pubkey":{"description":"The agent's public key, SPKI PEM.","type":"string","minLength":1},"versions":{"description":"Protocol versions that the agent speaks.","type":"array","items":{"type":"string","minLength":1},"minItems":1},"capabilities":{"description":"Signature algorithms and transports that the agent offers.","type":"array","items":{"type":"string","minLength":1},"minItems":1},"nonce":{"description":"Nonce A, which the gateway signs.","type":"string","minLength":1}}},
  HandshakeResponse: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/handshake-response.json","title":"HandshakeResponse","description":"Message 2: the gateway proves who it is.","type":"object","required":["type","timestamp","server_did","server_pubkey","version","capabilities","nonce","signature"],"properties":{"type":{"description":"Which message this is.","const":"handshake_response"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"server_did":{"description":"The gateway.","type":"string","minLength":1},"server_pubkey":{"description":"The gateway's public key, SPKI PEM.","type":"string","minLength":1},"version":{"description":"The version chosen.","type":"string","minLength":1},"capabilities":{"description":"What both sides can do.","type":"array","items":{"type":"string","minLength":1}},"nonce":{"description":"Nonce B, which the agent signs.","type":"string","minLength":1},"signature":{"description":"By the gateway, over nonce A.","type":"string","minLength":1}}},
  HandshakeTokenClaims: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/handshake-token-claims.json","title":"HandshakeTokenClaims","description":"Claims of the access token that ends a handshake.","type":"object","required":["iss","sub","user_did","scopes","iat","exp"],"properties":{"iss":{"description":"The gateway.","type":"string","minLength":1},"sub":{"description":"The agent.","type":"string","minLength":1},"user_did":{"description":"The user.","type":"string","minLength":1},"scopes":{"description":"What the token allows.","type":"array","items":{"type":"string","minLength":1}},"iat":{"description":"Issued at, Unix seconds.","type":"number","minimum":0},"exp":{"description":"Expires at, Unix seconds.","type":"number","minimum":0},"jti":{"description":"The token's own id.","type":"string","minLength":1},"handshake_id":{"description":"The handshake it comes from.","type":"string","minLength":1}}},
  IdentityProof: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/identity-proof.json","title":"IdentityProof","description":"Message 3: the agent proves who it is.","type":"object","required":["type","timestamp","signature"],"properties":{"type":{"description":"Which message this is.","const":"identity_proof"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"signature":{"description":"By the agent, over nonce B.","type":"string","minLength":1},"credentials":{"description":"Further credentials of the agent.","type":"array","items":true}}},
  IdentityResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/identity-result.json","title":"IdentityResult","description":"Message 4: whether the gateway believes the agent.","type":"object","required":["type","timestamp","success"],"properties":{"type":{"description":"Which message this is.","const":"identity_result"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"success":{"description":"Whether the proof holds.","type":"boolean"},"metadata":{"description":"What the agent may expect; on success.","type":"object","required":["scopes_supported","token_max_ttl"],"properties":{"scopes_supported":{"description":"Scopes that the gateway knows.","type":"array","items":{"type":"string","minLength":1},"minItems":1},"token_max_ttl":{"description":"The longest life of a token, in seconds.","type":"integer","exclusiveMinimum":0},"require_user_confirmation":{"description":"Whether the user is asked at each handshake.","type":"boolean"}}},"error":{"description":"Why the proof does not hold; a text, or an object with code and message.","anyOf":[{"type":"string"},{"type":"object"},{"type":"null"}]}}},
  ScopeRequest: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/scope-request.json","title":"ScopeRequest","description":"Message 5: the agent asks for scopes, with the user's credential.","type":"object","required":["type","timestamp","scopes","ttl","user_authorization"],"properties":{"type":{"description":"Which message this is.","const":"scope_request"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"scopes":{"description":"What the agent asks for.","type":"array","items":{"type":"string","minLength":1},"minItems":1},"ttl":{"description":"For how long, in seconds.","type":"integer","exclusiveMinimum":0},"user_authorization":{"description":"What the user allowed beforehand.","type":"object","required":["credential","signature"],"properties":{"credential":{"description":"A JWT by the user.","type":"string","minLength":1},"signature":{"description":"By the agent, over the credential.","type":"string","minLength":1}}},"context":{"description":"Anything that explains the request to the user.","anyOf":[{"type":"object"},{"type":"string"},{"type":"null"}]}}},
  ScopeResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/handshake/scope-result.json","title":"ScopeResult","description":"Message 8: what the agent is granted.","type":"object","required":["type","timestamp","scopes_granted","scopes_denied"],"properties":{"type":{"description":"Which message this is.","const":"scope_result"},"timestamp":{"description":"When it was sent, Unix seconds.","type":"integer","minimum":0},"handshake_id":{"description":"The handshake, as the gateway named it; absent where a header or a cookie carries it.","type":"string","minLength":1},"scopes_granted":{"description":"What the agent may do.","type":"array","items":{"type":"string","minLength":1}},"scopes_denied":{"description":"What it asked for in vain.","type":"array","items":{"type":"object","required":["scope","reason"],"properties":{"scope":{"description":"The scope.","type":"string","minLength":1},"reason":{"description":"Why not.","type":"string","minLength":1}}}},"ttl_granted":{"description":"For how long, in seconds.","type":"integer","exclusiveMinimum":0},"restrictions":{"description":"Limits within which alone the grant holds.","anyOf":[{"type":"object","properties":{"ip_whitelist":{"description":"Addresses that calls may come from.","type":"array","items":{"type":"string","minLength":1}},"rate_limit":{"description":"As in 100/second.","type":"string","minLength":1},"access_time":{"description":"As in 9:00-18:00.","type":"string","minLength":1}}},{"type":"null"}]}}},
  CheckResult: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/check-result.json","title":"CheckResult","description":"What one check found.","type":"object","required":["id","requirement","level","section","title","outcome","reasonCode","expected","actual","cause","durationMs","attempts","exchanges","provenBy","replay"],"properties":{"id":{"description":"Id of the check.","type":"string","minLength":1},"requirement":{"description":"Id of the requirement it judges.","type":"string","minLength":1},"level":{"description":"The level the kit judges the requirement at.","enum":["must","should","may","none"]},"section":{"description":"Section of the protocol.","type":"string","minLength":1},"title":{"description":"What is checked, in one sentence.","type":"string","minLength":1},"outcome":{"description":"The outcome.","enum":["pass","fail","warn","ambiguous","not-applicable","not-tested","inconclusive","kit-error"]},"reasonCode":{"description":"Machine-readable reason; null for a pass.","type":["string","null"]},"expected":{"description":"What had to happen.","type":["string","null"]},"actual":{"description":"What happened.","type":["string","null"]},"cause":{"description":"Whose matter a non-pass is; null when that is not decided.","enum":["target","environment","configuration","kit",null]},"durationMs":{"description":"Milliseconds.","type":"number","minimum":0},"attempts":{"description":"How often the check was driven.","type":"integer","minimum":0},"exchanges":{"description":"The evidence that decided.","type":"array","items":{"$ref":"exchange.json"}},"frames":{"description":"The WebSocket messages that decided.","type":"array","items":{"$ref":"frame.json"}},"provenBy":{"description":"Faults of the reference mock that this check catches.","type":"array","items":{"type":"string","minLength":1}},"replay":{"description":"Id for repeating this case alone.","type":["string","null"]},"hint":{"description":"How to mend it, one line.","type":"string"},"flaky":{"description":"Whether a transport fault made a second attempt necessary.","type":"boolean"},"notes":{"description":"Remarks for people.","type":"array","items":{"type":"string"}},"accepted":{"description":"The baseline's entry that excuses this finding.","type":"object","required":["reason","owner","expires"],"properties":{"reason":{"description":"Why it is lived with.","type":"string"},"owner":{"description":"Who answers for it.","type":"string"},"expires":{"description":"Last day on which it counts.","type":"string"},"issue":{"description":"Where it is worked on.","type":"string"},"flaky":{"description":"Known to come out now so, now so.","const":true}}}}},
  ConformancePredicate: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/conformance-predicate.json","title":"ConformancePredicate","description":"What a certificate says of an implementation.","type":"object","required":["profile","catalogue","kit","run","implementation","target","verdict","totals","expectedSet","notTested","notApplicable","exceptions","selftest","issuer","validFrom","expires","bundle"],"properties":{"profile":{"description":"The profile that was judged.","type":"string","minLength":1},"catalogue":{"description":"Edition of the requirement catalogue.","type":"string","minLength":1},"kit":{"description":"The kit that judged.","type":"object","required":["name","version"],"properties":{"name":{"description":"Its name.","type":"string","minLength":1},"version":{"description":"Its version.","type":"string","minLength":1}}},"run":{"description":"The run.","type":"object","required":["id","startedAt","seed"],"properties":{"id":{"description":"Its id.","type":"string","minLength":1},"startedAt":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"seed":{"description":"Seed of everything generated.","type":"integer"}}},"implementation":{"description":"Who made what was judged.","$ref":"implementation.json"},"target":{"description":"Where it was judged.","type":"object","required":["url","fingerprint"],"properties":{"url":{"description":"Base URL.","type":"string"},"fingerprint":{"description":"Digest of what it says of itself; null when it says nothing.","type":["string","null"]}}},"verdict":{"description":"The verdict of the run.","type":"object","required":["result","sentence"],"properties":{"result":{"description":"Always conformant: there are no other certificates.","type":"string"},"sentence":{"description":"The same in words.","type":"string"}}},"totals":{"description":"Number of checks for each outcome.","type":"object","additionalProperties":{"type":"integer","minimum":0}},"expectedSet":{"description":"The checks that had to run.","type":"object","required":["count","digest"],"properties":{"count":{"description":"How many.","type":"integer","minimum":0},"digest":{"description":"Over their ids.","type":"string","pattern":"^[0-9a-f]{64}$"}}},"notTested":{"description":"Checks that could not be judged; never one of a MUST.","type":"array","items":{"type":"object","required":["check","reason"],"properties":{"check":{"description":"Id of the check.","type":"string","minLength":1},"reason":{"description":"Why.","type":"string"}}}},"notApplicable":{"description":"Checks of features that the implementation does not declare.","type":"array","items":{"type":"object","required":["check","reason"],"properties":{"check":{"description":"Id of the check.","type":"string","minLength":1},"reason":{"description":"Why.","type":"string"}}}},"exceptions":{"description":"Findings that do not stand against conformance: SHOULDs, two honest readings.","type":"array","items":{"type":"object","required":["check","reason"],"properties":{"check":{"description":"Id of the check.","type":"string","minLength":1},"reason":{"description":"Why.","type":"string"}}}},"selftest":{"description":"The self-test of the kit that judged.","type":"object","required":["ok","faults","killed","digest"],"properties":{"ok":{"description":"Always true.","type":"boolean"},"faults":{"description":"Faults tried.","type":"integer","minimum":0},"killed":{"description":"Faults caught.","type":"integer","minimum":0},"digest":{"description":"Of its result.","type":"string","pattern":"^[0-9a-f]{64}$"}}},"issuer":{"description":"Who vouches for it.","type":"object","required":["name","independence"],"properties":{"name":{"description":"Name.","type":"string","minLength":1},"independence":{"description":"How the issuer stands to the maker.","enum":["self","customer","third-party"]}}},"validFrom":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"expires":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"bundle":{"description":"The evidence.","type":"object","required":["sha256"],"properties":{"sha256":{"description":"Of the bundle file.","type":"string","pattern":"^[0-9a-f]{64}$"}}}}},
  Evidence: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/evidence.json","title":"Evidence","description":"What one check recorded: everything its judge looks at.","type":"object","required":["exchanges","marks","facts"],"properties":{"exchanges":{"description":"HTTP requests with their answers, in order.","type":"array","items":{"$ref":"exchange.json"}},"frames":{"description":"What went over WebSockets, in order.","type":"array","items":{"$ref":"frame.json"}},"marks":{"description":"Ids of exchanges and frames by the role they play.","type":"object","additionalProperties":{"type":"array","items":{"type":"integer","minimum":0}}},"facts":{"description":"What the drive measured or knew beyond the wire.","type":"object"},"stopped":{"description":"Why the drive ended early.","type":"object","required":["kind","reasonCode","message","cause"],"properties":{"kind":{"description":"What that makes of the check.","enum":["not-tested","not-applicable","kit-error"]},"reasonCode":{"description":"Machine-readable reason.","type":"string","minLength":1},"message":{"description":"The reason in words.","type":"string"},"mend":{"description":"What would make it testable.","type":"string"},"cause":{"description":"Whose matter it is.","anyOf":[{"enum":["target","environment","configuration","kit"]},{"title":"null","type":"null"}]},"exchanges":{"description":"What decided it.","type":"array","items":{"type":"integer","minimum":0}}}},"cases":{"description":"Of a property or a model: one evidence for each generated case.","type":"array","items":{"$ref":"evidence.json"}}}},
  Exchange: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/exchange.json","title":"Exchange","description":"One recorded HTTP request with what came back.","type":"object","required":["id","from","to","purpose","startedAt","durationMs","request","response","error"],"properties":{"id":{"description":"Number within the run.","type":"integer","minimum":0},"from":{"description":"Who sent the request.","enum":["agent","user","operator","target","peer","provider","upstream","identity-host","other"]},"to":{"description":"Who was asked.","enum":["agent","user","operator","target","peer","provider","upstream","identity-host","other"]},"purpose":{"description":"What the request was sent for, in a few words.","type":"string"},"startedAt":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"durationMs":{"description":"Milliseconds until the answer was complete.","type":"number","minimum":0},"request":{"description":"What was sent.","type":"object","required":["method","url","headers","bodyBytes"],"properties":{"method":{"description":"HTTP method.","type":"string","minLength":1},"url":{"description":"Full URL, secrets masked.","type":"string","minLength":1},"headers":{"description":"Header fields in the order they came, repeated ones kept.","type":"array","items":{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"items":false,"minItems":2,"maxItems":2}},"body":{"description":"The body as text, secrets masked; left out when it was empty or is not text.","type":"string"},"bodyBytes":{"description":"Size of the body on the wire.","type":"integer","minimum":0},"bodySha256":{"description":"SHA-256 of the body in hex.","type":"string","pattern":"^[0-9a-f]{64}$"}}},"response":{"description":"What came back; null when nothing did.","anyOf":[{"description":"What came back.","type":"object","required":["status","headers","bodyBytes"],"properties":{"status":{"description":"HTTP status.","type":"integer","minimum":100,"maximum":999},"headers":{"description":"Header fields in the order they came, repeated ones kept.","type":"array","items":{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"items":false,"minItems":2,"maxItems":2}},"body":{"description":"The body as text, secrets masked; left out when it was empty or is not text.","type":"string"},"bodyBytes":{"description":"Size of the body on the wire.","type":"integer","minimum":0},"bodySha256":{"description":"SHA-256 of the body in hex.","type":"string","pattern":"^[0-9a-f]{64}$"},"truncated":{"description":"Whether only the first part of the body was kept.","type":"boolean"}}},{"title":"null","type":"null"}]},"error":{"description":"Why no complete answer came; null when one did.","anyOf":[{"description":"Why no answer came.","type":"object","required":["code","message"],"properties":{"code":{"description":"Stable error code.","type":"string","minLength":1},"message":{"description":"Explanation for people.","type":"string"}}},{"title":"null","type":"null"}]},"curl":{"description":"A command line that repeats the request, secrets as variables.","type":"string"}}},
  Frame: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/frame.json","title":"Frame","description":"One event of a WebSocket connection, with secrets replaced by placeholders.","type":"object","required":["id","connection","from","to","kind","at","atMs","bytes"],"properties":{"id":{"description":"Unique within its check, in one series with the exchanges.","type":"integer","minimum":1},"connection":{"description":"Number of the connection within its check.","type":"integer","minimum":1},"from":{"description":"The sender.","type":"string","minLength":1},"to":{"description":"The receiver.","type":"string","minLength":1},"kind":{"description":"What it is.","enum":["open","text","binary","ping","pong","close","error"]},"at":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"atMs":{"description":"Milliseconds since the check began, monotonic.","type":"number","minimum":0},"text":{"description":"The message, as far as it is kept.","type":"string"},"bytes":{"description":"Length of the data.","type":"integer","minimum":0},"sha256":{"description":"SHA-256 of all of the data, hex.","type":"string","pattern":"^[0-9a-f]{64}$"},"truncated":{"description":"Whether more came than is kept.","type":"boolean"},"code":{"description":"Close code (RFC 6455).","type":"integer","minimum":0},"reason":{"description":"Close reason.","type":"string"}}},
  Implementation: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/implementation.json","title":"Implementation","description":"Who made the implementation under test; shown in reports and certificates.","type":"object","properties":{"organization":{"description":"The organization.","type":"string"},"project":{"description":"The product.","type":"string"},"version":{"description":"Its version.","type":"string"},"url":{"description":"Where to read about it.","type":"string","format":"uri"}},"additionalProperties":false},
  RecordedRun: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/recorded-run.json","title":"RecordedRun","description":"A run as a bundle keeps it, without the evidence of its checks.","type":"object","required":["schema","kit","catalogue","run","target","failOn","command","configuration","setup","checks"],"properties":{"schema":{"description":"Version of this shape.","const":"gateproof.run/1"},"kit":{"description":"Version of the kit that drove and judged.","type":"string","minLength":1},"catalogue":{"description":"Edition of the requirement catalogue.","type":"string","minLength":1},"run":{"description":"The run itself.","type":"object","required":["id","startedAt","durationMs","seed","profile","interrupted"],"properties":{"id":{"description":"Unique id.","type":"string","minLength":1},"startedAt":{"description":"Milliseconds since the epoch.","type":"number"},"durationMs":{"description":"Length in milliseconds.","type":"number","minimum":0},"seed":{"description":"Seed of everything generated.","type":"integer"},"profile":{"description":"The profile that was judged.","type":"string","minLength":1},"interrupted":{"description":"Whether somebody ended it early.","type":"boolean"},"blocked":{"description":"Why nothing could be judged.","type":"string"},"leftBehind":{"description":"What the run made at the target and could not take back.","type":"object","required":["agents","tokensRevoked","tokensLeft"],"properties":{"agents":{"description":"Ids of agents that the target now knows.","type":"array","items":{"type":"string"}},"tokensRevoked":{"description":"Tokens that were taken back.","type":"integer","minimum":0},"tokensLeft":{"description":"Tokens that the target would not take back; they end when their time is over.","type":"integer","minimum":0}}},"shard":{"description":"Which part of the checks this is.","type":"object","required":["index","of"],"properties":{"index":{"description":"1 is the first.","type":"integer","minimum":1},"of":{"description":"Into how many parts the checks were split.","type":"integer","minimum":1}}}}},"target":{"description":"What was judged.","type":"object","required":["url","headers"],"properties":{"url":{"description":"Base URL.","type":"string"},"headers":{"description":"Names of the configured headers.","type":"array","items":{"type":"string"}}}},"implementation":{"description":"Who made the target.","$ref":"implementation.json"},"failOn":{"description":"What makes the run fail.","enum":["must","should","not-tested","none"]},"command":{"description":"Command line that repeats the run.","type":"string"},"configuration":true,"setup":{"description":"What was found wrong with the set-up.","type":"array","items":{"$ref":"setup-finding.json"}},"checks":{"description":"The planned checks in order; those that were not judged have no attempts.","type":"array","items":{"type":"object","required":["id","section","level","attempts","durationMs"],"properties":{"id":{"description":"Id of the check.","type":"string","minLength":1},"section":{"description":"Its section.","type":"string","minLength":1},"level":{"description":"How it was weighed.","enum":["must","should","may","none"]},"attempts":{"description":"How often it was driven; 0: not at all.","type":"integer","minimum":0},"durationMs":{"description":"How long that took, milliseconds.","type":"number","minimum":0}}}}}},
  Report: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/report.json","title":"Report","description":"The result of one run.","type":"object","required":["schema","run","kit","target","verdict","totals","checks","expectedSet"],"properties":{"schema":{"description":"Version of this shape.","const":"gateproof.report/1"},"run":{"description":"The run itself.","type":"object","required":["id","startedAt","durationMs","seed","profile","command"],"properties":{"id":{"description":"Unique id of the run.","type":"string","minLength":1},"startedAt":{"description":"ISO 8601 instant.","type":"string","format":"date-time"},"durationMs":{"description":"Length of the run in milliseconds.","type":"number","minimum":0},"seed":{"description":"Seed of everything generated.","type":"integer"},"profile":{"description":"The profile that was judged.","type":"string","minLength":1},"command":{"description":"Command line that repeats the run.","type":"string"},"shard":{"description":"Which part of the checks this is.","type":"object","required":["index","of"],"properties":{"index":{"description":"1 is the first.","type":"integer","minimum":1},"of":{"description":"Into how many parts the checks were split.","type":"integer","minimum":1}}}}},"kit":{"description":"The kit that judged.","type":"object","required":["name","version","selftest"],"properties":{"name":{"description":"Name of the kit.","type":"string","minLength":1},"version":{"description":"Version of the kit.","type":"string","minLength":1},"selftest":{"description":"The self-test of this kit; null when none is known.","anyOf":[{"description":"Summary of the kit's own self-test.","type":"object","required":["ok","faults","killed"],"properties":{"ok":{"description":"Whether every fault was caught and nothing passed a null target.","type":"boolean"},"faults":{"description":"Faults tried.","type":"integer","minimum":0},"killed":{"description":"Faults caught.","type":"integer","minimum":0}}},{"title":"null","type":"null"}]}}},"target":{"description":"What was judged.","type":"object","required":["url","role","fingerprint","headersRedacted"],"properties":{"url":{"description":"Base URL of the target.","type":"string"},"role":{"description":"The part the target plays, for example gateway.","type":"string","minLength":1},"fingerprint":{"description":"Digest by which two runs against the same target are recognised; null when there was no answer.","type":["string","null"]},"headersRedacted":{"description":"Names of configured headers that were sent and are masked here.","type":"array","items":{"type":"string","minLength":1}}}},"implementation":{"description":"Who made the target, from the configuration.","$ref":"implementation.json"},"verdict":{"description":"The one answer.","type":"object","required":["result","exitCode","sentence"],"properties":{"result":{"description":"The result.","enum":["conformant","findings","not-testable","kit-error"]},"exitCode":{"description":"Exit code of the command.","enum":[0,1,2,3,4,130]},"sentence":{"description":"The result in one sentence.","type":"string"}}},"totals":{"description":"Number of checks for each outcome.","type":"object","required":["pass","fail","warn","ambiguous","notApplicable","notTested","inconclusive","kitError"],"properties":{"pass":{"description":"A requirement kept.","type":"integer","minimum":0},"fail":{"description":"A MUST broken.","type":"integer","minimum":0},"warn":{"description":"A SHOULD broken.","type":"integer","minimum":0},"ambiguous":{"description":"Two honest readings.","type":"integer","minimum":0},"notApplicable":{"description":"Feature not declared.","type":"integer","minimum":0},"notTested":{"description":"Could not be judged.","type":"integer","minimum":0},"inconclusive":{"description":"Observations contradict.","type":"integer","minimum":0},"kitError":{"description":"The kit's own fault.","type":"integer","minimum":0}}},"checks":{"description":"One entry for each check.","type":"array","items":{"$ref":"check-result.json"}},"setup":{"description":"What was found wrong with the set-up before any verdict.","type":"array","items":{"$ref":"setup-finding.json"}},"expectedSet":{"description":"The checks that had to run, so that a hole is seen.","type":"object","required":["count","digest","missing"],"properties":{"count":{"description":"How many.","type":"integer","minimum":0},"digest":{"description":"Digest over their ids.","type":"string"},"missing":{"description":"Ids that gave no result.","type":"array","items":{"type":"string","minLength":1}}}},"leftBehind":{"description":"What the run made at the target and could not take back.","type":"object","required":["agents","tokensRevoked","tokensLeft"],"properties":{"agents":{"description":"Ids of agents that the target now knows.","type":"array","items":{"type":"string"}},"tokensRevoked":{"description":"Tokens that were taken back.","type":"integer","minimum":0},"tokensLeft":{"description":"Tokens that the target would not take back; they end when their time is over.","type":"integer","minimum":0}}},"baseline":{"description":"The baseline that was applied.","type":"object","required":["file","entries","accepted","problems"],"properties":{"file":{"description":"Its path, as the user gave it.","type":"string"},"entries":{"description":"How many entries it has for this profile.","type":"integer","minimum":0},"accepted":{"description":"Findings that it excuses.","type":"integer","minimum":0},"problems":{"description":"Entries that make the run fail.","type":"array","items":{"type":"object","required":["check","kind","what"],"properties":{"check":{"description":"The check that the entry names.","type":"string"},"kind":{"description":"What is wrong with it.","enum":["stale","expired","unknown"]},"what":{"description":"The same in words.","type":"string"}}}}}}}},
  SetupFinding: {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://gateproof.dev/schemas/report/setup-finding.json","title":"SetupFinding","description":"One thing found before the verdict.","type":"object","required":["severity","whose","what","mend"],"properties":{"severity":{"description":"How bad it is.","enum":["error","warning","info"]},"whose":{"description":"Whose matter it is.","enum":["target","environment","configuration","kit"]},"what":{"description":"What was found.","type":"string","minLength":1},"mend":{"description":"What to do about it.","type":"string"}}},
};
