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
  { aun: { identities: [{ aid: "a.agentid.test", cert: "a.pem", key: "a.key" }] } },
];
