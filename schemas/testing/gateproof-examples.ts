import type { Config } from "../generated.ts";

/** Configurations that together use every key. */
export const configExamples: readonly Config[] = [
  {
    profile: "ath-gateway",
    target: {
      url: "https://gateway.staging.example",
      headers: { "X-ATH-User-Token": "from the environment" },
      features: { agent_status: true, audit: false, rate_limit: false },
    },
    agents: {
      listen: "127.0.0.1:4810",
      base_url: "http://127.0.0.1:4810",
      id_template: "{base}/agents/{agent}/.well-known/agent.json",
    },
    providers: [
      {
        id: "mail",
        scopes: ["mail:read", "mail:send"],
        operations: { "mail:read": ["GET /v1/messages"] },
        unmapped: ["DELETE /v1/everything"],
      },
    ],
    consent: {
      driver: "provider",
      provider: { listen: "127.0.0.1:4820", client_id: "gateproof", client_secret: "s" },
    },
    hooks: {
      clock: {
        request: "POST https://gw.example/internal/clock",
        headers: { Authorization: "Bearer a" },
        body: '{"advance_s": {seconds}}',
      },
      audit: { request: "GET https://gw.example/internal/audit", format: "jsonl" },
      pending_agent: { developer_id: "dev-pending" },
      denied_agent: { developer_id: "dev-denied" },
      pairing_code: { request: "POST https://gw.example/pairing", body: '{"aid": "{aid}"}', result: "code" },
    },
    implementation: { organization: "ACME", project: "Gate", version: "1", url: "https://acme.example" },
  },
  {
    agents: { listen: "[::1]:4810-4899", id_template: "http://127.0.0.1:{port}/.well-known/agent.json" },
    consent: { driver: "form", form: { fields: { remember: "yes" }, user: "alice", password: "wonder" } },
  },
  { consent: { driver: "command", command: { run: ["node", "consent.mjs"] } } },
  { consent: { driver: "manual", manual: {} } },
  {
    profile: "aun-gateway",
    aun: {
      issuer: "agentid.test",
      http: "https://gateway.agentid.test",
      identities: "open",
      trust_roots: "./root.pem",
      peer: { issuer: "other.test", target: "wss://other.test/aun" },
    },
  },
  {
    profile: "ath-handshake",
    handshake: {
      path: "/ath/handshake",
      correlation: "header",
      signature: "der",
      versions: ["0.1", "0.10"],
      server_did: "did:ath:gateway:staging",
      agent_did: "did:ath:agent:{agent}",
      user: { did: "did:ath:user:alice", key: "alice.pem" },
      second_user: { did: "did:ath:user:bob", key: "bob.pem" },
      confirmation: {
        listen: "127.0.0.1:4821",
        path: "/confirm/{user}",
        base_url: "https://tunnel.example",
        answer: "response",
      },
      ttl_s: 600,
      systems: [
        {
          prefix: "/oa",
          scopes: { "oa:read": ["GET /oa/api/documents"] },
          unmapped: ["DELETE /oa/api/everything"],
          format: "soap",
          sample: { title: "Plan", pages: 3, final: true },
        },
      ],
      restrictions: {
        ip_whitelist: "did:ath:agent:ip-{agent}",
        access_time: "did:ath:agent:time-{agent}",
        rate_limit: "did:ath:agent:rate-{agent}",
      },
      hooks: {
        backend_log: { request: "GET https://gw.example/internal/backends", headers: { Authorization: "Bearer a" } },
        backend_fault: {
          request: "POST https://gw.example/internal/fault",
          body: '{"system": "{system}", "on": {on}}',
        },
        revoke_token: { request: "POST https://gw.example/internal/revoke", body: '{"token": "{token}"}' },
        revoke_user: {
          request: "POST https://gw.example/internal/revoke-user",
          body: '{"user": "{user}", "agent": "{agent}"}',
        },
      },
    },
  },
  { handshake: { user: { did: "did:ath:user:alice", key: "alice.pem" } } },
  { aun: { identities: [{ aid: "a.agentid.test", cert: "a.pem", key: "a.key" }] } },
];
