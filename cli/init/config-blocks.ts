// What stands behind `# ` is said to the reader; what stands behind a bare `#` is a key to be switched on.

/** Whom the reports name. */
const implementation = `
# Who is judged, for the reports and the certificate.
#implementation: { organization: Example, project: gateway, version: "1.0.0" }
`;

/** Where the kit's agents live. */
const agents = `
# The kit's agents have identity documents, which the target fetches. Listens on a free port of this machine unless said
# otherwise; a target elsewhere reaches it by base_url (a tunnel's, for example).
#agents:
#  listen: 127.0.0.1:4810
#  base_url: https://agents.staging.example
`;

const providers = `
# The providers (services) behind the target that the kit may use. Without operations, what the scopes allow at the proxy
# is not tested.
providers:
  - id: mail
    scopes: [mail:read, mail:send, mail:delete]
    operations:
      mail:read: [GET /v1/messages]
      mail:send: [POST /v1/messages]
    unmapped: [DELETE /v1/everything] # calls that no scope allows
`;

const ownProvider = `
# How the user's consent is given. With \`provider\` the kit's own OAuth provider stands behind the target: register it
# there once with http://127.0.0.1:4820/authorize, /token and the API under /api. So the kit decides what the user grants.
# Other drivers: form (fills in your consent page), command (runs a script of yours), manual (prints the URL and waits).
consent:
  driver: provider
  provider:
    listen: 127.0.0.1:4820
    client_id: gateproof
    client_secret: "\${env:PROVIDER_SECRET}"
`;

const ownForm = `
# How the user's consent is given: the kit goes through your sign-in and consent pages as a browser would. Name a button,
# an option or a field in \`fields\` where it does not find its way. Other drivers: command (runs a script of yours), manual.
consent:
  driver: form
#  form: { user: alice, password: "\${env:USER_PASSWORD}", fields: { tenant: example } }
`;

const athHooks = `
# What the target offers for tests. What needs a hook that is missing is not tested, and never passed.
#hooks:
#  clock: { request: POST https://gateway.staging.example/internal/clock, body: '{"advance_s": {seconds}}' }
#  audit: { request: GET https://gateway.staging.example/internal/audit, headers: { Authorization: "Bearer \${env:ADMIN_TOKEN}" } }
#  pending_agent: { developer_id: dev-pending } # its registrations stay pending
#  denied_agent: { developer_id: dev-denied } # its registrations are denied
`;

const handshake = `
# The nine-step handshake. The target knows the public half of the user's key and, as the user's confirmation URL,
# http://127.0.0.1:4821/confirm/user (and …/second-user for a second one).
handshake:
  user: { did: "did:ath:user:alice", key: "\${env:USER_KEY}" } # PKCS#8 PEM, P-256 or Ed25519, or the path of such a file
#  second_user: { did: "did:ath:user:bob", key: "\${env:SECOND_USER_KEY}" }
#  confirmation: { listen: 127.0.0.1:4821, base_url: https://confirm.staging.example }
  # The systems behind the target, the calls that each scope allows, and calls that none allows.
  systems:
    - prefix: /oa
      scopes: { "oa:read": [GET /oa/api/documents], "oa:write": [POST /oa/api/documents] }
      unmapped: [DELETE /oa/api/everything]
      format: soap # what the system itself speaks: soap, form or json
      sample: { title: Travel plan }
#  restrictions: { ip_whitelist: "did:ath:agent:ip-{agent}", rate_limit: "did:ath:agent:rate-{agent}" }
#  hooks:
#    backend_log: { request: GET https://gateway.staging.example/internal/backends }
#    backend_fault: { request: POST https://gateway.staging.example/internal/fault, body: '{"system": "{system}", "on": {on}}' }
#    revoke_token: { request: POST https://gateway.staging.example/internal/revoke, body: '{"token": "{token}"}' }
#    revoke_user: { request: POST https://gateway.staging.example/internal/revoke-user, body: '{"user": "{user}", "agent": "{agent}"}' }
`;

const handshakeHooks = `
# What the target offers for tests. What needs a hook that is missing is not tested, and never passed.
#hooks:
#  clock: { request: POST https://gateway.staging.example/internal/clock, body: '{"advance_s": {seconds}}' }
#  audit: { request: GET https://gateway.staging.example/internal/audit }
`;

const aun = `
aun:
  issuer: staging.example # the domain whose AIDs the target serves
  identities: open # auth.create_aid works for anyone; otherwise a list of { aid, cert, key } with paths of PEM files
#  http: https://gateway.staging.example # where /pki and discovery are, when not at the target's host
#  trust_roots: ./root.pem # without it, the chain of certificates is not checked up to its root
#  peer: { issuer: other.example, target: wss://gateway.other.example/aun } # a second domain, for messages across
`;

const aunHooks = `
# What the target offers for tests. What needs a hook that is missing is not tested, and never passed.
#hooks:
#  clock: { request: POST https://gateway.staging.example/internal/clock, body: '{"advance_s": {seconds}}' }
#  pairing_code: { request: POST https://gateway.staging.example/internal/pairing, body: '{"aid": "{aid}"}', result: code }
`;

/** The part of the configuration that is about each profile, in the order that a reader wants it. */
export const blocks = {
  "ath-gateway": [providers, ownProvider, agents, athHooks, implementation],
  "ath-native": [ownForm, agents, athHooks, implementation],
  "ath-handshake": [handshake, handshakeHooks, implementation],
  "aun-gateway": [aun, aunHooks, implementation],
} as const;
