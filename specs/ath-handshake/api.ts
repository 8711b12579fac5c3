import { flow, handshakeSection, scenario } from "./rows.ts";

/** Calls with the token, and their end. */
export const api = handshakeSection("api", [
  {
    id: "HS-21",
    level: "stated",
    kit: "must",
    why: "A token that is not verified is no token.",
    says: "A forged, tampered, unsigned or expired token, or another gateway's, is refused at the API.",
    source: flow("Calls through the gateway"),
    tested: { how: "Call with each of them and see that no backend is reached." },
    mend: "Verify signature, algorithm, issuer and exp of every token before anything is forwarded.",
  },
  {
    id: "GW-1",
    level: "stated",
    kit: "must",
    why: "The token's scopes are the only thing that the user agreed to.",
    says: "A call is forwarded only when method and path belong to a scope of the token; everything else is refused.",
    source: scenario("Access control"),
    tested: { how: "Call inside and outside the scopes, at other systems, with other methods and with tricky paths." },
    mend: "Map method and normalised path to a scope first, and refuse what maps to none.",
  },
  {
    id: "GW-8",
    level: "stated",
    kit: "must",
    why: "A user who takes back consent expects it to end now.",
    says: "Revoking the token or the user's authorization stops access with the next call.",
    source: scenario("Access control"),
    tested: { how: "Revoke through a hook, then call." },
    mend: "Look revocations up at each call.",
  },
]);
