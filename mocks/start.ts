import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MockConfig } from "../schemas/index.ts";
import type { AthImplementor } from "./ath/engine/implementor.ts";
import { minimumTlsVersion } from "./ath/minimum-tls.ts";
import { createAthGateway } from "./ath-gateway/gateway.ts";
import { type ShiftableClock, shiftableClock } from "./core/clock.ts";
import { type ControlOptions, controlApi } from "./core/control.ts";
import { activeWithSentences, joinedFaultBoards } from "./core/fault-board.ts";
import type { HttpHandler } from "./core/http.ts";
import { type RunningServer, serve } from "./core/node-server.ts";
import { type RandomSource, seededRandom, systemRandom } from "./core/random.ts";
import { logged, requestLog } from "./core/request-log.ts";
import { type ActiveFault, parseFault } from "./core/rules.ts";
import { statusPage } from "./core/status-page.ts";
import { ownCertificates, type TlsOptions } from "./core/tls.ts";
import { type WireFaults, wireFaults } from "./core/wire-faults.ts";
import { defaultGatewayConfig, defaultProviders, type ProviderAccess } from "./defaults.ts";
import { createOAuthProvider, type OAuthProvider } from "./oauth-provider/provider.ts";
import { createUpstream } from "./upstream/upstream.ts";

/** The mocks that can be started by name. */
export const startableMocks = ["ath-gateway", "oauth-provider", "all"] as const;
export type StartableMock = (typeof startableMocks)[number];

export interface StartOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly controlPort?: number;
  /** How agents and browsers reach the mock, when that is not where it listens. */
  readonly publicUrl?: string;
  /** Providers and policy; without it the mock brings its own OAuth provider. */
  readonly config?: MockConfig;
  /** Where the API behind the mock's own provider is, when not the echo API of the mock. */
  readonly apiBase?: string;
  /** Limits and policy of a gateway without a configuration of its own. */
  readonly overrides?: Pick<MockConfig, "limits" | "policy">;
  /** `ID` or `ID@n`. */
  readonly faults?: readonly string[];
  /** Makes ids and secrets the same at every start; default: nobody can guess them. */
  readonly seed?: number;
  /** Serve over TLS with an authority of its own. */
  readonly tls?: true;
  readonly clock?: ShiftableClock;
}

/** What a script reads when a mock is ready (one line of JSON). */
export interface ReadyLine {
  readonly ready: true;
  readonly mock: StartableMock;
  readonly url: string;
  readonly control: string;
  /** Origin of the OAuth provider behind the mock. */
  readonly provider?: string;
  /** A client of that provider. */
  readonly client_id?: string;
  /** Of a provider that runs alone: whoever uses it needs it, and it is good for nothing else. */
  readonly client_secret?: string;
  /** Path of the authority's certificate (PEM). */
  readonly ca?: string;
  readonly pid: number;
}

export interface StartedMock {
  readonly ready: ReadyLine;
  readonly clock: ShiftableClock;
  readonly gateway?: AthImplementor;
  readonly provider?: OAuthProvider;
  /** Of the client that ready.client_id names. */
  readonly clientSecret?: string;
  close(): Promise<void>;
}

/** The client by which the mock gateway is known at the mock provider. */
const clientId = "mock-gateway";

/**
 * Starts a reference mock on the node server, with its control API on a port of its own. `all` is the gateway with its
 * provider. Throws UnknownFaultError and the server's coded listen errors; what was started by then is ended.
 */
