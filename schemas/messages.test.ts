import { describe, expect, it } from "vitest";
import { type Messages, schemas, validate } from "./index.ts";
import { aunInvalid } from "./testing/aun-examples.ts";
import { examples } from "./testing/examples.ts";
import { configExamples } from "./testing/gateproof-examples.ts";
import { handshakeInvalid } from "./testing/handshake-examples.ts";
import { reportInvalid } from "./testing/report-examples.ts";

type Row = readonly [message: keyof Messages, what: string, value: unknown, path: string, keyword: string];

const { developer, registration, registrationResponse, tokenResponse, exchange, report } = examples;

const VALID: ReadonlyArray<readonly [message: keyof Messages, what: string, value: unknown]> = [
  ...Object.entries(examples.valid).flatMap(([name, value]) =>
    isName(name) ? [[name, "the full example", value] as const] : [],
  ),
  ["Developer", "a null contact", { ...developer, contact: null }],
  ["Developer", "no contact", { name: "Ann", id: "dev-1" }],
  ["DiscoveryDocument", "unknown extra fields", { ...examples.valid.DiscoveryDocument, region: { eu: true } }],
  ["AgentIdentityDocument", "a PEM key", { ...examples.valid.AgentIdentityDocument, public_key: "-----BEGIN PUBLIC" }],
  ["AgentRegistrationRequest", "an empty list of redirect URIs", { ...registration, redirect_uris: [] }],
  ["ApprovedProvider", "a null reason", { ...examples.valid.ApprovedProvider, denial_reason: null }],
  ["AgentRegistrationResponse", "a date", { ...registrationResponse, approval_expires: "2027-01-31" }],
  [
    "AgentRegistrationResponse",
    "an offset",
    { ...registrationResponse, approval_expires: "2027-01-31T10:00:00+02:00" },
  ],
  ["AgentRegistrationResponse", "no zone", { ...registrationResponse, approval_expires: "2027-01-31T10:00:00.123456" }],
  ["AttestationHeader", "no typ and no kid", { alg: "ES256" }],
  ["AttestationClaims", "a list of audiences", { ...examples.valid.AttestationClaims, aud: ["https://gw.example"] }],
  ["TokenExchangeRequest", "an empty placeholder code", { ...examples.valid.TokenExchangeRequest, code: "" }],
  ["TokenRevocationRequest", "the token alone", { token: "t" }],
  ["ATHError", "an unlisted code", { code: "TEAPOT", message: "" }],
  ["Exchange", "no answer", { ...exchange, response: null, error: { code: "TIMEOUT", message: "no answer" } }],
  ["Config", "nothing at all", {}],
  ...configExamples.map((value, index) => ["Config", `variant ${index}`, value] as const),
];

