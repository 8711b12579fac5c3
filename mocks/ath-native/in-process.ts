import type { AthHooks } from "../ath/engine/context.ts";
import { NoAnswerError } from "../ath/engine/http-client.ts";
import type { HttpHandler } from "../core/http.ts";

/**
 * The way from the service's ATH endpoints to its own OAuth server: the same requests as over the network, in the same
 * process, and to nowhere else.
 */
export function inProcess(issuer: string, handler: HttpHandler): AthHooks["exchange"] {
  return async ({ method, url, headers, body }) => {
    if (!url.startsWith(`${issuer}/`)) throw new NoAnswerError("CONNECTION", "is not the service's own OAuth server");
    const response = await handler(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
}
