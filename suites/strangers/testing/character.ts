import type { Openings } from "./refusals.ts";

/**
 * The choices that ATH 0.1 leaves to an implementor, as one conforming gateway makes them. No value of any member breaks
 * a MUST or a SHOULD of the text.
 */
export interface Character {
  readonly name: string;
  /** Before services of others, or the one service itself with an API of its own. */
  readonly deployment: "gateway" | "native";
  readonly host: "127.0.0.1" | "localhost" | "[::1]";
  /** Below the origin, "" or with a leading slash. */
  readonly basePath: string;
  readonly openings: Openings;
  /** `table`: each code's own status. A number breaks ERR-2 and nothing else: every refusal has this status. */
  readonly refusalStatus: "table" | 400 | 403;
  /** `fitting`: 404, 405, 413 and 415 where HTTP has them. `malformed`: the code and status of a malformed request. */
  readonly plainHttp: "fitting" | "malformed";
  readonly wire: Wire;
  /** Of a registration, and of everything else that is granted. */
  readonly success: { readonly registered: 200 | 201; readonly granted: 200 | 201 };
  readonly approvals: Approvals;
  /** Members that no schema knows, in every granted answer and in every error. */
  readonly extras: Readonly<Record<string, unknown>>;
  readonly ids: "hex" | "uuid" | "base64url" | "urn";
  /** `long`: opaque, two thousand characters. */
  readonly tokens: "opaque" | "jwt" | "long";
  readonly expiresInS: number;
  readonly sessionS: number;
  readonly attestations: Attestations;
  /** When the attestation is looked at: before the body, before what is asked for is weighed, or after all of that. */
  readonly order: "attestation-first" | "body-first" | "attestation-last";
  readonly discovery: "none" | "lean" | "rich";
  readonly unknownProvider: "denied" | "refused-whole";
  readonly deniedEverything: "approved" | "denied" | "pending";
  /** An agent of an unwanted developer gets a registration that says so, or none. */
  readonly unwanted: "registered" | "refused";
  readonly redirectUris: "any-uri" | "web-only";
  readonly scopeLists: "as-asked" | "sorted";
  /** What of a message's headers goes through the proxy besides the content type. */
  readonly proxiedHeaders: "end-to-end" | "none";
  readonly status: "none" | "bearer-attestation" | "basic-client" | "attestation-header";
  readonly browser: BrowserWay;
  readonly bridge: Bridge;
  readonly code: "ignored" | "own" | "of-provider";
  readonly revocation: "always-200" | "refuses-strangers";
  readonly limits: Limits;
  readonly auditFormat: "jsonl" | "array" | "object";
}

interface Wire {
  readonly contentType: string;
  readonly errorType: string;
  /** `brief`: idle connections are closed after milliseconds. */
  readonly connection: "keep-alive" | "brief" | "close";
  /** Each answer waits up to so many milliseconds. */
  readonly delayMs: number;
  readonly framing: "length" | "chunked" | "until-close";
  readonly json: "compact" | "pretty";
  readonly headerNames: "capitals" | "lower-case";
  /** What stands at paths where nothing is. */
  readonly absent: "json" | "page";
  readonly messages: "opaque" | "telling";
}

interface Approvals {
  readonly order: "as-asked" | "reversed";
  /** What stands in denial_reason when nothing was denied. */
  readonly noReason: "absent" | "null";
  readonly expires: "date" | "date-time" | "with-offset";
  readonly lifeS: number;
}

interface Attestations {
  /** 0: each document is fetched for each call; 300 is the most the text allows. */
  readonly cacheS: number;
  /** For how long a failed fetch is not tried again. */
  readonly failureS: number;
  /** When a jti is used up: as soon as it is read, or once everything about the attestation was found right. */
  readonly jti: "when-read" | "when-verified";
  readonly audience: "exact" | "slash-too";
  readonly issuer: "agent-id" | "origin-too" | "any";
  readonly headerKeys: "ignored" | "refused";
  /** `host-root`: documents only at /.well-known/agent.json of a host (the documented pattern). */
  readonly documents: "anywhere" | "host-root";
}

interface BrowserWay {
  /** What authorization_url leads to; all but the last two end at the provider. */
  readonly entry: "one-hop" | "roundabout" | "link" | "consent-then-provider" | "consent-only" | "login-and-consent";
  /** How the user refuses on a consent page. */
  readonly refusing: "button" | "chinese-button" | "link" | "choice";
  readonly cookie: "of-browser" | "of-session";
  readonly state: "random" | "jwt";
  /** Who owns a session that two browsers open. */
  readonly binding: "last-browser" | "first-browser";
  readonly afterCallback: "straight" | "one-more-hop";
  readonly denied: "redirect" | "page-200";
  readonly refusedCallback: "json" | "page-400";
  /** Whether a callback from a wrong browser uses up the state. */
  readonly wrongBrowser: "state-lives" | "state-dies";
}

interface Bridge {
  readonly redeem: "at-callback" | "at-exchange";
  readonly clientAuthentication: "basic" | "post";
  readonly refresh: "ahead" | "on-401";
  readonly user: "token-sub" | "userinfo";
  readonly resource: "passed" | "dropped";
}

interface Limits {
  readonly bodyBytes: number;
  readonly tooLarge: "close-at-once" | "read-to-the-end";
  readonly depth: number;
  readonly memberNames: "any" | "no-prototype-names" | "known-only";
  /** Calls of one agent in a minute. */
  readonly perMinute: number;
  readonly retryAfter: "seconds" | "date";
  /** The least length of an agent's state. */
  readonly stateLength: number;
}
