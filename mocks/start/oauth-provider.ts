import type { ShiftableClock } from "../core/clock.ts";
import { shiftableClock } from "../core/clock.ts";
import { joinedFaultBoards } from "../core/fault-board.ts";
import { wireFaults } from "../core/wire-faults.ts";
import { defaultProviders } from "../defaults.ts";
import { createOAuthProvider, type OAuthProvider } from "../oauth-provider/provider.ts";
import { createUpstream } from "../upstream/upstream.ts";
import {
  activate,
  type Front,
  type Keep,
  listen,
  type ReadyLine,
  randomOf,
  type Started,
  type StartOptions,
  serveControl,
} from "./common.ts";

/** The OAuth provider alone, with the echo API behind it. */
export async function startOAuthProvider(options: StartOptions, keep: Keep): Promise<Started> {
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
  return { ready, clock, controls: control.controls, provider, clientSecret: secret };
}

/** Puts a provider and its echo API at an address. */
export function mountProvider(
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
