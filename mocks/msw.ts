import { http, type RequestHandler } from "msw";
import type { MockConfig } from "../schemas/index.ts";
import type { AuditLine } from "./ath/audit-entry.ts";
import type { IssuedToken } from "./ath/engine/implementor.ts";
import { createAthGateway } from "./ath-gateway/gateway.ts";
import { createAthNative } from "./ath-native/service.ts";
import { type ShiftableClock, shiftableClock } from "./core/clock.ts";
import type { ControlOptions } from "./core/control-endpoints.ts";
import type { HttpHandler } from "./core/http.ts";
import { seededRandom, systemRandom } from "./core/random.ts";
import { logged, requestLog } from "./core/request-log.ts";
import { defaultGatewayConfig, defaultPolicy, defaultProviders } from "./defaults.ts";
import { type AskingMock, askedBy, handleOf, type MockHandle } from "./embedding/handle.ts";
import { fetchClient, forwardOverFetch } from "./embedding/over-fetch.ts";
import { unserved } from "./embedding/unserved.ts";
import { createOAuthProvider, type OAuthProvider } from "./oauth-provider/provider.ts";
import { createUpstream } from "./upstream/upstream.ts";

export type { ConsentPolicy } from "./core/consent-policy.ts";
export { UnknownFaultError } from "./core/rules.ts";
export type { AskingMock, FaultSwitch, MockHandle } from "./embedding/handle.ts";
export { NeedsServerError } from "./embedding/unserved.ts";

/** What a mock behind msw can be made with. */
export interface MswOptions {
  /** The base URL that it answers at; no port is opened. */
  readonly url?: string;
  /** `ID` or `ID@n`; faults of the wire are refused with FAULT_NEEDS_SERVER. */
  readonly faults?: readonly string[];
  /** Makes ids and secrets the same each time. */
  readonly seed?: number;
  readonly clock?: ShiftableClock;
}

/** A mock behind msw: give the handlers to `setupServer(...mock.handlers)`. */
export interface MswMock extends MockHandle, AskingMock {
  readonly handlers: readonly RequestHandler[];
}

export interface AthGatewayHandlersOptions extends MswOptions {
  /** The base URL of the OAuth provider and API behind the gateway. */
  readonly providerUrl?: string;
  /** Limits and policy. */
  readonly overrides?: Pick<MockConfig, "limits" | "policy">;
}

export interface AthMswMock extends MswMock {
  audit(): readonly AuditLine[];
  /** The issued tokens, without the tokens. */
  tokens(): readonly IssuedToken[];
}

/**
 * The reference gateway of ATH 0.1 at https://gateway.test, with its OAuth provider and API at https://provider.test.
 * What it fetches (identity documents) goes the way of every request of the test: to a handler, or to the network.
 */
export function athGatewayHandlers(options: AthGatewayHandlersOptions = {}): AthMswMock {
  const { url = "https://gateway.test", providerUrl = "https://provider.test", clock = shiftableClock() } = options;
  const random = randomOf(options);
  const client = { client_id: "mock-gateway", client_secret: random.text(24) };
  const { provider, handler: behind } = providerAt(providerUrl, clock, {
    ...client,
    redirect_uris: [`${url}/ath/callback`],
  });
  const access = { origin: providerUrl, clientId: client.client_id, clientSecret: client.client_secret };
  const config = { ...defaultGatewayConfig(access), ...options.overrides };
  const gateway = createAthGateway({
    publicUrl: url,
    config,
    clock,
    random,
    hooks: { client: fetchClient(), forward: forwardOverFetch },
  });
  const { audit, tokens } = gateway;
  const mock = behindMsw(options, url, gateway.handler, {
    clock,
    rules: unserved(gateway.book, provider.book),
    consent: provider.consent,
    reset() {
      gateway.reset();
      provider.reset();
    },
    close: gateway.close,
  });
  return { ...mock, handlers: [...mock.handlers, allAt(providerUrl, behind)], audit, tokens };
}

export interface AthNativeHandlersOptions extends MswOptions {
  /** Limits and policy. */
  readonly overrides?: Pick<MockConfig, "limits" | "policy">;
}

/** The reference native service of ATH 0.1 at https://mail.test. */
export function athNativeHandlers(options: AthNativeHandlersOptions = {}): AthMswMock {
  const { url = "https://mail.test", clock = shiftableClock() } = options;
  const config = { policy: defaultPolicy, ...options.overrides };
  const service = createAthNative({
    publicUrl: url,
    clock,
    random: randomOf(options),
    config,
    hooks: { client: fetchClient() },
  });
  const { audit, tokens, consent, reset, close } = service;
  const rules = unserved(service.book);
  return { ...behindMsw(options, url, service.handler, { clock, rules, consent, reset, close }), audit, tokens };
}

/** A provider behind msw, and the client that may use it. */
export interface OAuthProviderMswMock extends MswMock, Pick<OAuthProvider, "tokens"> {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The reference OAuth 2.0 provider at https://provider.test, with an echo API under /api. */
export function oauthProviderHandlers(options: MswOptions = {}): OAuthProviderMswMock {
  const { url = "https://provider.test", clock = shiftableClock() } = options;
  const [clientId, clientSecret] = ["client", randomOf(options).text(24)];
  const { provider, handler } = providerAt(url, clock, { client_id: clientId, client_secret: clientSecret });
  const { consent, reset, tokens } = provider;
  const rules = unserved(provider.book);
  const mock = behindMsw(options, url, handler, { clock, rules, consent, reset, close: () => {} });
  return { ...mock, tokens, clientId, clientSecret };
}

type Client = Parameters<typeof createOAuthProvider>[0]["clients"][number];

function providerAt(issuer: string, clock: ShiftableClock, client: Client) {
  const scopes = defaultProviders.flatMap((provider) => [...provider.scopes]);
  const provider = createOAuthProvider({ issuer, clock, clients: [client], scopes });
  const upstream = createUpstream({ tokens: provider.introspect });
  const api = `${new URL(issuer).pathname.replace(/\/$/, "")}/api/`;
  const handler: HttpHandler = (request) =>
    new URL(request.url).pathname.startsWith(api) ? upstream.handler(request) : provider.handler(request);
  return { provider, handler };
}

interface Parts extends Pick<ControlOptions, "clock" | "rules" | "reset"> {
  readonly consent: NonNullable<ControlOptions["consent"]>;
  close(): void;
}

function behindMsw(options: MswOptions, url: string, handler: HttpHandler, parts: Parts): MswMock {
  const requests = requestLog();
  const handle = handleOf(url, { ...parts, requests }, async () => parts.close());
  handle.faults.activate(...(options.faults ?? []));
  return { ...handle, ...askedBy(parts.consent), handlers: [allAt(url, logged(handler, requests))] };
}

function allAt(url: string, handler: HttpHandler): RequestHandler {
  return http.all(`${url}/*`, ({ request }) => handler(request));
}

function randomOf({ seed }: MswOptions) {
  return seed === undefined ? systemRandom : seededRandom(seed);
}
