import { isUtf8 } from "node:buffer";
import { header, type Party, type Purpose } from "../engine/evidence.ts";
import type { ConsentDriver, Navigation } from "./consent/consent-driver.ts";
import { type Cookies, createCookies } from "./cookies.ts";
import type { Reply } from "./reply.ts";
import { siteOf } from "./sites.ts";
import type { Journey } from "./user.ts";
import type { Wire } from "./wire.ts";

export interface BrowserOptions {
  readonly wire: Wire;
  /** The target's base URL. */
  readonly base: string;
  /** True for pages of the kit where a browser lands. */
  readonly isLanding: (url: URL) => boolean;
  /** Origin of the kit's provider, when it stands behind the target. */
  readonly providerOrigin?: string;
  /** Callback endpoints of the target as they become known (origin and path); shared by the browsers of a check. */
  readonly callbacks: Set<string>;
  /** Milliseconds since the epoch, for cookies that end. */
  readonly now: () => number;
}

interface WalkOptions {
  readonly start: string;
  /** Gives consent on the way; without one the browser only follows redirects. */
  readonly driver?: ConsentDriver;
  /** Stop when the next step is the target's callback. */
  readonly stopAtCallback?: true;
}

/** A browser-like user agent: one cookie jar, redirects followed by hand, every hop recorded. */
export interface Browser {
  readonly cookies: Cookies;
  walk(options: WalkOptions): Promise<Journey>;
}

const mostHops = 20;

export function createBrowser(options: BrowserOptions): Browser {
  const cookies = createCookies(options.now);
  return { cookies, walk: (walk) => new Walk(options, cookies, walk).run() };
}

/** One walk, from a URL to where the redirects end. */
class Walk {
  readonly #browser: BrowserOptions;
  readonly #cookies: Cookies;
  readonly #options: WalkOptions;
  readonly #targetOrigin: string;
  readonly #hops: Reply[] = [];
  /** Requests already made; the same one with the same cookies again is a loop. */
  readonly #seen = new Set<string>();
  #finalUrl: string;
  #last: Reply | undefined;
  #providerUrl: string | undefined;
  #callbackUrl: string | undefined;
  #landed = false;
  /** The user's decision went into a page, and what came of it asks nothing more. */
  #answered = false;
  #takenOver = false;
  /** The site of the page whose form or link led on; undefined while the user's own step is being redirected. */
  #initiator: string | undefined;

  constructor(browser: BrowserOptions, cookies: Cookies, options: WalkOptions) {
    this.#browser = browser;
    this.#cookies = cookies;
    this.#options = options;
    this.#targetOrigin = new URL(browser.base).origin;
    this.#finalUrl = options.start;
  }

  async run(): Promise<Journey> {
    const { start, driver } = this.#options;
    if (driver?.replaceWalk !== undefined && URL.canParse(start)) {
      const landed = await driver.replaceWalk(new URL(start));
      if (landed !== undefined) this.#land(landed);
      return this.#journey();
    }
    let next: Navigation | undefined = { url: start, method: "GET" };
    while (next !== undefined && this.#hops.length < mostHops) next = await this.#step(next);
    driver?.finish?.();
    return this.#journey();
  }

  async #step(navigation: Navigation): Promise<Navigation | undefined> {
    const { driver, stopAtCallback } = this.#options;
    this.#finalUrl = navigation.url;
    const url = httpUrl(navigation.url);
    // A custom scheme opens the agent's app: the end of the walk.
    if (url === undefined) return undefined;
    this.#finalUrl = url.href;
    if (isAuthorizationRequest(url)) this.#providerUrl = url.href;
    if (this.#callbackUrl === undefined && this.#isCallback(url)) {
      this.#callbackUrl = url.href;
      this.#browser.callbacks.add(endpoint(url));
      if (stopAtCallback) {
        this.#last = undefined;
        return undefined;
      }
    }
    const atProvider = this.#providerUrl === url.href && url.origin !== this.#targetOrigin;
    if (atProvider && this.#mayBeTakenOver()) return this.#takeOver(url);

    const reply = await this.#request(url, navigation);
    if (reply === undefined) return undefined;
    const location = redirectOf(reply, url);
    if (location !== undefined) {
      const keepsMethod = reply.status === 307 || reply.status === 308;
      return keepsMethod ? { ...navigation, url: location } : { url: location, method: "GET" };
    }
    if (driver === undefined || this.#callbackUrl !== undefined || reply.status === 0) return undefined;
    if (this.#mayBeTakenOver()) return this.#takeOver(url);
    this.#initiator = siteOf(url);
    const next = await driver.next?.({ url, reply });
    this.#answered = next === undefined && reply.status < 300 && (driver.decided?.() ?? false);
    return next;
  }

  async #request(url: URL, { method, form }: Navigation): Promise<Reply | undefined> {
    const crossSite = this.#initiator !== undefined && this.#initiator !== siteOf(url);
    const cookie = this.#cookies.headerFor(url, { crossSite, method });
    const step = `${method} ${url.href} ${form ?? ""} ${cookie ?? ""}`;
    if (this.#seen.has(step)) return undefined;
    this.#seen.add(step);
    const reply = await this.#browser.wire.send({
      from: "user",
      ...this.#classify(url),
      method,
      url: `${url.origin}${url.pathname}${url.search}`,
      headers: [
        ["User-Agent", "Mozilla/5.0 (compatible; Gateproof)"],
        ["Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"],
        ...(cookie === undefined ? [] : [["Cookie", cookie] as const]),
        ...(form === undefined ? [] : [["Content-Type", "application/x-www-form-urlencoded"] as const]),
        ...Object.entries(this.#options.driver?.headersFor?.(url) ?? {}),
      ],
      ...(form === undefined ? {} : { body: Buffer.from(form) }),
    });
    this.#cookies.keep(url, reply.exchange.response?.headers ?? []);
    this.#hops.push(reply);
    this.#last = reply;
    return reply;
  }

  #mayBeTakenOver(): boolean {
    return this.#options.driver?.takeOver !== undefined && !this.#takenOver && this.#callbackUrl === undefined;
  }

  async #takeOver(at: URL): Promise<Navigation | undefined> {
    this.#takenOver = true;
    const { redirect, landed } = (await this.#options.driver?.takeOver?.(at)) ?? {};
    if (landed !== undefined) this.#land(landed);
    return redirect && { url: redirect.href, method: "GET" };
  }

  #land(url: URL): void {
    this.#landed = true;
    this.#finalUrl = url.href;
  }

