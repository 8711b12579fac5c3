import { createHmac, randomBytes } from "node:crypto";

/** What a secret is, as far as a reader or a judge must know it. */
export type SecretKind =
  | "attestation"
  | "client-secret"
  | "ath-token"
  | "provider-token"
  | "provider-client-secret"
  | "code"
  | "code-verifier"
  | "cookie"
  | "credentials"
  | "configured"
  | "signature"
  | "jwt";

/**
 * Replaces secrets by placeholders `‹kind:digest:length›`. The digest is keyed with a key that lives as long as the run,
 * so that equal secrets stay recognisably equal and none can be guessed from the evidence.
 */
export interface Redactor {
  /** Makes a value a secret of this scope and of the scopes below it. Values under 6 characters are left alone. */
  secret(value: string, kind: SecretKind): void;
  /** Replaces every known secret: as it is, URL-encoded, JSON-escaped, and in base64. */
  scrub(source: string): string;
  /** The placeholder of a value. */
  placeholder(value: string, kind: SecretKind): string;
  /**
   * A scope that knows all this one knows. What it learns it keeps to itself, but for secrets that look like nothing
   * else: a target may repeat the token of one check in the answers to another.
   */
  scope(): Redactor;
}

const shortestSecret = 6;
/** Long, letters and digits: no word of a protocol that a target could make unreadable in every evidence of the run. */
const unmistakable = /^(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w+/-]{16,}$/;
/** Where unmistakable secrets may stand: the longest runs of their characters, and inside them those without base64's own. */
const runs = /[\w+/-]{16,}/g;
const innerRuns = /[\w-]{16,}/g;
/** More than a run makes; what a target adds above it is hidden in its own check only. */
const mostUnmistakable = 50_000;
/** What may hold attestations and other JWTs that nobody announced; the longest run, so that no text is looked at twice. */
const dotted = /[\w.-]{12,}/g;
const jwtBeginning = "eyJ";
const jwtHeader = /\beyJ[\w-]{8,}$/;
const placeholderPattern = /‹(?<kind>[a-z-]+):[0-9a-f]{12}:\d+›/g;

/** A redactor for one run, with a key of its own. */
export function createRedactor(key: Buffer = randomBytes(32)): Redactor {
  const placeholder = (value: string, kind: SecretKind) => {
    const digest = createHmac("sha256", key).update(value).digest("hex").slice(0, 12);
    return `‹${kind}:${digest}:${value.length}›`;
  };

  const ofRun = new Map<string, string>();
  const remember = (form: string, replacement: string) => {
    if (ofRun.size < mostUnmistakable && unmistakable.test(form)) ofRun.set(form, replacement);
  };
  const known = (found: string) => ofRun.get(found) ?? found;
  const scrubRun = (source: string) =>
    source.replace(runs, (run) =>
      run.includes("/") || run.includes("+") ? run.replace(innerRuns, known).replace(runs, known) : known(run),
    );
  const scrubJwts = (source: string) =>
    source.includes(jwtBeginning)
      ? source.replace(dotted, (found) => withoutJwts(found, (jwt) => placeholder(jwt, "jwt")))
      : source;

  const scoped = (parent: (source: string) => string): Redactor => {
    const replacements = new Map<string, string>();
    const scrubOwn = (source: string) => {
      if (source.length < shortestSecret) return source;
      let result = source;
      for (const [secret, replacement] of replacements) {
        if (result.includes(secret)) result = result.replaceAll(secret, () => replacement);
      }
      return parent(result);
    };
    return {
      secret(value, kind) {
        if (value.length < shortestSecret || replacements.has(value)) return;
        const replacement = placeholder(value, kind);
        for (const form of formsOf(value)) {
          if (!replacements.has(form)) replacements.set(form, replacement);
          remember(form, replacement);
        }
      },
      scrub: scrubOwn,
      placeholder,
      scope: () => scoped(scrubOwn),
    };
  };
  return scoped((source) => scrubRun(scrubJwts(source)));
}

/** Replaces `header.claims.signature` wherever a part looks like the header of a JWT; the signature may be empty. */
function withoutJwts(run: string, replaced: (jwt: string) => string): string {
  if (!run.includes(jwtBeginning)) return run;
  const parts = run.split(".");
  const written: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const [part = "", claims = "", signature] = parts.slice(index, index + 3);
    const start = part.search(jwtHeader);
    if (start === -1 || claims === "" || signature === undefined) {
      written.push(part);
      continue;
    }
    written.push(part.slice(0, start) + replaced([part.slice(start), claims, signature].join(".")));
    index += 2;
  }
  return written.join(".");
}

/** How a secret may look on its way. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  // A lone surrogate, which JSON can carry, has no URL form of its own: it goes as the replacement character.
  const wellFormed = bytes.toString("utf8");
  return [
    value,
    encodeURIComponent(wellFormed),
    JSON.stringify(value).slice(1, -1),
    base64,
    bytes.toString("base64url"),
  ];
}

/** The kinds of secrets that a redacted text speaks of, with the whole placeholders. */
export function placeholdersIn(redacted: string): readonly { readonly kind: string; readonly placeholder: string }[] {
  return [...redacted.matchAll(placeholderPattern)].map((match) => ({
    kind: match.groups?.["kind"] ?? "",
    placeholder: match[0],
  }));
}
