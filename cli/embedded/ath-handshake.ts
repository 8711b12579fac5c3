import { randomBytes } from "node:crypto";
import { createAthHandshake } from "../../mocks/ath-handshake/gateway.ts";
import { createCrmBackend } from "../../mocks/backends/crm.ts";
import { createFinanceBackend } from "../../mocks/backends/finance.ts";
import { createOaBackend } from "../../mocks/backends/oa.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { jsonResponse, readJson } from "../../mocks/core/json.ts";
import { serve } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { openHandshakeKit } from "../../suites/drivers/handshake/kit.ts";
import type { HandshakeSettings, SystemSettings } from "../../suites/drivers/handshake/settings.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { member, text } from "../../suites/engine/json.ts";
import { athHandshake } from "../../suites/profiles/ath-handshake.ts";
import { type Fronts, host, openFronts } from "./ath-target.ts";
import { type EmbeddedOptions, embedded, type Keep } from "./embedded.ts";

const systems = [
  {
    prefix: "/oa",
    backend: "oa",
    format: "soap",
    scopes: { "oa:read": ["GET /oa/api/documents"], "oa:write": ["POST /oa/api/documents"] },
    unmapped: ["DELETE /oa/api/everything"],
    sample: { title: "Travel plan", folder: "policies" },
  },
  {
    prefix: "/crm",
    backend: "crm",
    format: "form",
    scopes: { "crm:read": ["GET /crm/api/customers"], "crm:write": ["POST /crm/api/customers"] },
    unmapped: ["DELETE /crm/api/everything"],
    sample: { name: "Ada", city: "Zürich" },
  },
  {
    prefix: "/finance",
    backend: "finance",
    format: "json",
    scopes: { "finance:read": ["GET /finance/api/invoices"], "finance:write": ["POST /finance/api/invoices"] },
    unmapped: ["DELETE /finance/api/everything"],
    sample: { customer: "c-1", total: 80 },
  },
] as const satisfies readonly (SystemSettings & { readonly backend: string })[];

/** Agents that the mock's policy restricts, by their DIDs. */
const restrictedAgents = [
  { client_did: "did:ath:agent:ip-*", ip_whitelist: ["203.0.113.7"] },
  { client_did: "did:ath:agent:time-*", access_time: "9:00-18:00" },
  { client_did: "did:ath:agent:rate-*", rate_limit: "5/minute" },
];

/** Limits under which the traffic checks show what they must in the shortest real time. */
const limits = { calls_per_minute: 60, breaker: { failures: 3, open_s: 30 }, backend_timeout_ms: 1_000 };

/** What may be another way than by default. */
export interface HandshakeEmbedding extends EmbeddedOptions {
  readonly binding?: Partial<Pick<HandshakeSettings, "correlation" | "signature">>;
  readonly answer?: HandshakeSettings["confirmation"]["answer"];
}

