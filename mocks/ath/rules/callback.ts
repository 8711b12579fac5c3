import { sameText } from "../random.ts";
import type { Session } from "../state.ts";

/** The browser's cookies by name. */
export type Cookies = ReadonlyMap<string, string>;

/** What the agent's redirect URI is told. */
export interface ReturnParameters {
  readonly ath_session_id: string;
  readonly code?: string;
  readonly state?: string;
  readonly error?: string;
}

/** How the browser's way through consent is judged, from `<base>/ath/consent/…` to the agent's redirect URI. */
export interface CallbackRules {
  /**
   * AUTHZ-12: the Set-Cookie value that binds the browser; `secure` when our public URL is https. How long a session lives
   * is `session.isAlive` alone, so the cookie names no age.
   */
  "callback.bindingCookie": (input: {
    readonly name: string;
    readonly value: string;
    /** Below which the browser sends it back. */
    readonly path: string;
    readonly secure: boolean;
  }) => string;
  /** CB-1: the session that the provider's answer belongs to, by the state we sent. */
  "callback.session": (input: {
    readonly state: string | undefined;
    readonly cookies: Cookies;
    /** ath_session_id by the state that we sent. */
    readonly providerStates: ReadonlyMap<string, string>;
    /** By id, oldest first. */
    readonly sessions: ReadonlyMap<string, Session>;
  }) => Session | undefined;
  /** AUTHZ-12: the browser that comes back is the one that was sent to consent. */
  "callback.browserIsBound": (input: { readonly cookies: Cookies; readonly session: Session }) => boolean;
  /** TOK-7: the session is not older than its lifetime; asked at consent, callback and token. `now` in milliseconds. */
  "session.isAlive": (input: { readonly session: Session; readonly now: number }) => boolean;
  /** CB-1, CB-2: the session still waits for the provider's answer; a used state or a denial ends that. */
  "callback.isOpen": (input: { readonly session: Session }) => boolean;
  /** CB-3: where the browser goes afterwards; undefined: it stays, on a page of ours. */
  "callback.returnUrl": (input: {
    readonly userRedirectUri: string | undefined;
    /** The redirect URIs of the session's agent. */
    readonly registered: readonly string[];
    readonly parameters: ReturnParameters;
  }) => string | undefined;
}

const cookiePrefix = "ath_browser_";

/** The cookie that binds a browser to this session; a browser may be in several at once. */
export function bindingCookieName(session: Session): string {
  return `${cookiePrefix}${session.consentId.slice(0, 12)}`;
}

/** Whether a cookie binds the browser to some session. */
export function isBindingCookie(name: string): boolean {
  return name.startsWith(cookiePrefix);
}

export const honestCallback: CallbackRules = {
  "callback.bindingCookie": ({ name, value, path, secure }) =>
    `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`,
  "callback.session": ({ state, providerStates, sessions }) => sessions.get(providerStates.get(state ?? "") ?? ""),
  "callback.browserIsBound": ({ cookies, session }) => {
    const cookie = cookies.get(bindingCookieName(session));
    return cookie !== undefined && session.binding !== undefined && sameText(cookie, session.binding);
  },
  "session.isAlive": ({ session, now }) => now < session.expiresAt,
  "callback.isOpen": ({ session }) => session.status === "waiting",
  "callback.returnUrl": ({ userRedirectUri, parameters }) => {
    if (userRedirectUri === undefined) return undefined;
    const url = new URL(userRedirectUri);
    const added = new URLSearchParams({ ...parameters }).toString();
    url.search = url.search === "" ? added : `${url.search}&${added}`;
    return url.href;
  },
};
