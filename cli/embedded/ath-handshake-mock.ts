import { randomBytes } from "node:crypto";
import { createAthHandshake } from "../../mocks/ath-handshake/gateway.ts";
import { createCrmBackend } from "../../mocks/backends/crm.ts";
import { createFinanceBackend } from "../../mocks/backends/finance.ts";
import { createOaBackend } from "../../mocks/backends/oa.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { jsonResponse, readJson } from "../../mocks/core/json.ts";
import { openedOrClosed } from "../../mocks/core/keeping.ts";
import { serve } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import type { HandshakeSettings } from "../../suites/drivers/handshake/settings.ts";
import { member, text } from "../../suites/engine/json.ts";
import { latestOf, openFronts } from "./fronts.ts";
import { type HandshakeBinding, systems } from "./handshake-systems.ts";
import type { Addresses, OpenMock } from "./mock-side.ts";

/** What the gateway has to be told: who its users are, and which of the ways left open it goes. */
export interface KnownToGateway {
  readonly users: readonly { readonly did: string; readonly publicKey: string; readonly confirmationUrl: string }[];
  readonly versions: HandshakeSettings["versions"];
  readonly binding: HandshakeBinding;
}

/** Besides the gateway's own: where the operator breaks backends and revokes. */
export interface HandshakeAddresses extends Addresses {
  readonly hooks: string;
}

/** Agents that the mock's policy restricts, by their DIDs. */
const restrictedAgents = [
  { client_did: "did:ath:agent:ip-*", ip_whitelist: ["203.0.113.7"] },
  { client_did: "did:ath:agent:time-*", access_time: "9:00-18:00" },
  { client_did: "did:ath:agent:rate-*", rate_limit: "5/minute" },
];

/** Limits under which the traffic checks show what they must in the shortest real time. */
const limits = { calls_per_minute: 60, breaker: { failures: 3, open_s: 30 }, backend_timeout_ms: 1_000 };

/** A check reads the log right after the calls that it looks for; what is older is of no use to any. */
const latest = 100;

/** The reference gateway of the nine-step handshake before its three backends. */
export const openHandshakeMock: OpenMock<KnownToGateway, HandshakeAddresses> = ({ faults = [], ...options }) =>
  openedOrClosed(async (keep) => {
    const { front, control, clock, addresses } = await openFronts({ faults, ...options }, keep);
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
    let gateway: ReturnType<typeof createAthHandshake> | undefined;
    const hooks = keep(await serve((request) => answerHook(request)));

    async function answerHook(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url);
      if (pathname === "/backends") {
        const requests = Object.values(legacy).flatMap((backend) => backend.requests().slice(-latest));
        return jsonResponse(requests.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-latest));
      }
      const body = await readJson(request, 64 * 1024);
      if (pathname === "/backend-fault") {
        const failing = member(body, "on") === true ? "error" : undefined;
        const system = text(body, "system") ?? "";
        if (isSystem(system)) legacy[system].fail(failing);
        return jsonResponse({ ok: isSystem(system) }, { status: isSystem(system) ? 200 : 404 });
      }
      if (pathname === "/revoke-token") return jsonResponse({ ok: gateway?.revokeToken(text(body, "token") ?? "") });
      gateway?.revokeUser(text(body, "user") ?? "", text(body, "agent") ?? "");
      return jsonResponse({ ok: true });
    }
    function isSystem(name: string): name is keyof typeof legacy {
      return Object.hasOwn(legacy, name);
    }

    return {
      addresses: { ...addresses, hooks: hooks.url },
      async mount({ users, versions, binding }) {
        const mounted = createAthHandshake({
          publicUrl: front.url,
          clock,
          faults: faults.map((id) => ({ id })),
          backends: [
            { kind: "oa", origin: oa ?? "", account },
            { kind: "crm", origin: crm ?? "", account },
            { kind: "finance", origin: finance ?? "", apiKey },
          ],
          config: {
            versions,
            users: users.map(({ did, publicKey, confirmationUrl }) => ({
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
        gateway = mounted;
        keep({ close: async () => mounted.close() });
        front.mount(mounted.handler);
        control.mount(
          controlApi({
            requests: requestLog(),
            clock,
            rules: mounted.book,
            audit: latestOf(mounted.audit),
            tokens: mounted.tokens,
            reset: mounted.reset,
            health: () => ({}),
          }),
        );
      },
    };
  });
