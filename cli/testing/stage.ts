import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { gateproofUntil } from "./spawn.ts";

/** What no output may show: the configured secrets of a staged run. */
export const canaries = {
  provider: "canary-provider-secret-1",
  login: "canary-login-header-2",
} as const;

export interface StageOptions {
  /** Where configurations are written. */
  readonly folder: string;
  /** Of the files. */
  readonly name: string;
  readonly mockArgs?: readonly string[];
  /** More lines of the kit's configuration. */
  readonly more?: string;
  /** What agents call when it is not the mock itself, for example a proxy in front of it. */
  readonly publicUrl?: string;
  /** How often an agent may call an ath-gateway; what is more is answered with 429. */
  readonly requestsPerMinute?: number;
}

/** A mock that is up, and how to judge it. */
export interface Staged {
  readonly mock: Awaited<ReturnType<typeof gateproofUntil>>;
  /** Path of the kit's configuration. */
  readonly config: string;
  /** What the configuration reads from the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
}

/** A mock gateway in a process of its own, with the kit's provider behind it, and the configuration that judges it. */
export async function stageGateway(options: StageOptions): Promise<Staged> {
  const { folder, name, mockArgs = [], more = "", publicUrl, requestsPerMinute = 240 } = options;
  const [port, control, provider] = [await freePort(), await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${provider}`;
  const mockConfig = join(folder, `${name}.mock.yaml`);
  const provided = (id: string, scopes: string, operations: string) => `
  - id: ${id}
    scopes: [${scopes}]
    operations: {${operations}}
    authorization_endpoint: ${origin}/authorize
    token_endpoint: ${origin}/token
    userinfo_endpoint: ${origin}/userinfo
    client_id: gateproof
    client_secret: ${canaries.provider}
    api_base: ${origin}/api`;
  const mail =
    '"mail:read": ["GET /v1/messages", "GET /v1/messages/{id}"], "mail:send": ["POST /v1/messages"], "mail:delete": ["DELETE /v1/messages/{id}"]';
  const calendar = '"calendar:read": ["GET /v1/events"], "calendar:write": ["POST /v1/events"]';
  await writeFile(
    mockConfig,
    `providers:${provided("mail", "mail:read, mail:send, mail:delete", mail)}${provided("calendar", "calendar:read, calendar:write", calendar)}
policy: { pending_developers: [dev-pending], denied_developers: [dev-denied] }
limits: { requests_per_minute: ${requestsPerMinute}, identity_timeout_ms: 3000 }
`,
  );
  const ports = ["--port", `${port}`, "--control-port", `${control}`];
  const named = publicUrl === undefined ? [] : ["--public-url", publicUrl];
  const args = ["mock", "ath-gateway", ...ports, ...named, "--config", mockConfig, "--json", ...mockArgs];
  const mock = await gateproofUntil(args, /"ready":true/);
  const config = join(folder, `${name}.yaml`);
  await writeFile(
    config,
    `profile: ath-gateway
target:
  url: ${publicUrl ?? `http://127.0.0.1:${port}`}
  headers: { X-Login: "\${env:GW_LOGIN}" }
  features: { agent_status: true, audit: true, rate_limit: true }
providers:
  - id: mail
    scopes: [mail:read, mail:send, mail:delete]
    operations:
      mail:read: [GET /v1/messages, GET /v1/messages/42]
      mail:send: [POST /v1/messages]
      mail:delete: [DELETE /v1/messages/42]
    unmapped: [DELETE /v1/everything]
  - id: calendar
    scopes: [calendar:read, calendar:write]
    operations:
      calendar:read: [GET /v1/events]
      calendar:write: [POST /v1/events]
consent:
  driver: provider
  provider: { listen: 127.0.0.1:${provider}, client_id: gateproof, client_secret: "\${env:PROVIDER_SECRET}" }
hooks:
  clock: { request: "POST http://127.0.0.1:${control}/clock", headers: { Content-Type: application/json }, body: '{"advanceSeconds": {seconds}}' }
  audit: { request: "GET http://127.0.0.1:${control}/audit", format: jsonl }
  pending_agent: { developer_id: dev-pending }
  denied_agent: { developer_id: dev-denied }
${more}`,
  );
  const env = { PROVIDER_SECRET: canaries.provider, GW_LOGIN: canaries.login };
  return { mock, config, env, url: `http://127.0.0.1:${port}` };
}

/** A mock AUN gateway in a process of its own, and the configuration that judges it. */
export async function stageAunGateway(options: StageOptions): Promise<Staged> {
  const { folder, name, mockArgs = [], more = "", publicUrl } = options;
  const [port, control] = [await freePort(), await freePort()];
  const ports = ["--port", `${port}`, "--control-port", `${control}`];
  const named = publicUrl === undefined ? [] : ["--public-url", publicUrl];
  const mock = await gateproofUntil(["mock", "aun-gateway", ...ports, ...named, "--json", ...mockArgs], /"ready":true/);
  const config = join(folder, `${name}.yaml`);
  await writeFile(
    config,
    `profile: aun-gateway
target:
  url: ${(publicUrl ?? `http://127.0.0.1:${port}`).replace("http", "ws")}/aun
  headers: { X-Login: "\${env:GW_LOGIN}" }
aun: { issuer: agentid.test, identities: open }
hooks:
  clock: { request: "POST http://127.0.0.1:${control}/clock", headers: { Content-Type: application/json }, body: '{"advanceSeconds": {seconds}}' }
${more}`,
  );
  return { mock, config, env: { GW_LOGIN: canaries.login }, url: `http://127.0.0.1:${port}` };
}
