import type { Messages } from "../generated.ts";

const timestamp = 1795255200;
const pem = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n";
const agent = "did:ath:agent:reader";
const exchange = { key_exchange_alg: "ECDH-P256", key_exchange_params: pem, cipher_suite: "AES-256-GCM" };

/** One full, valid example of every message of the nine-step handshake. */
export const handshakeValid = {
  HandshakeRequest: {
    type: "handshake_request",
    timestamp,
    client_did: agent,
    client_pubkey: pem,
    versions: ["0.1"],
    capabilities: ["ES256", "TLS1.3"],
    nonce: "a-1",
  },
  HandshakeResponse: {
    type: "handshake_response",
    timestamp,
    handshake_id: "h-1",
    server_did: "did:ath:gateway:gw",
    server_pubkey: pem,
    version: "0.1",
    capabilities: ["ES256"],
    nonce: "b-1",
    signature: "c2ln",
  },
  IdentityProof: { type: "identity_proof", timestamp, handshake_id: "h-1", signature: "c2ln", credentials: [] },
  IdentityResult: {
    type: "identity_result",
    timestamp,
    handshake_id: "h-1",
    success: true,
    metadata: { scopes_supported: ["oa:read"], token_max_ttl: 3600, require_user_confirmation: true },
    error: null,
  },
  ScopeRequest: {
    type: "scope_request",
    timestamp,
    handshake_id: "h-1",
    scopes: ["oa:read"],
    ttl: 600,
    user_authorization: { credential: "e30.e30.c2ln", signature: "c2ln" },
    context: { purpose: "reads documents" },
  },
  AuthorizationConfirmationRequest: {
    type: "authorization_confirmation_request",
    timestamp,
    request_id: "r-1",
    client_did: agent,
    client_info: { name: "Reader", developer: "Ann" },
    requested_scopes: ["oa:read"],
    expires_at: timestamp + 120,
  },
  AuthorizationConfirmationResponse: {
    type: "authorization_confirmation_response",
    timestamp,
    request_id: "r-1",
    approved: true,
    approved_scopes: ["oa:read"],
    expires_at: timestamp + 3600,
    signature: "c2ln",
  },
  ScopeResult: {
    type: "scope_result",
    timestamp,
    handshake_id: "h-1",
    scopes_granted: ["oa:read"],
    scopes_denied: [{ scope: "oa:write", reason: "not in the credential" }],
    ttl_granted: 600,
    restrictions: { ip_whitelist: ["203.0.113.7"], rate_limit: "100/second", access_time: "9:00-18:00" },
  },
  HandshakeCompleteRequest: { type: "handshake_complete", timestamp, handshake_id: "h-1", ...exchange },
  HandshakeCompleteResponse: {
    type: "handshake_complete",
    timestamp,
    handshake_id: "h-1",
    ...exchange,
    access_token: "e30.e30.c2ln",
  },
  HandshakeTokenClaims: {
    iss: "did:ath:gateway:gw",
    sub: agent,
    user_did: "did:ath:user:alice",
    scopes: ["oa:read"],
    iat: timestamp,
    exp: timestamp + 600,
    jti: "j-1",
    handshake_id: "h-1",
  },
} as const satisfies Partial<Messages>;

type Row = readonly [message: keyof Messages, what: string, value: unknown, path: string, keyword: string];

const valid = handshakeValid;

/** One broken example of each. */
export const handshakeInvalid: readonly Row[] = [
  ["HandshakeRequest", "no version", { ...valid.HandshakeRequest, versions: [] }, "/versions", "minItems"],
  ["HandshakeResponse", "a list for the version", { ...valid.HandshakeResponse, version: ["0.1"] }, "/version", "type"],
  ["IdentityProof", "an empty signature", { ...valid.IdentityProof, signature: "" }, "/signature", "minLength"],
  ["IdentityResult", "success as a word", { ...valid.IdentityResult, success: "yes" }, "/success", "type"],
  ["ScopeRequest", "a ttl of zero", { ...valid.ScopeRequest, ttl: 0 }, "/ttl", "exclusiveMinimum"],
  [
    "AuthorizationConfirmationRequest",
    "a nameless agent",
    { ...valid.AuthorizationConfirmationRequest, client_info: { name: "", developer: "Ann" } },
    "/client_info/name",
    "minLength",
  ],
  [
    "AuthorizationConfirmationResponse",
    "a date as text",
    { ...valid.AuthorizationConfirmationResponse, expires_at: "tomorrow" },
    "/expires_at",
    "type",
  ],
  [
    "ScopeResult",
    "a denial without a reason",
    { ...valid.ScopeResult, scopes_denied: [{ scope: "oa:write" }] },
    "/scopes_denied/0/reason",
    "required",
  ],
  [
    "HandshakeCompleteRequest",
    "another message",
    { ...valid.HandshakeCompleteRequest, type: "scope_request" },
    "/type",
    "const",
  ],
  [
    "HandshakeCompleteResponse",
    "an empty token",
    { ...valid.HandshakeCompleteResponse, access_token: "" },
    "/access_token",
    "minLength",
  ],
  [
    "HandshakeTokenClaims",
    "scopes in one text",
    { ...valid.HandshakeTokenClaims, scopes: "oa:read" },
    "/scopes",
    "type",
  ],
];