const INVALID: readonly Row[] = [
  [
    "DiscoveryDocument",
    "no providers",
    without(examples.valid.DiscoveryDocument, "supported_providers"),
    "/supported_providers",
    "required",
  ],
  [
    "DiscoveryDocument",
    "a relative endpoint",
    { ...examples.valid.DiscoveryDocument, agent_registration_endpoint: "/ath/agents/register" },
    "/agent_registration_endpoint",
    "format",
  ],
  ["ProviderInfo", "another auth mode", { ...examples.valid.ProviderInfo, auth_mode: "oauth2" }, "/auth_mode", "const"],
  [
    "ProviderInfo",
    "approval as a word",
    { ...examples.valid.ProviderInfo, agent_approval_required: "yes" },
    "/agent_approval_required",
    "type",
  ],
  [
    "ServiceDiscoveryDocument",
    "another auth type",
    {
      ...examples.valid.ServiceDiscoveryDocument,
      auth: { ...examples.valid.ServiceDiscoveryDocument.auth, type: "OAUTH2" },
    },
    "/auth/type",
    "const",
  ],
  [
    "AgentIdentityDocument",
    "a key that is a number",
    { ...examples.valid.AgentIdentityDocument, public_key: 5 },
    "/public_key",
    "anyOf",
  ],
  [
    "AgentIdentityDocument",
    "a JWK without kty",
    { ...examples.valid.AgentIdentityDocument, public_key: { x: "AA" } },
    "/public_key/kty",
    "required",
  ],
  ["Developer", "no id", { name: "Ann" }, "/id", "required"],
  ["Developer", "a null id", { ...developer, id: null }, "/id", "type"],
  [
    "AgentRegistrationRequest",
    "an agent_id that is no URI",
    { ...registration, agent_id: "my agent" },
    "/agent_id",
    "format",
  ],
  [
    "AgentRegistrationRequest",
    "no requested provider",
    { ...registration, requested_providers: [] },
    "/requested_providers",
    "minItems",
  ],
  [
    "AgentRegistrationRequest",
    "one redirect URI",
    { ...registration, redirect_uris: "https://a.example/cb" },
    "/redirect_uris",
    "type",
  ],
  [
    "RequestedProvider",
    "scopes in one string",
    { provider_id: "mail", scopes: "mail:read mail:send" },
    "/scopes",
    "type",
  ],
  [
    "AgentRegistrationResponse",
    "another status",
    { ...registrationResponse, agent_status: "APPROVED" },
    "/agent_status",
    "enum",
  ],
  [
    "AgentRegistrationResponse",
    "a space for the T",
    { ...registrationResponse, approval_expires: "2027-01-31 10:00:00Z" },
    "/approval_expires",
    "anyOf",
  ],
  [
    "AgentRegistrationResponse",
    "seconds since the epoch",
    { ...registrationResponse, approval_expires: 1801389600 },
    "/approval_expires",
    "anyOf",
  ],
  [
    "ApprovedProvider",
    "null for no denied scope",
    { ...examples.valid.ApprovedProvider, denied_scopes: null },
    "/denied_scopes",
    "type",
  ],
  ["AuthorizationRequest", "no state", without(examples.valid.AuthorizationRequest, "state"), "/state", "required"],
  [
    "AuthorizationRequest",
    "an empty state",
    { ...examples.valid.AuthorizationRequest, state: "" },
    "/state",
    "minLength",
  ],
  [
    "AuthorizationResponse",
    "a path for the URL",
    { ...examples.valid.AuthorizationResponse, authorization_url: "/consent" },
    "/authorization_url",
    "format",
  ],
  [
    "TokenExchangeRequest",
    "another grant",
    { ...examples.valid.TokenExchangeRequest, grant_type: "client_credentials" },
    "/grant_type",
    "const",
  ],
  ["TokenResponse", "seconds in a string", { ...tokenResponse, expires_in: "3600" }, "/expires_in", "type"],
  ["TokenResponse", "a fraction of seconds", { ...tokenResponse, expires_in: 0.5 }, "/expires_in", "type"],
  ["TokenResponse", "no seconds left", { ...tokenResponse, expires_in: 0 }, "/expires_in", "exclusiveMinimum"],
  ["TokenResponse", "a lower-case token type", { ...tokenResponse, token_type: "bearer" }, "/token_type", "const"],
  ["TokenResponse", "no intersection", without(tokenResponse, "scope_intersection"), "/scope_intersection", "required"],
  ["ScopeIntersection", "no effective", { agent_approved: [], user_consented: [] }, "/effective", "required"],
  ["TokenRevocationRequest", "an empty token", { token: "" }, "/token", "minLength"],
  ["ATHError", "no code", { message: "no" }, "/code", "required"],
  ["ATHError", "details in a string", { code: "X", message: "no", details: "why" }, "/details", "type"],
  ["ATHError", "a list", [], "", "type"],
  ["AttestationHeader", "a symmetric algorithm", { alg: "HS256" }, "/alg", "const"],
  [
    "AttestationClaims",
    "an expiry in a string",
    { ...examples.valid.AttestationClaims, exp: "1801389600" },
    "/exp",
    "type",
  ],
  ["AttestationClaims", "no jti", without(examples.valid.AttestationClaims, "jti"), "/jti", "required"],
  [
    "AttestationClaims",
    "no audience in the list",
    { ...examples.valid.AttestationClaims, aud: [] },
    "/aud",
    "minItems",
  ],
  [
    "Exchange",
    "a header with one part",
    { ...exchange, request: { ...exchange.request, headers: [["accept"]] } },
    "/request/headers/0",
    "minItems",
  ],
  [
    "Exchange",
    "an answer without status",
    { ...exchange, response: without(exchange.response, "status") },
    "/response/status",
    "required",
  ],
  ["Exchange", "an instant without T", { ...exchange, startedAt: "yesterday" }, "/startedAt", "format"],
  ["Report", "another version", { ...report, schema: "gateproof.report/2" }, "/schema", "const"],
  ["Report", "another result", { ...report, verdict: { ...report.verdict, result: "ok" } }, "/verdict/result", "enum"],
  ["CheckResult", "another outcome", { ...examples.valid.CheckResult, outcome: "skipped" }, "/outcome", "enum"],
  ["SetupFinding", "nobody's", { ...examples.valid.SetupFinding, whose: "nobody" }, "/whose", "enum"],
  ["Implementation", "an unknown key", { vendor: "ACME" }, "/vendor", "additionalProperties"],
  [
    "Selftest",
    "another verdict",
    { ...examples.valid.Selftest, faults: [{ ...examples.valid.Selftest.faults[0], verdict: "dead" }] },
    "/faults/0/verdict",
    "enum",
  ],
  ["HandshakeConfig", "no users", { systems: [] }, "/users", "required"],
  [
    "HandshakeConfig",
    "an unknown limit",
    { users: [], systems: [], limits: { speed: 1 } },
    "/limits/speed",
    "additionalProperties",
  ],
  ["MockConfig", "an unknown limit", { providers: [], limits: { speed: 1 } }, "/limits/speed", "additionalProperties"],
  [
    "MockConfig",
    "no time",
    { providers: [], limits: { session_seconds: 0 } },
    "/limits/session_seconds",
    "exclusiveMinimum",
  ],
  ["Config", "a mistyped key", { taget: {} }, "/taget", "additionalProperties"],
  ["Config", "an unknown profile", { profile: "ath" }, "/profile", "enum"],
  [
    "Config",
    "an operation without a method",
    { providers: [{ id: "m", scopes: [], operations: { a: ["/v1"] } }] },
    "/providers/0/operations/a/0",
    "pattern",
  ],
  ["Config", "an address without a port", { agents: { listen: "127.0.0.1" } }, "/agents/listen", "pattern"],
  [
    "Config",
    "one address for all agents",
    { agents: { id_template: "https://a.example/agent.json" } },
    "/agents/id_template",
    "pattern",
  ],
  ["Config", "another consent driver", { consent: { driver: "magic" } }, "/consent/driver", "enum"],
  [
    "Config",
    "a command line",
    { consent: { driver: "command", command: { run: "./consent.sh" } } },
    "/consent/command/run",
    "type",
  ],
  ["Config", "a hook without a request", { hooks: { clock: {} } }, "/hooks/clock/request", "required"],
  [
    "Config",
    "an identity without a key",
    { aun: { identities: [{ aid: "a", cert: "a.pem" }] } },
    "/aun/identities/0/key",
    "required",
  ],
  ...aunInvalid,
  ...handshakeInvalid,
  ...reportInvalid,
];

describe("a valid message", () => {
  it.each(VALID)("%s: %s", (name, _what, value) => {
    expect(validate(name, value)).toEqual({ ok: true, value });
  });

  it("has an example of every schema", () => {
    expect(Object.keys(examples.valid).toSorted()).toEqual(Object.keys(schemas).toSorted());
  });
});

describe("an invalid message", () => {
  it.each(INVALID)("%s: %s", (name, _what, value, path, keyword) => {
    const result = validate(name, value);
    const found = result.ok ? [] : result.errors.map((issue) => [issue.path, issue.keyword]);
    expect(found).toEqual([[path, keyword]]);
  });

  it("has an example of every schema", () => {
    expect([...new Set(INVALID.map(([name]) => name))].toSorted()).toEqual(Object.keys(schemas).toSorted());
  });

  it.each(Object.keys(schemas).filter(isName))("%s is none of null, 5, a string and a list", (name) => {
    for (const value of [null, 5, "x", [], undefined]) expect(validate(name, value).ok).toBe(false);
  });
});

function isName(name: string): name is keyof Messages {
  return Object.hasOwn(schemas, name);
}

function without(value: object, name: string): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