export async function startMock(mock: StartableMock, options: StartOptions = {}): Promise<StartedMock> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  const keep = <Closable extends { close(): Promise<void> }>(one: Closable): Closable => {
    opened.push(one);
    return one;
  };
  try {
    const started =
      mock === "oauth-provider" ? await startProvider(options, keep) : await startGateway(mock, options, keep);
    return { ...started, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Keep = <Closable extends { close(): Promise<void> }>(one: Closable) => Closable;
type Started = Omit<StartedMock, "close">;

async function startProvider(options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0 } = options;
  const wire = wireFaults();
  const front = await listen(options, keep, wire);
  const secret = randomOf(options).text(24);
  const provider = mountProvider(front, options.publicUrl ?? front.url, clock, [
    { client_id: "client", client_secret: secret },
  ]);
  const boards = joinedFaultBoards(provider.book, wire);
  activate(boards, options.faults ?? []);
  const control = await serveControl(host, controlPort, keep, {
    name: "the OAuth provider",
    requests: provider.requests,
    clock,
    rules: boards,
    consent: provider.consent,
    tokens: provider.tokens,
    reset: provider.reset,
    health: () => ({ mock: "oauth-provider", url: front.url }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock: "oauth-provider",
    url: options.publicUrl ?? front.url,
    control: control.url,
    client_id: "client",
    client_secret: secret,
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return { ready, clock, provider, clientSecret: secret };
}

async function startGateway(mock: StartableMock, options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0, faults = [] } = options;
  const wire = wireFaults();
  const front = await listen(options, keep, wire);
  const publicUrl = options.publicUrl ?? front.url;
  const requests = requestLog();

  const random = randomOf(options);
  const clientSecret = random.text(24);
  const behind = options.config === undefined ? await listen({ host }, keep) : undefined;
  const provider =
    behind &&
    mountProvider(behind, behind.url, clock, [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${publicUrl}/ath/callback`] },
    ]);
  const config = options.config ?? ownConfig(options, { origin: behind?.url ?? "", clientId, clientSecret });
  const gateway = createAthGateway({ publicUrl, config, clock, random });
  keep({ close: async () => gateway.close() });

  const boards = joinedFaultBoards(gateway.book, ...(provider === undefined ? [] : [provider.book]), wire);
  activate(boards, faults);
  const api = logged(gateway.handler, requests);
  const home = new URL(publicUrl).pathname;
  front.mount(async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about, activeFaults: activeWithSentences(boards), requests: requests.entries() })
      : api(request, peer),
  );
  const control = await serveControl(host, controlPort, keep, {
    name: "the ATH gateway",
    requests,
    clock,
    rules: boards,
    ...(provider === undefined ? {} : { consent: provider.consent }),
    audit: gateway.audit,
    tokens: gateway.tokens,
    reset() {
      gateway.reset();
      provider?.reset();
    },
    health: () => ({ mock: "ath-gateway", url: publicUrl }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock,
    url: publicUrl,
    control: control.url,
    ...(behind === undefined ? {} : { provider: behind.url, client_id: clientId }),
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return { ready, clock, gateway, ...(provider === undefined ? {} : { provider, clientSecret }) };
}

function randomOf({ seed }: StartOptions): RandomSource {
  return seed === undefined ? systemRandom : seededRandom(seed);
}

function ownConfig({ apiBase, overrides }: StartOptions, access: ProviderAccess): MockConfig {
  const config = defaultGatewayConfig(access);
  const providers = config.providers.map((one) => (apiBase === undefined ? one : { ...one, api_base: apiBase }));
  return { ...config, providers, ...overrides };
}

/** What the page at `/` says of the gateway. */
const about = {
  name: "ATH gateway",
  sentence: "The reference gateway of ATH 0.1: agents register, users consent, and calls go through the proxy.",
  endpoints: [
    { method: "GET", path: "/.well-known/ath.json", says: "discovery" },
    { method: "POST", path: "/ath/agents/register", says: "an agent asks for its approval" },
    { method: "GET", path: "/ath/agents/{client_id}", says: "an agent reads its own registration" },
    { method: "POST", path: "/ath/authorize", says: "starts an authorization; the user goes to authorization_url" },
    { method: "GET", path: "/ath/callback", says: "where the provider sends the browser back to" },
    { method: "POST", path: "/ath/token", says: "the session becomes a token" },
    {
      method: "ANY",
      path: "/ath/proxy/{provider_id}/{path}",
      says: "calls the provider's API within the token's scopes",
    },
    { method: "POST", path: "/ath/revoke", says: "ends a token" },
  ],
};

/** A server whose handler is mounted once its address is known. */
interface Front extends RunningServer {
  readonly ca?: string;
  mount(handler: HttpHandler): void;
}

async function listen(options: StartOptions, keep: Keep, wire?: WireFaults): Promise<Front> {
  const { host = "127.0.0.1", port = 0 } = options;
  let handler: HttpHandler = async () => new Response("starting", { status: 503 });
  const certificates = options.tls ? await ownTls(keep, options.faults ?? []) : undefined;
  const server = keep(
    await serve((request, peer) => handler(request, peer), {
      host,
      port,
      ...(certificates === undefined ? {} : { tls: certificates.tls }),
      ...(wire === undefined ? {} : { wire }),
    }),
  );
  return {
    ...server,
    ...(certificates === undefined ? {} : { ca: certificates.ca }),
    mount(given) {
      handler = given;
    },
  };
}

async function ownTls(keep: Keep, faults: readonly string[]): Promise<{ tls: TlsOptions; ca: string }> {
  const { authority, certificate, key } = await ownCertificates();
  const folder = await mkdtemp(join(tmpdir(), "gateproof-ca-"));
  keep({ close: () => rm(folder, { recursive: true, force: true }) });
  const ca = join(folder, "ca.pem");
  await writeFile(ca, authority);
  return { tls: { certificate, key, minVersion: minimumTlsVersion(faults) }, ca };
}

function mountProvider(
  front: Front,
  issuer: string,
  clock: ShiftableClock,
  clients: Parameters<typeof createOAuthProvider>[0]["clients"],
): OAuthProvider {
  const scopes = defaultProviders.flatMap((provider) => [...provider.scopes]);
  const provider = createOAuthProvider({ issuer, clock, clients, scopes });
  const upstream = createUpstream({ tokens: provider.introspect });
  front.mount((request, peer) =>
    new URL(request.url).pathname.startsWith("/api/")
      ? upstream.handler(request, peer)
      : provider.handler(request, peer),
  );
  return provider;
}

function activate(boards: { activate(fault: ActiveFault): void }, faults: readonly string[]): void {
  for (const fault of faults) boards.activate(parseFault(fault));
}

async function serveControl(host: string, port: number, keep: Keep, options: ControlOptions): Promise<RunningServer> {
  return keep(
    await serve(controlApi(options), { host: host === "127.0.0.1" || host === "::1" ? host : "127.0.0.1", port }),
  );
}