/** The reference gateway of the nine-step handshake before its three backends, with the kit's users behind it. */
export async function openAthHandshake(options: HandshakeEmbedding, keep: Keep) {
  const { seed, faults = [], binding = {} } = options;
  const fronts = await openFronts(options, keep);
  const { front, control, clock } = fronts;
  const account = { name: "gateway", password: randomBytes(12).toString("base64url") };
  const apiKey = randomBytes(24).toString("base64url");
  const legacy = {
    oa: createOaBackend({ clock, account }),
    crm: createCrmBackend({ clock, account }),
    finance: createFinanceBackend({ clock, apiKey }),
  };
  const [oa, crm, finance] = await Promise.all(
    [legacy.oa, legacy.crm, legacy.finance].map(async ({ handler }) => keep(await serve(handler)).url),
  );
  const hooks = keep(await serve((request) => answerHook(request)));
  const settings = settingsFor(fronts, hooks.url, options);
  const kit = keep(await openHandshakeKit(settings, { seed }));

  const gateway = createAthHandshake({
    publicUrl: front.url,
    clock,
    faults: faults.map((id) => ({ id })),
    backends: [
      { kind: "oa", origin: oa ?? "", account },
      { kind: "crm", origin: crm ?? "", account },
      { kind: "finance", origin: finance ?? "", apiKey },
    ],
    config: {
      versions: settings.handshake.versions,
      users: kit.users.map(({ did, publicKey, confirmationUrl }) => ({
        did,
        public_key: publicKey,
        confirmation_url: confirmationUrl,
      })),
      systems: systems.map(({ prefix, backend, scopes }) => ({ prefix, backend, scopes })),
      policy: { restrictions: restrictedAgents },
      binding,
      limits,
    },
  });
  keep({ close: async () => gateway.close() });
  front.mount(gateway.handler);
  control.mount(
    controlApi({
      requests: requestLog(),
      clock,
      rules: gateway.book,
      audit: gateway.audit,
      tokens: gateway.tokens,
      reset: gateway.reset,
      health: () => ({}),
    }),
  );

  async function answerHook(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/backends") {
      const requests = Object.values(legacy).flatMap((backend) => backend.requests());
      return jsonResponse(requests.toSorted((a, b) => a.at.localeCompare(b.at)));
    }
    const body = await readJson(request, 64 * 1024);
    if (pathname === "/backend-fault") {
      const failing = member(body, "on") === true ? "error" : undefined;
      const system = text(body, "system") ?? "";
      if (isSystem(system)) legacy[system].fail(failing);
      return jsonResponse({ ok: isSystem(system) }, { status: isSystem(system) ? 200 : 404 });
    }
    if (pathname === "/revoke-token") return jsonResponse({ ok: gateway.revokeToken(text(body, "token") ?? "") });
    gateway.revokeUser(text(body, "user") ?? "", text(body, "agent") ?? "");
    return jsonResponse({ ok: true });
  }
  function isSystem(name: string): name is keyof typeof legacy {
    return Object.hasOwn(legacy, name);
  }

  return embedded(athHandshake, kit, settings);
}

function settingsFor({ front, control }: Fronts, hooks: string, options: HandshakeEmbedding) {
  const { binding, answer = "post", timeoutMs = 10_000 } = options;
  const headers = { "content-type": "application/json" };
  const hook = (path: string, body: string) => ({ method: "POST", url: `${hooks}${path}`, headers, body });
  const handshake: HandshakeSettings = {
    path: "/ath/handshake",
    correlation: "body",
    signature: "raw",
    ...binding,
    versions: ["0.1", "0.9", "0.10"],
    agentDid: "did:ath:agent:{agent}",
    user: { did: "did:ath:user:alice" },
    secondUser: { did: "did:ath:user:bob" },
    confirmation: { host, port: 0, path: "/confirm/{user}", answer },
    ttlS: 600,
    systems: systems.map(({ prefix, scopes, unmapped, format, sample }) => ({
      prefix,
      scopes,
      unmapped,
      format,
      sample,
    })),
    restrictions: {
      ipWhitelist: "did:ath:agent:ip-{agent}",
      accessTime: "did:ath:agent:time-{agent}",
      rateLimit: "did:ath:agent:rate-{agent}",
    },
    hooks: {
      backendLog: { method: "GET", url: `${hooks}/backends`, headers: {} },
      backendFault: hook("/backend-fault", '{"system": "{system}", "on": {on}}'),
      revokeToken: hook("/revoke-token", '{"token": "{token}"}'),
      revokeUser: hook("/revoke-user", '{"user": "{user}", "agent": "{agent}"}'),
    },
  };
  return {
    target: { url: front.url, headers: {}, features: { rate_limit: true } },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: [],
    consent: { driver: "manual" },
    hooks: {
      clock: { method: "POST", url: `${control.url}/clock`, headers, body: '{"advanceSeconds": {seconds}}' },
      audit: { method: "GET", url: `${control.url}/audit`, headers: {} },
    },
    handshake,
    timeoutMs,
  } satisfies Settings;
}
