import type { Messages } from "../generated.ts";
import { aunValid } from "./aun-examples.ts";
import { handshakeValid } from "./handshake-examples.ts";
import { reportValid } from "./report-examples.ts";

const AGENT_ID = "https://agent.example/.well-known/agent.json";

const developer = { name: "Ann", id: "dev-1", contact: "ann@example.com" };
const provider = { provider_id: "mail", scopes: ["mail:read"] };
const registration = {
  agent_id: AGENT_ID,
  agent_attestation: "e30.e30.c2ln",
  developer,
  requested_providers: [provider],
  purpose: "reads mail",
  redirect_uris: ["https://agent.example/cb"],
};
const approved = { provider_id: "mail", approved_scopes: ["mail:read"], denied_scopes: [] };
const registrationResponse = {
  client_id: "c-1",
  client_secret: "s-1",
  agent_status: "approved",
  approved_providers: [approved],
  approval_expires: "2027-01-31T10:00:00.000Z",
} as const;
const intersection = { agent_approved: ["mail:read"], user_consented: ["mail:read"], effective: ["mail:read"] };
const tokenResponse = {
  access_token: "t-1",
  token_type: "Bearer",
  expires_in: 3600,
  effective_scopes: ["mail:read"],
  provider_id: "mail",
  agent_id: AGENT_ID,
  scope_intersection: intersection,
} as const;
const providerInfo = {
  provider_id: "mail",
  display_name: "Mail",
  categories: ["office"],
  available_scopes: ["mail:read"],
  auth_mode: "OAUTH2",
  agent_approval_required: true,
} as const;
const exchange = {
  id: 1,
  from: "agent",
  to: "target",
  purpose: "register",
  startedAt: "2026-11-21T08:00:00.000Z",
  durationMs: 3.5,
  request: {
    method: "POST",
    url: "https://gw.example/ath/agents/register",
    headers: [["accept", "*/*"]],
    bodyBytes: 0,
  },
  response: { status: 201, headers: [], body: "{}", bodyBytes: 2, bodySha256: "0".repeat(64), truncated: false },
  error: null,
  curl: "curl -X POST https://gw.example/ath/agents/register",
} as const;
const check = {
  id: "REG-1.shape",
  requirement: "REG-1",
  level: "must",
  section: "registration",
  title: "a registration is answered in the right shape",
  outcome: "fail",
  reasonCode: "SHAPE",
  expected: "client_id",
  actual: "nothing",
  cause: "target",
  durationMs: 5,
  attempts: 1,
  exchanges: [exchange],
  provenBy: ["REG-1.no-client-id"],
  replay: "r-1",
  hint: "send client_id",
  flaky: false,
  notes: ["seen once"],
} as const;
const setup = { severity: "warning", whose: "environment", what: "the clock is off", mend: "set it" } as const;
const report = {
  schema: "gateproof.report/1",
  run: {
    id: "run-1",
    startedAt: "2026-11-21T08:00:00Z",
    durationMs: 900,
    seed: 7,
    profile: "ath-gateway",
    command: "gateproof run ath-gateway",
  },
  kit: { name: "gateproof", version: "0.1.0", selftest: { ok: true, faults: 80, killed: 80 } },
  target: { url: "https://gw.example", role: "gateway", fingerprint: null, headersRedacted: ["X-ATH-User-Token"] },
  implementation: { organization: "ACME", project: "Gate", version: "2.0", url: "https://acme.example" },
  verdict: { result: "findings", exitCode: 1, sentence: "One MUST is broken." },
  totals: {
    pass: 0,
    fail: 1,
    warn: 0,
    ambiguous: 0,
    notApplicable: 0,
    notTested: 0,
    inconclusive: 0,
    kitError: 0,
  },
  checks: [check],
  setup: [setup],
  expectedSet: { count: 1, digest: "d", missing: [] },
} as const;

