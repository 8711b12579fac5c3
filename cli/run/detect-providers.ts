import { isJsonObject } from "../../schemas/schema-type.ts";
import { createHttpClient } from "../../suites/drivers/http-client.ts";
import type { ProviderSettings, Settings } from "../../suites/drivers/settings.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";

/** A directory of more than this is cut: the checks use the first two. */
const mostProviders = 20;

/** Where the targets of a profile publish what they offer, and how it is read; other profiles know no providers. */
const publishing: Partial<Record<RunnableProfile, { readonly path: string; readonly read: typeof providersIn }>> = {
  "ath-gateway": { path: "/.well-known/ath.json", read: providersIn },
  "ath-native": { path: "/.well-known/ath-app.json", read: appIn },
};

/**
 * The providers that a gateway publishes in its directory, or the app that a native service is (ATH 0.1 client/discovery
 * § Mode 2, § Mode 3), for a run whose configuration names none. Empty when the target publishes none or does not answer,
 * which the first contact of the run reports. Which operations a scope allows is not published, so checks of those stay
 * not-tested.
 */
export async function detectProviders(
  { target, timeoutMs }: Settings,
  profile: RunnableProfile,
  signal?: AbortSignal,
): Promise<readonly ProviderSettings[]> {
  const published = publishing[profile];
  if (published === undefined) return [];
  if (signal?.aborted) return [];
  const client = createHttpClient({
    timeoutMs,
    ...(target.ca !== undefined && { ca: target.ca }),
    ...(target.insecure && { insecureHost: new URL(target.url).hostname }),
  });
  // Closing the client ends the exchange that is under way, as an interruption should.
  signal?.addEventListener("abort", client.close, { once: true });
  try {
    const url = target.url + published.path;
    const headers = Object.entries(target.headers);
    const { response } = await client.exchange({ method: "GET", url, headers, body: Buffer.alloc(0) });
    return response?.status === 200 ? published.read(response.body.toString("utf8")) : [];
  } finally {
    signal?.removeEventListener("abort", client.close);
    client.close();
  }
}

/** The usable providers of a directory, whatever else is in it. */
export function providersIn(directory: string): readonly ProviderSettings[] {
  const listed = parsed(directory)?.["supported_providers"];
  if (!Array.isArray(listed)) return [];
  const found = new Map<string, ProviderSettings>();
  for (const entry of listed) {
    if (!isJsonObject(entry) || found.size === mostProviders) continue;
    const provider = providerOf(entry["provider_id"], entry["available_scopes"]);
    if (provider !== undefined && !found.has(provider.id)) found.set(provider.id, provider);
  }
  return [...found.values()];
}

/** The app that a service's document describes, as the one provider that it is. */
export function appIn(document: string): readonly ProviderSettings[] {
  const service = parsed(document);
  const auth = service?.["auth"];
  const app = providerOf(service?.["app_id"], isJsonObject(auth) ? auth["scopes_supported"] : undefined);
  return app === undefined ? [] : [app];
}

function providerOf(id: unknown, offered: unknown): ProviderSettings | undefined {
  if (typeof id !== "string" || id === "" || !Array.isArray(offered)) return undefined;
  const scopes = offered.filter((scope) => typeof scope === "string" && scope !== "");
  return { id, scopes, operations: {}, unmapped: [] };
}

function parsed(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nobody has to configure what the target says of itself. */
export async function withProviders(
  settings: Settings,
  profile: RunnableProfile,
  signal?: AbortSignal,
): Promise<Settings> {
  return settings.providers.length > 0
    ? settings
    : { ...settings, providers: await detectProviders(settings, profile, signal) };
}
