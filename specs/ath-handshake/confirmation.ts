import { flow, handshakeSection } from "./rows.ts";

/** The user is asked on a channel of his own. */
export const confirmation = handshakeSection("confirmation", [
  {
    id: "HS-14",
    level: "stated",
    kit: "must",
    why: "A user can only confirm what he is shown.",
    says: "The request for confirmation reaches the user with the agent's DID, its name and developer, and exactly the scopes it asked for, and the gateway waits for the answer.",
    source: flow("Step 6"),
    tested: { how: "Read what arrives at the user's channel, and hold the answer back." },
    mend: "Send the agent's own request on, unshortened, under a fresh request_id, and grant nothing before the answer.",
  },
  {
    id: "HS-15",
    level: "stated",
    kit: "must",
    why: "The channel exists so that nobody but the user can say yes.",
    says: "A confirmation with a wrong signature, for another request, expired, or made by the agent does not count, and a second one changes nothing.",
    source: flow("Step 7"),
    tested: { how: "Send each wrong answer in the user's place, then his denial." },
    mend: "Verify the answer with the user's key, match request_id and expires_at, and take the first valid answer only.",
  },
  {
    id: "HS-16",
    level: "stated",
    kit: "must",
    why: "No answer is no consent.",
    says: "The user's denial or silence ends the handshake without a token.",
    source: flow("Failure handling"),
    tested: { how: "Deny, and let the request expire, then try to complete the handshake." },
    mend: "Answer 403 for a denial and 408 for silence, and end the handshake.",
  },
]);
