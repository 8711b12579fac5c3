import type { Cookies } from "../rules/callback.ts";

/** The cookies of a request by name; of a repeated name the first counts (RFC 6265 § 5.4: the most specific path). */
export function cookiesOf(request: Request): Cookies {
  const cookies = new Map<string, string>();
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at === -1) continue;
    const name = pair.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}
