import type { HttpHandler } from "./http.ts";

/** One request that was answered. */
export interface RequestEntry {
  /** ISO 8601, machine time. */
  readonly at: string;
  readonly method: string;
  /** Path and query as they came, with the secrets in the query masked. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** The latest requests, oldest first; older ones are forgotten. */
export interface RequestLog {
  entries(): readonly RequestEntry[];
  add(entry: RequestEntry): void;
  clear(): void;
}

export function requestLog(capacity = 500): RequestLog {
  let ring: RequestEntry[] = [];
  let oldest = 0;
  return {
    entries: () => [...ring.slice(oldest), ...ring.slice(0, oldest)],
    add(entry) {
      if (ring.length < capacity) ring.push(entry);
      else {
        ring[oldest] = entry;
        oldest = (oldest + 1) % capacity;
      }
    },
    clear() {
      ring = [];
      oldest = 0;
    },
  };
}

/** Query parameters whose values let somebody act as somebody else. */
const secretParameters = new Set([
  "access_token",
  "assertion",
  "client_secret",
  "code",
  "code_verifier",
  "csrf",
  "id_token",
  "password",
  "refresh_token",
  "state",
  "token",
]);

/** Longer targets are cut in the log. */
const targetCharacters = 2_000;

function plainName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " ")).trim().toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}

/** The target with `***` for the value of every secret query parameter. */
export function maskTarget(target: string): string {
  const start = target.indexOf("?");
  const short = (text: string) => (text.length > targetCharacters ? `${text.slice(0, targetCharacters)}…` : text);
  if (start < 0) return short(target);
  const masked = target
    .slice(start + 1)
    .split("&")
    .map((pair) => {
      const end = pair.indexOf("=");
      if (end < 0) return pair;
      const name = pair.slice(0, end);
      return secretParameters.has(plainName(name)) ? `${name}=***` : pair;
    });
  return short(`${target.slice(0, start)}?${masked.join("&")}`);
}

function targetOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

/** The handler, with every answered request in the log; a throw is logged as status 500. */
export function logged(handler: HttpHandler, log: RequestLog): HttpHandler {
  return async (request, peer) => {
    const at = new Date().toISOString();
    const start = performance.now();
    let status = 500;
    try {
      const response = await handler(request, peer);
      status = response.status;
      return response;
    } finally {
      const path = maskTarget(peer?.rawTarget ?? targetOf(request));
      log.add({ at, method: request.method, path, status, ms: Math.round((performance.now() - start) * 100) / 100 });
    }
  };
}