const valid: Messages = {
  ...handshakeValid,
  ...aunValid,
  ...reportValid,
  DiscoveryDocument: {
    ath_version: "0.1",
    gateway_id: "gw",
    agent_registration_endpoint: "https://gw.example/ath/agents/register",
    supported_providers: [providerInfo],
  },
  ProviderInfo: providerInfo,
  ServiceDiscoveryDocument: {
    ath_version: "0.1",
    app_id: "mail",
    name: "Mail",
    auth: {
      type: "oauth2",
      authorization_endpoint: "https://mail.example/ath/authorize",
      token_endpoint: "https://mail.example/ath/token",
      scopes_supported: ["mail:read"],
    },
    api_base: "https://mail.example/api",
  },
  AgentIdentityDocument: {
    ath_version: "0.1",
    agent_id: AGENT_ID,
    name: "Reader",
    developer,
    capabilities: [],
    public_key: { kty: "EC", crv: "P-256", x: "AA", y: "AA" },
  },
  Developer: developer,
  AgentRegistrationRequest: registration,
  RequestedProvider: provider,
  AgentRegistrationResponse: registrationResponse,
  ApprovedProvider: approved,
  AuthorizationRequest: {
    client_id: "c-1",
    agent_attestation: "e30.e30.c2ln",
    provider_id: "mail",
    scopes: ["mail:read"],
    user_redirect_uri: "https://agent.example/cb",
    state: "0123456789abcdef",
    resource: "https://mail.example/api",
  },
  AuthorizationResponse: { authorization_url: "https://gw.example/consent?s=1", ath_session_id: "as-1" },
  TokenExchangeRequest: {
    grant_type: "authorization_code",
    client_id: "c-1",
    client_secret: "s-1",
    agent_attestation: "e30.e30.c2ln",
    code: "placeholder",
    ath_session_id: "as-1",
  },
  TokenResponse: tokenResponse,
  ScopeIntersection: intersection,
  TokenRevocationRequest: { token: "t-1", client_id: "c-1", client_secret: "s-1" },
  ATHError: { code: "TOKEN_INVALID", message: "unknown token", details: { hint: 1 } },
  AttestationHeader: { alg: "ES256", typ: "JWT", kid: "default" },
  AttestationClaims: {
    iss: AGENT_ID,
    sub: AGENT_ID,
    aud: "https://gw.example",
    iat: 1801386000,
    exp: 1801389600,
    jti: "j-1",
    capabilities: [],
  },
  Exchange: exchange,
  Report: report,
  CheckResult: check,
  SetupFinding: setup,
  Implementation: { organization: "ACME" },
  Config: { profile: "ath-gateway", target: { url: "https://gw.example" } },
  Selftest: {
    honest: { profile: "ath-gateway", checks: 90, notPass: [] },
    faults: [
      {
        id: "REG-1.no-client-id",
        requirement: "REG-1",
        profile: "ath-gateway",
        killedBy: ["REG-1.shape"],
        expectedKillers: ["REG-1.shape"],
        alsoFailed: [],
        verdict: "killed",
      },
    ],
    nullTargets: [{ name: "closed port", passes: 0, exitCode: 3, ms: 40 }],
    unprovenChecks: [],
    ok: true,
  },
  HandshakeConfig: {
    server_did: "did:ath:gateway:mock",
    versions: ["0.1", "1.0"],
    users: [
      {
        did: "did:ath:user:alice",
        name: "alice",
        public_key: "-----BEGIN PUBLIC KEY-----",
        confirmation_url: "http://127.0.0.1:4830/confirm/alice",
      },
    ],
    agents: [{ did: "did:ath:agent:office", name: "Office Assistant", developer: "Example" }],
    systems: [{ prefix: "/oa", backend: "oa", scopes: { "oa:read": ["GET /oa/api/documents"] } }],
    policy: {
      denied_scopes: ["oa:delete"],
      token_max_ttl: 3600,
      restrictions: [{ client_did: "did:ath:agent:ip-*", ip_whitelist: ["10.0.0.0/8"], access_time: "9:00-18:00" }],
    },
    limits: { calls_per_minute: 600, breaker: { failures: 5, open_s: 30 } },
    binding: { path: "/ath/handshake", correlation: "body", signature: "raw" },
  },
  MockConfig: {
    providers: [
      {
        id: "mail",
        scopes: ["mail:read"],
        operations: { "mail:read": ["GET /v1/messages"] },
        authorization_endpoint: "http://127.0.0.1:4820/authorize",
        token_endpoint: "http://127.0.0.1:4820/token",
        client_id: "gateproof",
        client_secret: "s",
        token_endpoint_auth_method: "client_secret_post",
        api_base: "http://127.0.0.1:4820/api",
      },
    ],
    policy: { denied_scopes: ["mail:delete"], approval_days: 30 },
    limits: { requests_per_minute: 600, session_seconds: 600 },
    audit: true,
    gateway_id: "gw",
  },
};

/** One full, valid example of every message, and the parts that tests bend. */
export const examples = { valid, developer, registration, registrationResponse, tokenResponse, exchange, report };
