import { isJsonObject } from "../../schemas/schema-type.ts";
import { createHttpClient } from "../../suites/drivers/http-client.ts";
import type { ProviderSettings, Settings } from "../../suites/drivers/settings.ts";

/** A directory of more than this is cut: the checks use the first two. */
const mostProviders = 20;

/**
 * The providers that a gateway publishes in its directory (ATH 0.1 client/discovery § Mode 2), for a run whose
 * configuration names none. Empty when it publishes none or does not answer, which the first contact of the run reports.
 * Which operations a scope allows the directory does not say, so checks of those stay not-tested.
 */
export async function detectProviders({ target, timeoutMs }: Settings): Promise<readonly ProviderSettings[]> {
  const client = createHttpClient({
    timeoutMs,
    ...(target.ca !== undefined && { ca: target.ca }),
    ...(target.insecure && { insecureHost: new URL(target.url).hostname }),
  });
  try {
    const url = `${target.url}/.well-known/ath.json`;
    const headers = Object.entries(target.headers);
    const { response } = await client.exchange({ method: "GET", url, headers, body: Buffer.alloc(0) });
    return response?.status === 200 ? providersIn(response.body.toString("utf8")) : [];
  } finally {
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
    const { provider_id: id, available_scopes: offered } = entry;
    if (typeof id !== "string" || id === "" || found.has(id) || !Array.isArray(offered)) continue;
    const scopes = offered.filter((scope) => typeof scope === "string" && scope !== "");
    found.set(id, { id, scopes, operations: {}, unmapped: [] });
  }
  return [...found.values()];
}

function parsed(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
