/** The code under test: what an agent does first. */
export async function providersOf(gateway: string): Promise<readonly string[]> {
  const response = await fetch(`${gateway}/.well-known/ath.json`, { signal: AbortSignal.timeout(2000) });
  if (!response.ok) throw new Error(`no directory: ${response.status}`);
  const directory: unknown = await response.json();
  if (typeof directory !== "object" || directory === null) throw new Error("the directory is no object");
  if (!("ath_version" in directory) || directory.ath_version !== "0.1") throw new Error("another version of ATH");
  if (!("supported_providers" in directory) || !Array.isArray(directory.supported_providers)) return [];
  return directory.supported_providers.map(({ provider_id }) => String(provider_id));
}
