/**
 * The choices that the nine-step handshake and the kit's binding leave to an implementor, as one conforming gateway makes
 * them. No value of any member breaks a requirement.
 */
export interface Character {
  readonly name: string;
  /** Below the origin, "" or with a leading slash. */
  readonly basePath: string;
  /** Of the endpoint, below the base. */
  readonly path: string;
  readonly correlation: "body" | "header" | "cookie";
  /** `bytes`: base64url, looked up by the bytes it stands for. */
  readonly ids: "uuid" | "bytes" | "digits" | "urn";
  readonly signature: "raw" | "der";
  /** How the gateway writes base64url: RFC 4648 § 5 has the padding, JOSE leaves it out. */
  readonly base64url: "bare" | "padded";
  readonly algorithms: readonly Algorithm[];
  readonly versions: readonly string[];
  /** How the gateway's keys are written down. */
  readonly pem: "of-openssl" | "narrow" | "one-line" | "crlf";
  readonly refusals: Refusals;
  /** What a message that is refused does to its handshake; a wrong proof ends it anyhow. */
  readonly badMessage: "leaves-handshake" | "ends-handshake";
  /** Whether an agent's next handshake supersedes the one before. */
  readonly handshakesOfAgent: "many" | "latest";
  /** Whether a nonce A may come twice. */
  readonly nonceA: "any" | "once";
  /** When the key of a DID is settled. */
  readonly keyKept: "at-hello" | "at-proof";
  readonly lifetimes: Lifetimes;
  readonly question: Question;
  readonly token: Token;
  readonly api: Api;
  readonly restrictions: "none" | "at-calls" | "at-scopes";
  /** Which of the systems' scopes are granted to agents at all. */
  readonly policy: "every-scope" | "all-but-the-last";
  /** How long every message takes, milliseconds. */
  readonly thinksMs: number;
  /** Members that no schema knows, in every answer. */
  readonly extras: Readonly<Record<string, unknown>>;
  readonly success: 200 | 201;
  readonly contentType: string;
  readonly audit: "none" | "flat" | "nested";
  /** What the operator lends to a test. */
  readonly hooks: "all" | "none";
}

export type Algorithm = "ES256" | "EdDSA";

interface Refusals {
  /** By the situation; what is not named is 400. */
  readonly statuses: Readonly<Partial<Record<Situation, number>>>;
  readonly code: (situation: Situation) => string;
  /** How a proof and a scope_request are refused: by a status, by a message that says no, or by both at once. */
  readonly form: "status" | "message" | "message-with-status";
}

export type Situation =
  | "malformed"
  | "too-large"
  | "unknown-handshake"
  | "not-due"
  | "stale"
  | "no-common-version"
  | "no-common-algorithm"
  | "bad-key"
  | "key-changed"
  | "nonce-used"
  | "bad-proof"
  | "bad-credential"
  | "nothing-granted"
  | "denied-by-user"
  | "not-answered"
  | "bad-exchange"
  | "bad-token"
  | "not-allowed"
  | "too-many"
  | "backend-failed"
  | "backend-cut-off";

interface Lifetimes {
  readonly tokenS: number;
  /** Taken off what the bounds would allow. */
  readonly marginS: number;
  /** When more is asked for than is ever granted. */
  readonly tooLong: "shortened" | "refused";
  readonly handshakeS: number;
}

interface Question {
  readonly answer: "post" | "response";
  /** What the user is asked about: everything the agent asks for, or what could be granted to it at all. */
  readonly about: "requested" | "grantable";
  /** What an approval of scopes nobody asked about is. */
  readonly unasked: "cut" | "no-answer";
  /** What an answer that does not count does to the request. */
  readonly wrong: "waits-on" | "ends-request";
  readonly livesS: number;
  /** How long the way to the user takes, milliseconds. */
  readonly pushedAfterMs: number;
}

interface Token {
  readonly header: Readonly<Record<string, unknown>>;
  readonly agentClaim: "sub" | "client_id";
  readonly scopes: "scopes-list" | "scope-text";
  readonly claims: Readonly<Record<string, unknown>>;
}

interface Api {
  /** What a path with dot segments gets. */
  readonly dotSegments: "refused" | "resolved" | "redirected";
  /** Calls of an agent in a minute; Infinity: no limit. */
  readonly perMinute: number;
  readonly retryAfter: "seconds" | "date";
  /** Failures in a row until a backend is left alone, and for how long; undefined: never. */
  readonly breaker: { readonly failures: number; readonly restS: number } | undefined;
  /** How the legacy systems get their data. */
  readonly backends: readonly ("json" | "form" | "form-with-json" | "soap-elements" | "soap-attributes")[];
  /** How the gateway proves itself to them. */
  readonly credential: "basic" | "signed-form" | "header";
  readonly bodyBytes: number;
}
