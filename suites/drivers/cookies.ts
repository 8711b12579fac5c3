import { parseSetCookie, type Cookie as SetCookie } from "set-cookie-parser";
import type { HeaderList } from "../engine/evidence.ts";
import { isLoopbackName, registrableDomain } from "./sites.ts";
import type { User } from "./user.ts";

/** The cookies of one browser. */
export interface Cookies {
  /** Keeps what an answer sets. */
  keep(url: URL, headers: HeaderList): void;
  /** The Cookie header for a navigation; undefined when there is none. `crossSite`: another site led here. */
  headerFor(url: URL, how: { readonly crossSite: boolean; readonly method: string }): string | undefined;
  list(url: string): ReturnType<User["cookies"]>;
}

type SameSite = "strict" | "lax" | "none";

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Only the host that set it gets it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SameSite;
  /** Milliseconds since the epoch; infinite for a session's cookie. */
  readonly expires: number;
}

/** What browsers keep at most: of one cookie (RFC 6265bis § 5.7), and of all together. */
const mostCharacters = 4096;
const mostCookies = 500;

/**
 * Behaves as browsers do (RFC 6265bis § 5.7, § 5.8), SameSite and cookie prefixes included. `now` gives milliseconds since
 * the epoch. A cookie without SameSite is carried everywhere: browsers do not agree on another default.
 */
export function createCookies(now: () => number = Date.now): Cookies {
  // In the order in which they were first set.
  const jar = new Map<string, Cookie>();

  const keep = (cookie: Cookie, url: URL): void => {
    if (!isTrustworthy(url) && hidesSecure(cookie, jar.values())) return;
    const key = JSON.stringify([cookie.domain, cookie.hostOnly, cookie.path, cookie.name]);
    if (cookie.expires <= now()) {
      jar.delete(key);
      return;
    }
    jar.set(key, cookie);
    const [oldest] = jar.keys();
    if (jar.size > mostCookies && oldest !== undefined) jar.delete(oldest);
  };

  // Longer paths first (RFC 6265bis § 5.8.3); the sort keeps the order of those that are as long.
  const find = (url: URL, carried: readonly SameSite[]): readonly Cookie[] =>
    [...jar.values()]
      .filter((cookie) => cookie.expires > now() && carried.includes(cookie.sameSite) && belongs(cookie, url))
      .sort((one, other) => other.path.length - one.path.length);

  return {
    keep(url, headers) {
      for (const [name, value] of headers) {
        if (name.toLowerCase() !== "set-cookie") continue;
        // One field is one cookie: a comma in it separates nothing.
        const [set] = parseSetCookie(value, { decodeValues: false, split: false, silent: true });
        const cookie = set && cookieOf(set, url, now());
        if (cookie !== undefined) keep(cookie, url);
      }
    },
    headerFor(url, { crossSite, method }) {
      // Cross-site navigations carry Lax cookies with safe methods only (RFC 6265bis § 5.2).
      const foreign: readonly SameSite[] = method === "GET" ? ["lax", "none"] : ["none"];
      const cookies = find(url, crossSite ? foreign : ["strict", "lax", "none"]);
      if (cookies.length === 0) return undefined;
      return cookies.map(({ name, value }) => (name === "" ? value : `${name}=${value}`)).join("; ");
    },
    list(url) {
      return find(new URL(url), ["strict", "lax", "none"]).map(({ name, httpOnly, secure, path }) => ({
        name,
        httpOnly,
        secure,
        path,
      }));
    },
  };
}

/** What a browser makes of a Set-Cookie of this page; undefined when it ignores it (RFC 6265bis § 5.7). */
function cookieOf(set: SetCookie, url: URL, now: number): Cookie | undefined {
  const { name, value, path, secure = false, httpOnly = false } = set;
  if (name.length + value.length > mostCharacters || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(name + value)) return;
  const place = placeOf(set.domain, url.hostname);
  if (place === undefined || (secure && !isTrustworthy(url))) return;
  const cookie = {
    name,
    value,
    ...place,
    path: path?.startsWith("/") ? path : defaultPath(url),
    secure,
    httpOnly,
    sameSite: sameSiteOf(set.sameSite),
    expires: expiryOf(set, now),
  };
  return keepsPrefix(cookie, path) ? cookie : undefined;
}

/** Where a cookie goes back to; undefined when this host may not set it for that domain. */
function placeOf(attribute: string | undefined, host: string): Pick<Cookie, "domain" | "hostOnly"> | undefined {
  const domain = (attribute ?? "").replace(/^\./, "").toLowerCase();
  const registrable = registrableDomain(host);
  if (domain === "" || (domain === host && registrable === undefined)) return { domain: host, hostOnly: true };
  if (registrable === undefined || !isWithin(host, domain) || !isWithin(domain, registrable)) return undefined;
  return { domain, hostOnly: false };
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function sameSiteOf(attribute: string | undefined): SameSite {
  const said = attribute?.toLowerCase();
  return said === "strict" || said === "lax" ? said : "none";
}

/** Max-Age before Expires (RFC 6265bis § 5.7). */
function expiryOf({ maxAge, expires }: SetCookie, now: number): number {
  if (maxAge !== undefined) return maxAge <= 0 ? Number.NEGATIVE_INFINITY : now + maxAge * 1000;
  return expires?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** Whether a cookie has what the prefix of its name promises (RFC 6265bis § 5.7; nameless ones cannot pretend). */
function keepsPrefix({ name, value, secure, hostOnly }: Cookie, path: string | undefined): boolean {
  const said = (name === "" ? value : name).toLowerCase();
  if (!/^__(?:secure|host)-/.test(said)) return true;
  if (name === "" || !secure) return false;
  return said.startsWith("__secure-") || (hostOnly && path === "/");
}

/** An insecure page cannot put a cookie in the place of a secure one (RFC 6265bis § 5.7). */
function hidesSecure(cookie: Cookie, others: Iterable<Cookie>): boolean {
  for (const other of others) {
    const sameHosts = isWithin(other.domain, cookie.domain) || isWithin(cookie.domain, other.domain);
    if (other.secure && other.name === cookie.name && sameHosts && pathMatches(cookie.path, other.path)) return true;
  }
  return false;
}

/** Where Secure cookies travel: over TLS, and to this machine itself, as in browsers. */
function isTrustworthy(url: URL): boolean {
  return url.protocol === "https:" || isLoopbackName(url.hostname);
}

function belongs({ domain, hostOnly, path, secure }: Cookie, url: URL): boolean {
  const host = hostOnly ? url.hostname === domain : isWithin(url.hostname, domain);
  return host && pathMatches(url.pathname, path) && (!secure || isTrustworthy(url));
}

/** RFC 6265bis § 5.1.4. */
function pathMatches(path: string, of: string): boolean {
  return path === of || path.startsWith(of.endsWith("/") ? of : `${of}/`);
}

function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, pathname.lastIndexOf("/")) || "/";
}
