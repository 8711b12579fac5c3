import type { HeaderList } from "../body-source.ts";

/** RFC 9110 § 7.6.1 and the older fields that stand for one connection only. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Drops the hop-by-hop fields and those that a Connection field names. */
export function withoutHopByHop(headers: HeaderList): HeaderList {
  const named = new Set<string>();
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== "connection") continue;
    for (const option of value.split(",")) named.add(option.trim().toLowerCase());
  }
  return headers.filter(([name]) => {
    const field = name.toLowerCase();
    return !hopByHop.has(field) && !named.has(field);
  });
}

/** Fields of the agent's request that are between it and us: credentials, cookies, our own names, our own host. */
const ours = new Set(["authorization", "cookie", "host", "expect"]);

/** Whether a field may be named to the provider. */
export function nameable(name: string): boolean {
  const field = name.toLowerCase();
  return !ours.has(field) && !field.startsWith("x-ath-");
}

/** Origin and path of a provider's API base, the path without a trailing slash. */
export function splitBase(apiBase: string): { readonly origin: string; readonly path: string } {
  const slash = apiBase.indexOf("/", apiBase.indexOf("://") + 3);
  if (slash === -1) return { origin: apiBase, path: "" };
  return { origin: apiBase.slice(0, slash), path: apiBase.slice(slash).replace(/\/+$/, "") };
}

/** A segment without its percent-encoding; undefined when that is malformed. */
function decoded(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Whether every server understands this segment as one name below its parent. */
function isPlainSegment(segment: string): boolean {
  const name = decoded(segment);
  if (name === undefined || name === "") return false;
  // A path parameter does not make `..;a=b` a name (RFC 3986 § 3.3).
  const [bare = ""] = name.split(";");
  return bare !== "." && bare !== ".." && !/[/\\\u0000-\u001f\u007f]/.test(name);
}

/**
 * Whether a raw path stays below the base that it is appended to, whoever reads it: no dot segments, encoded or not, no
 * encoded slash, no backslash, no empty segment, no other authority (`//host`, `http://host`, `@host`).
 */
export function containedPath(rawPath: string): boolean {
  if (!rawPath.startsWith("/") || !/^[\u0021-\u007e]*$/.test(rawPath)) return false;
  const segments = rawPath.slice(1).split("/");
  const [first = ""] = segments;
  if (first.startsWith("@") || /^[^/]*@[^/]*:\d+$/.test(first) || /^[a-z][a-z0-9+.-]*:$/i.test(first)) return false;
  // One trailing slash is part of a name.
  const named = segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  return named.every(isPlainSegment);
}

/** The operation patterns: `METHOD /path` with `{name}` for one segment and a last `*` for anything below. */
export function grants(pattern: string, method: string, path: string): boolean {
  const [wantedMethod, wantedPath = ""] = pattern.split(" ");
  if (wantedMethod !== method) return false;
  if (wantedPath === path) return true;
  const wanted = wantedPath.split("/");
  const given = path.split("/");
  const open = wanted.at(-1) === "*";
  if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
  const fixed = open ? wanted.slice(0, -1) : wanted;
  return fixed.every((segment, at) => segment === given[at] || (/^\{\w+\}$/.test(segment) && given[at] !== ""));
}
