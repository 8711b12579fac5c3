import { errorResponse, jsonResponse } from "../../core/json.ts";
import { knownResponse } from "../../core/known-response.ts";
import type { DiscoveryRules } from "../rules/discovery.ts";

export interface DiscoverySettings {
  readonly issuer: string;
  /** The WebSocket URL that clients are sent to; known once the server listens. */
  readonly gatewayUrl: () => string;
  readonly rules: DiscoveryRules;
}

/** The host name a client asked for, without its port. */
function hostOf(request: Request, url: URL): string {
  return (request.headers.get("host") ?? url.host).replace(/:\d+$/, "").toLowerCase();
}

/** `/.well-known/aun-gateway` and `/health` (AUN 03 § 3.3); undefined when the path is neither. */
export function discovery({ issuer, gatewayUrl, rules }: DiscoverySettings, request: Request, url: URL) {
  const path = url.pathname;
  if (path === "/health") {
    const status = rules["discovery.healthStatus"]();
    return jsonResponse({ status: status === 200 ? "ok" : "unavailable" }, { status });
  }
  if (!rules["discovery.isItsPath"]({ path })) return undefined;
  if (!rules["discovery.servesHost"]({ host: hostOf(request, url), issuer })) {
    return errorResponse(404, "NOT_FOUND", "no gateway is known for this host");
  }
  const body = rules["discovery.document"]({ document: { gateways: [{ url: gatewayUrl(), priority: 1 }] } });
  return knownResponse(200, {
    headers: [
      ["content-type", rules["discovery.contentType"]()],
      ["cache-control", "max-age=300"],
    ],
    body: Buffer.from(JSON.stringify(body)),
  });
}
