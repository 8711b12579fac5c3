import { header } from "../../engine/evidence.ts";
import { type Arrival, jsonAnswer, type KitAnswer, pageAnswer } from "../kit-server.ts";
import type { ClientCredentials } from "./client-authentication.ts";
import type { Ledger } from "./ledger.ts";

/** Carries the ticket of the kit's own browser to the kit's own provider, and nowhere else. */
export const ticketHeader = "x-gateproof-ticket";

/**
 * GET /authorize (RFC 6749 § 4.1.1). The user's decision comes with the ticket. Deliberately tolerant of what the target
 * may do wrong (no PKCE, plain PKCE): that is for a check to judge, and the flow must get far enough to be judged.
 */
export function authorizeEndpoint(arrival: Arrival, ledger: Ledger, client: ClientCredentials): KitAnswer {
  const query = new URL(arrival.target, "http://provider").searchParams;
  const ticket = ledger.tickets.take(header(arrival, ticketHeader) ?? "");
  if (ticket === undefined) {
    const text = "This OAuth provider belongs to a conformance test. Only the test's own users can consent here.";
    return pageAnswer(200, "Gateproof test provider", text);
  }
  if (query.get("client_id") !== client.clientId) {
    const description = `client_id is ${JSON.stringify(query.get("client_id"))}, this provider knows ${JSON.stringify(client.clientId)}`;
    return jsonAnswer(400, { error: "unauthorized_client", error_description: description });
  }
  const redirectUri = query.get("redirect_uri");
  if (redirectUri === null || !/^https?:\/\//i.test(redirectUri) || !URL.canParse(redirectUri)) {
    const description = `redirect_uri is ${JSON.stringify(redirectUri)}, expected an absolute http(s) URL`;
    return jsonAnswer(400, { error: "invalid_request", error_description: description });
  }
  const state = query.get("state");
  const back = new URLSearchParams();
  if (ticket.grant === "deny") back.set("error", "access_denied");
  else {
    const asked = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    const challenge = query.get("code_challenge");
    const code = ledger.authorize({
      customer: ticket.customer,
      user: ticket.user,
      scopes: ticket.grant === "asked" ? asked : ticket.grant,
      redirectUri,
      ...(challenge === null ? {} : { challenge }),
      challengeMethod: query.get("code_challenge_method") ?? "plain",
      used: false,
    });
    back.set("code", code);
  }
  if (state !== null) back.set("state", state);
  const location = `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${back}`;
  return { status: 302, headers: { Location: location, "Cache-Control": "no-store" }, body: Buffer.alloc(0) };
}
