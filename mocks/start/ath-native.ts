import { createAthNative } from "../ath-native/service.ts";
import { shiftableClock } from "../core/clock.ts";
import { activeWithSentences, joinedFaultBoards } from "../core/fault-board.ts";
import { logged, requestLog } from "../core/request-log.ts";
import { statusPage } from "../core/status-page.ts";
import { wireFaults } from "../core/wire-faults.ts";
import { defaultPolicy } from "../defaults.ts";
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

/** The native service: of a configuration only policy, limits and audit concern it, since what it offers is fixed. */
export async function startAthNative(options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0, faults = [], config } = options;
  const wire = wireFaults();
  const front = await listen(options, keep, wire);
  const publicUrl = options.publicUrl ?? front.url;
  const requests = requestLog();
  const service = createAthNative({
    publicUrl,
    clock,
    random: randomOf(options),
    config: { policy: defaultPolicy, ...config, ...options.overrides },
  });
  keep({ close: async () => service.close() });

  const boards = joinedFaultBoards(service.book, wire);
  activate(boards, faults);
  const api = logged(service.handler, requests);
  const home = new URL(publicUrl).pathname;
  front.mount(async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about, activeFaults: activeWithSentences(boards), requests: requests.entries() })
      : api(request, peer),
  );
  const control = await serveControl(host, controlPort, keep, {
    name: "the native service",
    requests,
    clock,
    rules: boards,
    consent: service.consent,
    audit: service.audit,
    tokens: service.tokens,
    reset: service.reset,
    health: () => ({ mock: "ath-native", url: publicUrl }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock: "ath-native",
    url: publicUrl,
    control: control.url,
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return { ready, clock, controls: control.controls, native: service };
}

/** What the page at `/` says of the service. */
const about = {
  name: "ATH native service",
  sentence:
    "A small mail service that implements ATH 0.1 itself: agents register, users consent on its own page, and its API takes the ATH token. Users: alice, bob.",
  endpoints: [
    { method: "GET", path: "/.well-known/ath-app.json", says: "discovery; app_id mock-mail" },
    { method: "POST", path: "/ath/agents/register", says: "an agent asks for its approval" },
    { method: "GET", path: "/ath/agents/{client_id}", says: "an agent reads its own registration" },
    { method: "POST", path: "/ath/authorize", says: "starts an authorization; the user goes to authorization_url" },
    { method: "GET", path: "/oauth/authorize", says: "the service's own consent page" },
    { method: "GET", path: "/ath/callback", says: "where the browser comes back from it" },
    { method: "POST", path: "/ath/token", says: "the session becomes a token" },
    { method: "GET", path: "/api/v1/messages", says: "mail:read; the list, or one message by its id" },
    { method: "POST", path: "/api/v1/messages", says: "mail:send; to, subject, text" },
    { method: "DELETE", path: "/api/v1/messages/{id}", says: "mail:delete" },
    { method: "POST", path: "/ath/revoke", says: "ends a token" },
  ],
};
