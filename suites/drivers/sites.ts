import { isIP } from "node:net";

/** Second-level names under which registries of countries sell names (`co.uk`, `com.cn`). */
const registryLabels = new Set(["ac", "co", "com", "edu", "go", "gov", "mil", "ne", "net", "or", "org"]);

/**
 * The part of a host's name that its owner registered; undefined for addresses and names of one label. Without the list
 * of public suffixes: the hosts are those that a user configured, and where the guess is wrong (two customers of one
 * hosting company) it takes two sites for one, which never fails a target.
 */
export function registrableDomain(host: string): string | undefined {
  const labels = host.split(".");
  if (labels.length < 2 || isIP(host.replace(/^\[|\]$/g, "")) !== 0) return undefined;
  const [second = "", top = ""] = labels.slice(-2);
  const size = labels.length > 2 && top.length === 2 && registryLabels.has(second) ? 3 : 2;
  return labels.slice(-size).join(".");
}

/** Whether a host in a URL is this machine. */
export function isLoopbackName(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}

/** Scheme and registrable domain: what decides whether a navigation crosses sites. Addresses and `localhost` are sites. */
export function siteOf(url: URL): string {
  return `${url.protocol}//${registrableDomain(url.hostname) ?? url.hostname}`;
}
