import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** The browser comes back from consent. */
export const callback = section({ section: "callback", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "CB-1",
    level: "MUST",
    kit: "must",
    says: "A callback whose state is unknown, missing or used already is refused and completes no session.",
    source: ath("schema", "AuthorizationRequest.state"),
    tested: {
      how: "Open the callback with an invented state, without one, and a second time; a native service whose page leads straight back has none (POS-17).",
    },
    mend: "Look the session up by a state of your own, once, and delete the state as it is used.",
  },
  {
    id: "CB-2",
    level: "stated",
    kit: "must",
    why: "A session that survives the user's no makes consent worthless.",
    says: "When the user says no the session is over: its exchange answers USER_DENIED or OAUTH_ERROR and yields no token.",
    source: ath("schema", "ATHErrorCode"),
    tested: { how: "Deny consent, exchange the session, then try to complete it after all." },
    mend: "Mark the session as denied when the provider reports access_denied, and let nothing complete it afterwards.",
  },
  {
    id: "CB-3",
    level: "stated",
    kit: "must",
    why: "Without its own state back an agent cannot tell its user's answer from a forged one.",
    says: "After consent the browser goes to the accepted user_redirect_uri, with the agent's own state unchanged.",
    source: ath("server/authorization"),
    tested: { how: "Follow the redirects and compare the last URL with the request (RFC 6749 § 4.1.2)." },
    ambiguous: ambiguity("POS-7"),
    mend: "Add parameters with a URL library, so that an existing query survives, and return the agent's state and not yours.",
  },
]);
