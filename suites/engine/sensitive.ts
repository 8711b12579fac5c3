import type { HeaderList } from "./evidence.ts";
import { placeholdersIn, type Redactor, type SecretKind } from "./redact.ts";

/** Members of JSON bodies whose values are secrets wherever they appear. `code` is not one: every ATHError has it. */
const sensitiveMembers: Readonly<Record<string, SecretKind>> = {
  client_secret: "client-secret",
  access_token: "ath-token",
  refresh_token: "provider-token",
  id_token: "provider-token",
  agent_attestation: "attestation",
  code_verifier: "code-verifier",
  password: "credentials",
};

/** Form fields and query parameters whose values are secrets wherever they appear. */
const sensitiveParameters: Readonly<Record<string, SecretKind>> = { ...sensitiveMembers, code: "code" };

/** Headers whose values are never written down. */
const credentialHeaders = new Set(["authorization", "proxy-authorization", "cookie", "x-ath-agent-attestation"]);

const parameterNames = Object.keys(sensitiveParameters).join("|");
const parameter = new RegExp(`(?<before>(?:^|[?&#])(?<name>${parameterNames})=)(?<value>[^&#\\s"'<>]{6,})`, "g");

/**
 * So many secrets are learned from one body. Each is looked for in every text of the check, so a body that is full of
 * them would cost an attacker nothing and the reader hours; what is above it is hidden where it stands.
 */
const mostLearned = 40;

/** Takes a secret that was found, and says whether it will be hidden wherever it stands. */
export type Learn = (value: string, kind: SecretKind) => unknown;

/** Learns the secrets in a JSON body by the names of its members; looks three levels deep. */
export function learnFromJson(value: unknown, learn: Learn): void {
  let learned = 0;
  const look = (inner: unknown, depth: number): void => {
    if (typeof inner !== "object" || inner === null || depth === 0) return;
    for (const [name, member] of Object.entries(inner)) {
      if (learned >= mostLearned) return;
      const kind = Object.hasOwn(sensitiveMembers, name) ? sensitiveMembers[name] : undefined;
      if (kind === undefined || typeof member !== "string") look(member, depth - 1);
      else {
        learn(member, kind);
        learned += 1;
      }
    }
  };
  look(value, 3);
}

const names = Object.keys(sensitiveMembers).join("|");
/** A sensitive member in the text of a JSON body, and in JSON that is a string in another one. */
const member = new RegExp(`("(?<name>${names})"\\s*:\\s*")(?<value>(?:[^"\\\\]|\\\\.){6,})`, "g");
const innerMember = new RegExp(`(\\\\"(?<name>${names})\\\\"\\s*:\\s*\\\\")(?<value>[^"\\\\]{6,})`, "g");

/**
 * Hides the values of sensitive members and parameters where they stand: those of a body that is too large or too deep to
 * be learned from, or that is too full of them.
 */
export function hideNamed(source: string, redactor: Redactor): string {
  // In JSON a question mark is punctuation, and what follows it need not be a query.
  const patterns = /^\s*[[{]/.test(source) ? [member, innerMember] : [parameter, member, innerMember];
  return patterns.reduce(
    (text, pattern) =>
      text.replace(pattern, (found: string, before: string, name: string, value: string) => {
        const kind = sensitiveParameters[name];
        return kind === undefined || value.startsWith("‹") ? found : before + redactor.placeholder(value, kind);
      }),
    source,
  );
}

/** Learns the secrets in the query or fragment of URLs (request targets, Location headers) and in form bodies. */
export function learnFromParameters(source: string, learn: Learn): void {
  if (!source.includes("=")) return;
  let learned = 0;
  for (const { groups } of source.matchAll(parameter)) {
    const { name = "", value = "" } = groups ?? {};
    const kind = sensitiveParameters[name];
    if (kind === undefined || learned >= mostLearned) return;
    learn(decoded(value), kind);
    learned += 1;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

/**
 * Redacts a header list. Credentials keep their scheme and cookies their names and attributes; `configured` are the
 * names of the headers that the user's configuration adds, whose values are never written down.
 */
export function redactHeaders(headers: HeaderList, redactor: Redactor, configured: ReadonlySet<string>): HeaderList {
  return headers.map(([sent, value]) => {
    const key = sent.toLowerCase();
    const name = redactor.scrub(sent);
    if (key === "set-cookie") return [name, redactSetCookie(value, redactor)];
    const scrubbed = hideNamed(redactor.scrub(value), redactor);
    if (configured.has(key)) return [name, redactor.placeholder(value, "configured")];
    if (!credentialHeaders.has(key)) return [name, scrubbed];
    const [scheme = "", ...rest] = scrubbed.split(" ");
    const credentials = rest.join(" ");
    if (/^‹[^‹›]+›$/.test(rest.length === 0 ? scheme : credentials)) return [name, scrubbed];
    if (rest.length === 0 || key === "cookie") return [name, redactor.placeholder(value, "credentials")];
    return [name, `${scheme} ${redactor.placeholder(value, "credentials")}`];
  });
}

function redactSetCookie(value: string, redactor: Redactor): string {
  const [pair = "", ...attributes] = value.split(";");
  const cut = pair.indexOf("=");
  const cookie = pair.slice(cut + 1);
  const [name, ...rest] = [pair.slice(0, Math.max(0, cut)), ...attributes].map((text) => redactor.scrub(text));
  // What a cookie gives away of another secret stays recognisable.
  const inside = placeholdersIn(redactor.scrub(cookie)).map(({ placeholder }) => placeholder);
  return [`${name}=${redactor.placeholder(cookie, "cookie")}${inside.join("")}`, ...rest].join(";");
}
