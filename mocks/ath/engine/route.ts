import { Refused } from "../refusal.ts";

/** One request on its way through an endpoint. */
export interface Call {
  readonly request: Request;
  /** What follows the route's path, byte for byte as it came, without query. */
  readonly rest: string;
  /** The raw query without its question mark; undefined: none. */
  readonly query: string | undefined;
}

/** An endpoint. */
export interface Route {
  readonly methods: readonly string[] | "any";
  readonly path: string;
  /** `below`: the path and everything that begins with it. */
  readonly match: "exact" | "below";
  readonly answer: (call: Call) => Promise<Response> | Response;
}

/** Path and query of a raw request target; an absolute-form target loses its origin (RFC 9112 § 3.2.2). */
export function splitTarget(rawTarget: string): { readonly path: string; readonly query: string | undefined } {
  const target = rawTarget.startsWith("/") ? rawTarget : rawTarget.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const hash = target.indexOf("#");
  const bare = hash === -1 ? target : target.slice(0, hash);
  const mark = bare.indexOf("?");
  return mark === -1 ? { path: bare, query: undefined } : { path: bare.slice(0, mark), query: bare.slice(mark + 1) };
}

/**
 * Gives the function that sends a raw target to its route, byte for byte, nothing normalised. `basePath` is the path of
 * the public URL. Throws {@link Refused} `route-unknown` or `method-unsupported`.
 */
export function router(
  routes: readonly Route[],
  basePath: string,
): (request: Request, rawTarget: string) => Promise<Response> | Response {
  const exact = new Map<string, Route[]>();
  for (const route of routes) {
    if (route.match === "exact") exact.set(route.path, [...(exact.get(route.path) ?? []), route]);
  }
  const below = routes.filter(({ match }) => match === "below");

  return (request, rawTarget) => {
    const { path: whole, query } = splitTarget(rawTarget);
    const path = whole.startsWith(basePath) ? whole.slice(basePath.length) : whole;
    const candidates = exact.get(path) ?? below.filter((route) => path.startsWith(route.path));
    if (candidates.length === 0) throw new Refused("route-unknown", "there is no such endpoint");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const route = candidates.find(({ methods }) => methods === "any" || methods.includes(method));
    if (route === undefined) {
      const allowed = candidates.flatMap(({ methods }) => methods);
      throw new Refused("method-unsupported", `this endpoint takes ${allowed.join(", ")}`, {
        headers: { allow: allowed.join(", ") },
      });
    }
    return route.answer({ request, rest: path.slice(route.path.length), query });
  };
}
