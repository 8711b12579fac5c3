import { minimumTlsVersion } from "../ath/minimum-tls.ts";
import { createAthNative } from "../ath-native/service.ts";
import type { Keep } from "../core/keeping.ts";
import { defaultPolicy } from "../defaults.ts";
import type { Started, StartOptions } from "./common.ts";
import { mountApi, present, stageOf } from "./present.ts";

/** The native service: of a configuration only policy, limits and audit concern it, since what it offers is fixed. */
export async function startAthNative(options: StartOptions, keep: Keep): Promise<Started> {
  const stage = await stageOf(options, keep, { minimumTls: minimumTlsVersion });
  const { publicUrl, clock, random } = stage;
  const config = { policy: defaultPolicy, ...options.config, ...options.overrides };
  const service = createAthNative({ publicUrl, clock, random, config });
  keep({ close: async () => service.close() });
  const { consent, audit, tokens, reset } = service;
  const presented = await present(stage, {
    mock: "ath-native",
    name: "the native service",
    boards: [service.book],
    requests: mountApi(stage, service, [service.book], about),
    controls: { consent, audit, tokens, reset },
  });
  return { ...presented, native: service };
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
