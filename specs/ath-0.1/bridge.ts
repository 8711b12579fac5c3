import { GATEWAY_ONLY, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** The gateway as an OAuth client of its providers. */
export const bridge = section({ section: "bridge", party: "implementor", profiles: GATEWAY_ONLY }, [
  {
    id: "BRG-1",
    level: "MUST",
    kit: "must",
    says: "The gateway redeems the provider's code in a form-encoded request with the code_verifier of the challenge it sent.",
    source: ath("client/security", "OAuth Security"),
    tested: { how: "Look at the token request from the provider's side (RFC 6749 § 4.1.3, RFC 7636 § 4.5)." },
    ambiguous: ambiguity("POS-8"),
    mend: "Keep the code_verifier with the session and send it as application/x-www-form-urlencoded, or use an OAuth client library.",
  },
  {
    id: "BRG-2",
    level: "MUST",
    kit: "must",
    says: "The provider's tokens and the gateway's client secret reach the agent in no body, no header and no URL.",
    source: ath("client/security", "OAuth Security"),
    tested: { how: "Search everything the agent and the browser received for the provider's secrets." },
    mend: "Keep the provider's tokens on the server and strip them from errors and redirects.",
  },
  {
    id: "BRG-3",
    level: "stated",
    kit: "should",
    why: "The text names refreshing as a task of the bridge and leaves its details to it.",
    says: "An expired provider token is renewed with the refresh token, and a renewal that fails reaches the agent as OAUTH_ERROR.",
    source: ath("architecture", "OAuth Bridge"),
    tested: { how: "Let the provider issue short-lived tokens, then refuse to refresh them." },
    mend: "Renew before or on a 401 of the provider, once at a time for each grant, and turn a failure into OAUTH_ERROR.",
  },
]);