  /** A target with a consent page of its own may send the browser straight back, with no callback on the way. */
  #endedAtLanding(): boolean {
    const url = httpUrl(this.#finalUrl);
    return url !== undefined && this.#last !== undefined && this.#browser.isLanding(url);
  }

  #isCallback(url: URL): boolean {
    const { callbacks } = this.#browser;
    if (callbacks.has(endpoint(url))) return true;
    const announced = this.#providerUrl && new URL(this.#providerUrl).searchParams.get("redirect_uri");
    if (announced && URL.canParse(announced) && endpoint(new URL(announced)) === endpoint(url)) return true;
    return url.origin === this.#targetOrigin && url.pathname.endsWith("/ath/callback");
  }

  #classify(url: URL): { readonly to: Party; readonly purpose: Purpose } {
    if (this.#isCallback(url)) return { to: "target", purpose: "callback" };
    if (this.#browser.isLanding(url)) return { to: "identity-host", purpose: "landing" };
    if (this.#providerUrl === url.href) return { to: "provider", purpose: "provider-authorize" };
    if (url.origin === this.#targetOrigin) return { to: "target", purpose: "browse" };
    const providerOrigin = this.#browser.providerOrigin ?? (this.#providerUrl && new URL(this.#providerUrl).origin);
    return { to: url.origin === providerOrigin ? "provider" : "other", purpose: "browse" };
  }

  #journey(): Journey {
    const urls = [...this.#hops.map(({ exchange }) => exchange.request.url), this.#finalUrl];
    const afterCallback =
      this.#callbackUrl === undefined ? urls.slice(-1) : urls.slice(urls.indexOf(this.#callbackUrl) + 1);
    const code = [...afterCallback.toReversed(), this.#callbackUrl ?? ""]
      .map((url) => (URL.canParse(url) ? new URL(url).searchParams.get("code") : null))
      .find((found) => found !== null && found !== "");
    return {
      hops: this.#hops,
      returned: this.#callbackUrl !== undefined || this.#landed || this.#answered || this.#endedAtLanding(),
      finalUrl: this.#finalUrl,
      ...(this.#providerUrl === undefined ? {} : { providerUrl: this.#providerUrl }),
      ...(this.#callbackUrl === undefined ? {} : { callbackUrl: this.#callbackUrl }),
      ...(this.#last === undefined || this.#landed ? {} : { last: this.#last }),
      ...(code ? { code } : {}),
    };
  }
}

/** An OAuth authorization request, pushed ones included (RFC 6749 § 4.1.1, RFC 9126). */
function isAuthorizationRequest({ searchParams }: URL): boolean {
  const carries = searchParams.get("response_type") === "code" || searchParams.has("request_uri");
  return carries && searchParams.has("client_id");
}

function endpoint(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function httpUrl(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed : undefined;
}

/** Where a redirect leads, resolved; undefined when the answer is none. */
function redirectOf({ exchange: { response } }: Reply, from: URL): string | undefined {
  if (response === null || ![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const raw = header(response, "location");
  if (raw === undefined) return undefined;
  // Browsers read bytes beyond ASCII in Location as UTF-8; Node hands them over as Latin-1.
  const bytes = Buffer.from(raw, "latin1");
  const location = isUtf8(bytes) ? bytes.toString("utf8") : raw;
  return URL.canParse(location, from.href) ? new URL(location, from).href : location;
}
