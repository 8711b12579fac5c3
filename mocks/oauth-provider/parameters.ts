import { OAuthError } from "./oauth-error.ts";

/** Request parameters of which each came once at most, and with a value (RFC 6749 § 3.1: an empty one was not sent). */
export interface Parameters {
  get(name: string): string | undefined;
  /** RFC 8707 § 2: the only parameter that may be repeated. */
  readonly resources: readonly string[];
}

/** Throws {@link OAuthError} `invalid_request` for a repeated parameter. */
export function toParameters(query: URLSearchParams): Parameters {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    if (name === "resource" || value === "") continue;
    if (values.has(name)) throw new OAuthError("invalid_request", `the parameter ${printable(name)} came twice`);
    values.set(name, value);
  }
  return {
    get: (name) => values.get(name),
    resources: query.getAll("resource").filter((value) => value !== ""),
  };
}

/** RFC 6749 § 5.2 allows few characters in error_description. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?").slice(0, 80);
}

/** The scopes of a space-separated list, each once, in their order. */
export function toScopes(text: string | undefined): readonly string[] {
  return [...new Set((text ?? "").split(" ").filter((scope) => scope !== ""))];
}
