import { controlRoutes } from "../ath-handshake/control-routes.ts";
import { defaultSystems, ownUser } from "../ath-handshake/default-config.ts";
import type { BackendAccess } from "../ath-handshake/engine/backend-client.ts";
import { createAthHandshake } from "../ath-handshake/gateway.ts";
import type { BackendKind } from "../ath-handshake/settings.ts";
import type { LegacyBackend } from "../backends/backend.ts";
import { createCrmBackend } from "../backends/crm.ts";
import { createFinanceBackend } from "../backends/finance.ts";
import { createOaBackend } from "../backends/oa.ts";
import { type ShiftableClock, shiftableClock } from "../core/clock.ts";
import { activeWithSentences, joinedFaultBoards } from "../core/fault-board.ts";
import type { RandomSource } from "../core/random.ts";
import { logged, requestLog } from "../core/request-log.ts";
import { statusPage } from "../core/status-page.ts";
import { wireFaults } from "../core/wire-faults.ts";
import {
  activate,
  type Keep,
  listen,
  type ReadyLine,
  randomOf,
  type Started,
  type StartOptions,
  serveControl,
} from "./common.ts";

/** The gateway of the nine-step handshake before its three backends, each on a port of its own. */
export async function startAthHandshake(options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0, faults = [] } = options;
  const wire = wireFaults();
  const front = await listen(options, keep, wire);
  const publicUrl = options.publicUrl ?? front.url;
  const requests = requestLog();
  const random = randomOf(options);
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
  const boards = joinedFaultBoards(gateway.book, wire);
  activate(boards, faults);
  const api = logged(gateway.handler, requests);
  const home = new URL(publicUrl).pathname;
  front.mount(async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about, activeFaults: activeWithSentences(boards), requests: requests.entries() })
      : api(request, peer),
  );
  const bySystem = new Map<string, LegacyBackend>();
  for (const { prefix, backend } of systems) bySystem.set(prefix.slice(1), backends[backend]);
  const control = await serveControl(host, controlPort, keep, {
    name: "the gateway of the nine-step handshake",
    requests,
    clock,
    rules: boards,
    audit: gateway.audit,
    tokens: gateway.tokens,
    more: controlRoutes({ gateway, backends: bySystem, users: ownUsers }),
    reset() {
      gateway.reset();
      for (const backend of Object.values(backends)) backend.clear();
    },
    health: () => ({ mock: "ath-handshake", url: publicUrl }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock: "ath-handshake",
    url: publicUrl,
    control: control.url,
    users: Object.fromEntries(ownUsers.map(({ name }) => [name, `${publicUrl}/user/${name}`])),
    backends: Object.fromEntries(access.map(({ kind, origin }) => [kind, origin])),
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return { ready, clock, controls: control.controls, handshake: gateway };
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
    const front = await listen({ host }, keep);
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
