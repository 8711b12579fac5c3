import { createHmac, randomBytes } from "node:crypto";
import { base64FormsOf, hexFormsOf, viewsOf } from "./disguises.ts";
import { createSecretIndex, type Found, type SecretIndex, shortestIndexed } from "./secret-index.ts";
import { isUnmistakable } from "./unmistakable.ts";

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
  /**
   * Makes a value that the kit holds a secret of this scope and of the scopes below it. Values under 6 characters are left
   * alone.
   */
  secret(value: string, kind: SecretKind): void;
  /**
   * The same of what the target calls a secret, which may be anything and any number: only so many are learned of a check
   * and of a run. False when it was one too many.
   */
  overheard(value: string, kind: SecretKind): boolean;
  /** Replaces every known secret: as it is, behind escapes of URLs, JSON and HTML or several of them, in base64 and in hex. */
  scrub(source: string): string;
  /** The placeholder of a value. */
  placeholder(value: string, kind: SecretKind): string;
  /**
   * A scope that knows all this one knows. What it learns it keeps to itself, but for secrets that look like nothing
   * else: a target may repeat the token of one check in the answers to another.
   */
  scope(): Redactor;
}

/** More than honest targets make; what a target adds above it is hidden where it is called a secret. */
const mostOverheard = { check: 400, run: 8000 };
/** What may hold attestations and other JWTs that nobody announced; the longest run, so that no text is looked at twice. */
const dotted = /[\w.-]{12,}/g;
const jwtHeader = /\beyJ[\w-]{8,}$/;
const placeholderPattern = /‹(?<kind>[a-z-]+):[0-9a-f]{12}:\d+›/g;

/** A secret, and its placeholder once it was needed. */
interface Secret {
  readonly value: string;
  readonly kind: SecretKind;
  placeholder?: string;
}

/** What a form of a secret means where it is found. */
interface Form {
  readonly secret: Secret;
  /** In base64 the characters beside it tell some of its bits. */
  readonly inBase64: boolean;
}

/** How many more secrets may be learned from the target. */
interface Budget {
  left: number;
}

/** A redactor for one run, with a key of its own. */
export function createRedactor(key: Buffer = randomBytes(32)): Redactor {
  const placeholder = (value: string, kind: SecretKind) => {
    const digest = createHmac("sha256", key).update(value).digest("hex").slice(0, 12);
    return `‹${kind}:${digest}:${value.length}›`;
  };
  const shown = (secret: Secret) => {
    secret.placeholder ??= placeholder(secret.value, secret.kind);
    return secret.placeholder;
  };

  const ofRun = createSecretIndex<Form>();
  const budgetOfRun: Budget = { left: mostOverheard.run };

  const scoped = (above: readonly SecretIndex<Form>[], budget: Budget): Redactor => {
    const own = createSecretIndex<Form>();
    const known = new Map<string, Secret>();
    const indexes = [own, ...above];
    const learn = (value: string, kind: SecretKind, plain = plainFormsOf(value), packed = base64FormsOf(value)) => {
      const secret: Secret = { value, kind };
      known.set(value, secret);
      for (const index of isUnmistakable(value) ? [own, ofRun] : [own]) {
        for (const form of plain) index.add(form, { secret, inBase64: false });
        for (const form of packed) index.add(form, { secret, inBase64: true });
      }
    };
    return {
      secret(value, kind) {
        if (value.length >= shortestIndexed && !known.has(value)) learn(unsliced(value), kind);
      },
      overheard(value, kind) {
        if (value.length < shortestIndexed || known.has(value)) return true;
        const isOfRun = isUnmistakable(value);
        if (budget.left <= 0 || (isOfRun && budgetOfRun.left <= 0)) return false;
        const whole = unsliced(value);
        const plain = plainFormsOf(whole);
        const packed = base64FormsOf(whole);
        const crowds = (index: SecretIndex<Form>) => [...plain, ...packed].some(index.isCrowded);
        if (crowds(own) || (isOfRun && crowds(ofRun))) return false;
        budget.left -= 1;
        if (isOfRun) budgetOfRun.left -= 1;
        learn(whole, kind, plain, packed);
        return true;
      },
      scrub: (source) => withoutJwts(withoutSecrets(source, indexes, shown), (jwt) => placeholder(jwt, "jwt")),
      placeholder(value, kind) {
        const one = known.get(value);
        return one?.kind === kind ? shown(one) : placeholder(value, kind);
      },
      // The cases of a check share what it may learn.
      scope: () => scoped(indexes, above.length > 1 ? budget : { left: mostOverheard.check }),
    };
  };
  return scoped([ofRun], { left: mostOverheard.check });
}

/** A value as it is and where its bytes are written as digits. */
function plainFormsOf(value: string): readonly string[] {
  return [value, ...hexFormsOf(value)];
}

/** A text cut out of another one keeps all of it in memory: the body of an answer, for a token. */
function unsliced(text: string): string {
  const copy = Buffer.from(text).toString();
  // A lone surrogate does not survive UTF-8.
  return copy === text ? copy : [...text].join("");
}

/** Replaces what is known wherever it stands; where secrets overlap, nothing of either stays. */
function withoutSecrets(
  source: string,
  indexes: readonly SecretIndex<Form>[],
  shown: (secret: Secret) => string,
): string {
  if (source.length < shortestIndexed) return source;
  const places: Found<Secret>[] = [];
  for (const { text, placeOf } of viewsOf(source)) {
    for (const index of indexes) {
      for (const { start, end, meaning } of index.findIn(text)) {
        const [from, to] = meaning.inBase64 ? wholeBits(text, start, end) : [start, end];
        places.push({ ...placeOf(from, to), meaning: meaning.secret });
      }
    }
  }
  if (places.length === 0) return source;
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  const written: string[] = [];
  let at = 0;
  for (const { start, end, meaning } of places) {
    if (end <= at) continue;
    written.push(source.slice(at, Math.max(at, start)), shown(meaning));
    at = end;
  }
  written.push(source.slice(at));
  return written.join("");
}

/** The characters of base64 that share bits with what was found, too. */
function wholeBits(text: string, start: number, end: number): [number, number] {
  const isBase64 = (at: number) => /[\w+/-]/.test(text.charAt(at));
  return [start > 0 && isBase64(start - 1) ? start - 1 : start, isBase64(end) ? end + 1 : end];
}

/** Replaces the JWTs that nobody announced. */
function withoutJwts(source: string, replaced: (jwt: string) => string): string {
  return source.includes("eyJ") ? source.replace(dotted, (run) => jwtsOf(run, replaced)) : source;
}

/** Replaces `header.claims.signature` wherever a part looks like the header of a JWT; the signature may be empty. */
function jwtsOf(run: string, replaced: (jwt: string) => string): string {
  if (!run.includes("eyJ")) return run;
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

/** The kinds of secrets that a redacted text speaks of, with the whole placeholders. */
export function placeholdersIn(redacted: string): readonly { readonly kind: string; readonly placeholder: string }[] {
  return [...redacted.matchAll(placeholderPattern)].map((match) => ({
    kind: match.groups?.["kind"] ?? "",
    placeholder: match[0],
  }));
}
