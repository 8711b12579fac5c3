import { consentByHabit, controlRoutes } from "../ath-handshake/control-routes.ts";
import { defaultSystems, ownUser } from "../ath-handshake/default-config.ts";
import type { BackendAccess } from "../ath-handshake/engine/backend-client.ts";
import { createAthHandshake } from "../ath-handshake/gateway.ts";
import type { BackendKind } from "../ath-handshake/settings.ts";
import type { LegacyBackend } from "../backends/backend.ts";
import { createCrmBackend } from "../backends/crm.ts";
import { createFinanceBackend } from "../backends/finance.ts";
import { createOaBackend } from "../backends/oa.ts";
import type { ShiftableClock } from "../core/clock.ts";
import type { Keep } from "../core/keeping.ts";
import type { RandomSource } from "../core/random.ts";
import type { Started, StartOptions } from "./common.ts";
import { openFront } from "./front.ts";
import { mountApi, present, stageOf } from "./present.ts";

/** The gateway of the nine-step handshake before its three backends, each on a port of its own. */
export async function startAthHandshake(options: StartOptions, keep: Keep): Promise<Started> {
  const stage = await stageOf(options, keep);
  const { publicUrl, clock, random, host } = stage;
  const { systems = defaultSystems, users: configuredUsers, ...config } = options.handshake ?? {};
  const ownUsers = configuredUsers === undefined ? [ownUser("alice"), ownUser("bob")] : [];
  const users = configuredUsers ?? ownUsers.map(({ did, name, publicKey }) => ({ did, name, public_key: publicKey }));
  const { backends, access } = await startBackends(host, keep, clock, random);

  const gateway = createAthHandshake({
    publicUrl,
    clock,
    random,
    config: { ...config, users, systems },
    backends: access,
    userKeys: new Map(ownUsers.map(({ did, privateKey }) => [did, privateKey])),
  });
  keep({ close: async () => gateway.close() });
  const bySystem = new Map<string, LegacyBackend>();
  for (const { prefix, backend } of systems) bySystem.set(prefix.slice(1), backends[backend]);
  const presented = await present(stage, {
    mock: "ath-handshake",
    name: "the gateway of the nine-step handshake",
    boards: [gateway.book],
    requests: mountApi(stage, gateway, [gateway.book], about),
    controls: {
      audit: gateway.audit,
      tokens: gateway.tokens,
      consent: consentByHabit(gateway),
      more: controlRoutes({ gateway, backends: bySystem, users: ownUsers }),
      reset() {
        gateway.reset();
        for (const backend of Object.values(backends)) backend.clear();
      },
    },
    ready: {
      users: Object.fromEntries(ownUsers.map(({ name }) => [name, `${publicUrl}/user/${name}`])),
      backends: Object.fromEntries(access.map(({ kind, origin }) => [kind, origin])),
    },
  });
  return { ...presented, handshake: gateway };
}

async function startBackends(host: string, keep: Keep, clock: ShiftableClock, random: RandomSource) {
  const account = { name: "gateway", password: random.text(18) };
  const apiKey = random.text(24);
  const backends: Readonly<Record<BackendKind, LegacyBackend>> = {
    oa: createOaBackend({ clock, account }),
    crm: createCrmBackend({ clock, account, random }),
    finance: createFinanceBackend({ clock, apiKey }),
  };
  const serving = async (backend: LegacyBackend): Promise<string> => {
    const front = await openFront({ host }, keep);
    front.mount(backend.handler);
    return front.url;
  };
  const access: readonly BackendAccess[] = [
    { kind: "oa", origin: await serving(backends.oa), account },
    { kind: "crm", origin: await serving(backends.crm), account },
    { kind: "finance", origin: await serving(backends.finance), apiKey },
  ];
  return { backends, access };
}

/** What the page at `/` says of the gateway. */
const about = {
  name: "ATH gateway (nine-step handshake)",
  sentence:
    "The reference gateway of the nine-step handshake, before an OA, a CRM and a finance system that know no ATH.",
  endpoints: [
    { method: "POST", path: "/ath/handshake", says: "the agent's messages: steps 1, 3, 5 and 9" },
    { method: "POST", path: "/ath/handshake/confirmations", says: "the user's answer: step 7" },
    { method: "GET", path: "/user/{name}", says: "a user's pending questions, with Approve and Deny" },
    { method: "ANY", path: "/oa/api/…", says: "calls to the OA, which speaks SOAP" },
    { method: "ANY", path: "/crm/api/…", says: "calls to the CRM, which speaks forms" },
    { method: "ANY", path: "/finance/api/…", says: "calls to the finance system, which speaks JSON" },
    { method: "GET", path: "/health", says: "that it runs" },
  ],
};
