import { type Cookie, CookieJar, getPublicSuffix } from "tough-cookie";
import type { HeaderList } from "../engine/evidence.ts";
import type { User } from "./user.ts";

/** The cookies of one browser. */
export interface Cookies {
  /** Keeps what an answer sets. */
  keep(url: URL, headers: HeaderList): void;
  /** The Cookie header for a navigation; undefined when there is none. `crossSite`: another site led here. */
  headerFor(url: URL, how: { readonly crossSite: boolean; readonly method: string }): string | undefined;
  list(url: string): ReturnType<User["cookies"]>;
}

/** Behaves as browsers do (RFC 6265bis), SameSite and cookie prefixes included; loopback hosts count as sites. */
export function createCookies(): Cookies {
  const jar = new CookieJar(undefined, { looseMode: true, rejectPublicSuffixes: false, prefixSecurity: "silent" });
  const find = (url: string, sameSiteContext: "strict" | "lax" | "none"): readonly Cookie[] =>
    jar.getCookiesSync(url, { sameSiteContext });
  return {
    keep(url, headers) {
      for (const [name, value] of headers) {
        if (name.toLowerCase() === "set-cookie") jar.setCookieSync(value, url.href, { ignoreError: true });
      }
    },
    headerFor(url, { crossSite, method }) {
      // Cross-site navigations carry Lax cookies with safe methods only (RFC 6265bis § 5.2).
      const context = crossSite ? (method === "GET" ? "lax" : "none") : "strict";
      const cookies = find(url.href, context);
      return cookies.length === 0 ? undefined : cookies.map((cookie) => cookie.cookieString()).join("; ");
    },
    list(url) {
      return find(url, "strict").map(({ key, httpOnly, secure, path }) => ({
        name: key,
        httpOnly,
        secure,
        path: path ?? "/",
      }));
    },
  };
}

/** Scheme and registrable domain: what decides whether a navigation crosses sites. */
export function siteOf(url: URL): string {
  const registrable = getPublicSuffix(url.hostname, { allowSpecialUseDomain: true, ignoreError: true });
  return `${url.protocol}//${registrable ?? url.hostname}`;
}
