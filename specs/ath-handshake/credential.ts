import { flow, handshakeSection } from "./rows.ts";

/** What the user allowed beforehand. */
export const credential = handshakeSection("credential", [
  {
    id: "HS-11",
    level: "stated",
    kit: "must",
    why: "The credential is the user's word, and the agent must not be able to write it.",
    says: "The credential counts only with the user's signature, before its exp, for this client_did, and signed by this agent.",
    source: flow("Steps 0 and 5"),
    tested: {
      how: "Send credentials that are wrong in one point each: key, algorithm, time, agent, scopes, agent's signature.",
    },
    mend: "Verify the JWT with the key you know of the user, pin the algorithm, compare client_did, then verify the agent's signature over it.",
  },
]);
