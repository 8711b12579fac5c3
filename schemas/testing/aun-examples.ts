import type { Messages } from "../generated.ts";

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const aid = "alice.a.test";

/** One full, valid example of every AUN message. */
export const aunValid = {
  AunGatewayList: { gateways: [{ url: "wss://gw.a.test/aun", priority: 1 }] },
  AunChallenge: { jsonrpc: "2.0", method: "challenge", params: { nonce: "n-1" } },
  AunChallengeParams: {
    nonce: "n-1",
    server: "gw",
    protocol: { min: "1.0", max: "1.0" },
    auth_methods: ["kite_token"],
    capabilities: {},
    server_time: 1774878000.123,
  },
  AunConnectResult: { status: "ok", protocol: "1.0", server_time: 1711234567.89, authenticated: true, token: "t" },
  AunConnectIdentity: { identity: { module_id: "m-1", role: "agent", aid } },
  AunConnectConnection: { connection: { id: "c-1", device_id: "d-1", kind: "long" } },
  AunConnectBridge: { bridgeInfo: { name: "gw", version: "0.1" }, capabilities: {}, trust_level: "low" },
  AunVersionRanges: { server_range: { min: "1.0", max: "1.0" }, client_range: { min: "9.0", max: "9.9" } },
  AunPong: { pong: true, timestamp: 1711234567, heartbeat_interval: 30 },
  AunStatus: { mode: "gateway", aid, role: "agent", connected_at: 1711234567890, protocol_version: "1.0" },
  AunTrustRoots: {
    version: 1,
    issued_at: "2026-01-01T00:00:00Z",
    next_update: 1811234567,
    authority_signature: null,
    root_cas: [
      {
        id: "r-1",
        name: "Root",
        organization: "Org",
        certificate: pem,
        fingerprint_sha256: "00ff",
        status: "active",
        crl_url: null,
        ocsp_url: "http://a.test/pki/ocsp",
      },
    ],
  },
  AunCreatedAid: { aid, cert: pem, ca_cert: pem, curve: "P-256" },
  AunIssuedCertificate: { status: "issued", aid, cert: pem, ca_cert: pem, curve: "P-384" },
  AunRenewedCertificate: { status: "renewed", aid, cert: pem, ca_cert: pem },
  AunRekeyedCertificate: { status: "rekeyed", aid, cert: pem, ca_cert: pem },
  AunDownloadedCertificate: { cert: pem, ca_cert: pem, cert_chain: [pem] },
  AunRevocationList: { crl_pem: pem, revoked_serials: ["00ff"] },
  AunCertificateStatus: { status: "good", ocsp_response: "MAMKAQY=" },
  AunLoginChallenge: {
    request_id: "r-1",
    nonce: "n-2",
    server_time: 1711234567,
    client_nonce_signature: "MEUC",
    auth_cert: pem,
    auth_curve: "P-256",
  },
  AunLoginResult: {
    status: "ok",
    aid,
    token: "t",
    access_token: "t",
    refresh_token: "r",
    expires_in: 3600,
    new_cert: null,
  },
  AunRefreshResult: {
    success: true,
    access_token: "t",
    refresh_token: "r",
    expires_in: 3600,
    aid,
    refresh_count: 1,
    relogin_required: false,
    retryable: false,
    diagnostic: {},
  },
  AunRefreshFailure: {
    success: false,
    error: "invalid_or_expired_refresh_token",
    relogin_required: true,
    retryable: false,
    diagnostic: null,
  },
  AunSendResult: {
    message_id: "m-1",
    seq: 1,
    timestamp: 1711234567,
    status: "delivered",
    delivery_mode: "fanout",
    cross_domain: true,
    target_issuer: "b.test",
  },
  AunPullResult: { messages: [{ seq: 1 }], count: 1, latest_seq: 1 },
  AunReceivedMessage: {
    from: aid,
    to: "bob.a.test",
    message_id: "m-1",
    seq: 1,
    payload: { text: "hi" },
    timestamp: 1711234567,
    delivery_mode: "fanout",
    encrypted: false,
  },
} satisfies Partial<Messages>;

/** One message of every kind with one thing wrong: what, the value, where, and the keyword that it breaks. */
export const aunInvalid: ReadonlyArray<
  readonly [message: keyof Messages, what: string, value: unknown, path: string, keyword: string]
> = [
  ["AunGatewayList", "no gateway", { gateways: [] }, "/gateways", "minItems"],
  ["AunChallenge", "no params", { jsonrpc: "2.0", method: "challenge" }, "/params", "required"],
  ["AunChallengeParams", "a text for the time", bent("AunChallengeParams", "server_time", "1"), "/server_time", "type"],
  ["AunConnectResult", "another status", bent("AunConnectResult", "status", "OK"), "/status", "const"],
  ["AunConnectIdentity", "no role", { identity: { module_id: "m", aid } }, "/identity/role", "required"],
  ["AunConnectConnection", "no id", { connection: { device_id: "d" } }, "/connection/id", "required"],
  ["AunConnectBridge", "a number for trust", bent("AunConnectBridge", "trust_level", 1), "/trust_level", "type"],
  ["AunVersionRanges", "one range", { client_range: "1.0" }, "/server_range", "required"],
  ["AunPong", "a fraction", { pong: true, timestamp: 1.5 }, "/timestamp", "type"],
  ["AunStatus", "another mode", bent("AunStatus", "mode", "peer"), "/mode", "const"],
  ["AunTrustRoots", "no roots", bent("AunTrustRoots", "root_cas", []), "/root_cas", "minItems"],
  ["AunCreatedAid", "another curve", bent("AunCreatedAid", "curve", "P-384"), "/curve", "const"],
  ["AunIssuedCertificate", "another curve", bent("AunIssuedCertificate", "curve", "X"), "/curve", "enum"],
  ["AunRenewedCertificate", "another status", bent("AunRenewedCertificate", "status", "ok"), "/status", "const"],
  ["AunRekeyedCertificate", "another status", bent("AunRekeyedCertificate", "status", "ok"), "/status", "const"],
  ["AunDownloadedCertificate", "nothing", bent("AunDownloadedCertificate", "cert", ""), "/cert", "minLength"],
  ["AunRevocationList", "no list", { revoked_serials: [] }, "/crl_pem", "required"],
  ["AunCertificateStatus", "another status", bent("AunCertificateStatus", "status", "ok"), "/status", "enum"],
  ["AunLoginChallenge", "another curve", bent("AunLoginChallenge", "auth_curve", "X"), "/auth_curve", "enum"],
  ["AunLoginResult", "no time left", bent("AunLoginResult", "expires_in", 0), "/expires_in", "exclusiveMinimum"],
  ["AunRefreshResult", "a failure", bent("AunRefreshResult", "success", false), "/success", "const"],
  ["AunRefreshFailure", "no word", bent("AunRefreshFailure", "error", ""), "/error", "minLength"],
  ["AunSendResult", "another status", bent("AunSendResult", "status", "ok"), "/status", "enum"],
  ["AunPullResult", "no list", bent("AunPullResult", "messages", {}), "/messages", "type"],
  ["AunReceivedMessage", "a text for seq", bent("AunReceivedMessage", "seq", "1"), "/seq", "type"],
];

function bent(name: keyof typeof aunValid, key: string, value: unknown): unknown {
  return { ...aunValid[name], [key]: value };
}
