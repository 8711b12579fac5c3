import { ControlError, type ControlOptions, type Endpoint, endpoints, pathsOf } from "./control-endpoints.ts";
import type { HttpHandler } from "./http.ts";
import { BodyError, errorResponse, jsonResponse } from "./json.ts";
import { UnknownFaultError } from "./rules.ts";

/** A page on the web must not drive a mock on its reader's machine. */
function fromForeignPage({ headers, url }: Request): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const foreign = site === "cross-site" || site === "same-site";
  return (origin !== null && origin !== new URL(url).origin) || foreign;
}

function toResponse(error: unknown): Response {
  if (error instanceof ControlError || error instanceof BodyError) {
    return errorResponse(error.status, error.code, error.message);
  }
  if (error instanceof UnknownFaultError) return errorResponse(404, error.code, error.message);
  return errorResponse(500, "INTERNAL_ERROR", "the control API failed");
}

/**
 * The control API of one mock, on a port of its own: `/requests`, `/clock`, `/faults`, `/consent`, `/audit`, `/tokens`,
 * `/pairing`, `/connections`, `/reset`, `/health`. Every error is `{code, message}`.
 */
export function controlApi(options: ControlOptions): HttpHandler {
  const own = (options.more ?? []).map(
    (route): Endpoint => ({ ...route, answer: (_, request) => route.answer(request) }),
  );
  const all = [...endpoints, ...own];
  return async (request) => {
    const { pathname } = new URL(request.url);
    const here = all.filter(({ path }) => path === pathname);
    const endpoint = here.find(({ method }) => method === request.method);
    if (fromForeignPage(request)) return errorResponse(403, "FOREIGN_ORIGIN", "not for pages of another origin");
    if (endpoint === undefined && here.length > 0) {
      const allow = here.map(({ method }) => method).join(", ");
      const message = `${pathname} takes ${allow}`;
      return jsonResponse({ code: "METHOD_NOT_ALLOWED", message }, { status: 405, headers: { allow } });
    }
    if (endpoint === undefined) {
      return errorResponse(404, "NOT_FOUND", `nothing is here; there are ${pathsOf(options)}`);
    }
    try {
      return await endpoint.answer(options, request);
    } catch (error) {
      return toResponse(error);
    }
  };
}
