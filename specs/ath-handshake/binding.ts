/** One thing that the text leaves open and an implementation over HTTP has to decide. */
export interface BindingRow {
  readonly matter: string;
  /** What the kit does unless it is configured otherwise. */
  readonly position: string;
  /** The setting under `handshake` that changes it; undefined: fixed. */
  readonly setting?: string;
}

/**
 * The kit's HTTP binding of the nine-step handshake. The text defines the messages and what each side checks, and no
 * transport; this is one reading of it, and a target that chose otherwise is met by configuration.
 */
export const handshakeBinding: readonly BindingRow[] = [
  {
    matter: "Endpoint",
    position:
      "Every message of the agent is POSTed as JSON to /ath/handshake; the body of the answer is the next message.",
    setting: "path",
  },
  {
    matter: "Correlation",
    position:
      "handshake_response carries handshake_id, and every later message of the agent repeats it. A header X-ATH-Handshake-ID or a cookie ath_handshake can do the same.",
    setting: "correlation",
  },
  {
    matter: "Versions",
    position: "Dotted numbers; the agents offer every version that the target is known to speak.",
    setting: "versions",
  },
  {
    matter: "Errors",
    position:
      "HTTP 4xx with an ATHError body; identity_result without success and scope_result without grants count as refusals too.",
  },
  {
    matter: "Keys",
    position: "SPKI PEM: P-256 for ES256, Ed25519 for EdDSA; the kit's agents have the former.",
    setting: "algorithm",
  },
  { matter: "What is signed in steps 2 and 3", position: "The UTF-8 bytes of the other side's nonce, as it came." },
  {
    matter: "Encoding of signatures",
    position: "base64url; of ES256 the raw r and s, 64 bytes.",
    setting: "signature",
  },
  {
    matter: "Credential",
    position:
      "A JWT by the user: iss and sub the user's DID, client_did, scopes, iat, exp, jti. The gateway knows the user's key.",
    setting: "user",
  },
  { matter: "The agent's signature in step 5", position: "Over the UTF-8 bytes of the credential." },
  {
    matter: "Waiting for the user",
    position:
      "The answer to scope_request comes when the user has answered, or as 408 when the request for confirmation has expired.",
  },
  {
    matter: "Confirmation channel",
    position:
      "The gateway POSTs step 6 to the user's own URL. The user answers with a POST to {path}/confirmations, or in the response.",
    setting: "confirmation",
  },
  {
    matter: "What the user signs in step 7",
    position: "The UTF-8 bytes of the compact JSON array of request_id, approved, approved_scopes and expires_at.",
  },
  {
    matter: "expires_at",
    position: "In step 6: until when the user may answer. In step 7: until when the approval holds.",
  },
  {
    matter: "Key exchange",
    position:
      "Both sides send an ephemeral P-256 key as SPKI PEM; the session key is HKDF-SHA-256 over the shared secret with salt nonce A, nonce B and info ath-session, 32 bytes.",
  },
  {
    matter: "Access token",
    position: "A JWT by the gateway's key: iss server_did, sub client_did, user_did, scopes, iat, exp, jti.",
    setting: "server_did",
  },
  {
    matter: "API calls",
    position: "Authorization: Bearer, below the prefix of each system.",
    setting: "systems",
  },
];
