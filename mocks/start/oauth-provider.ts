import type { ShiftableClock } from "../core/clock.ts";
import type { Keep } from "../core/keeping.ts";
import { defaultProviders } from "../defaults.ts";
import { createOAuthProvider, type OAuthProvider } from "../oauth-provider/provider.ts";
import { createUpstream } from "../upstream/upstream.ts";
import type { Started, StartOptions } from "./common.ts";
import type { Front } from "./front.ts";
import { present, stageOf } from "./present.ts";

/** The OAuth provider alone, with the echo API behind it. */
export async function startOAuthProvider(options: StartOptions, keep: Keep): Promise<Started> {
  const stage = await stageOf(options, keep);
  const { front, publicUrl, clock, random } = stage;
  const clientSecret = random.text(24);
  const provider = mountProvider(front, publicUrl, clock, [{ client_id: "client", client_secret: clientSecret }]);
  const { consent, tokens, reset } = provider;
  const presented = await present(stage, {
    mock: "oauth-provider",
    name: "the OAuth provider",
    boards: [provider.book],
    requests: provider.requests,
    controls: { consent, tokens, reset },
    ready: { client_id: "client", client_secret: clientSecret },
  });
  return { ...presented, provider, clientSecret };
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
