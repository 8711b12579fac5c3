import { flow, handshakeSection } from "./rows.ts";

/** The agent proves who it is. */
export const identity = handshakeSection("identity", [
  {
    id: "HS-7",
    level: "stated",
    kit: "must",
    why: "The whole of the trust in the agent rests on this proof.",
    says: "A proof by another key, over another nonce or from another handshake is refused, and nothing after it works.",
    source: flow("Steps 3 and 4"),
    tested: { how: "Send each wrong proof and go on with the handshake as if it had been right." },
    mend: "Verify the signature over this handshake's nonce with this handshake's key, and end the handshake when it fails.",
  },
  {
    id: "HS-10",
    level: "stated",
    kit: "must",
    why: "The message has these members so that an agent can ask for the right thing.",
    says: "An identity_result tells scopes_supported and token_max_ttl on success, and an error on failure.",
    source: flow("Steps 3 and 4"),
    tested: { how: "Read the answers to a right and a wrong proof." },
    mend: "Fill metadata on success and error on failure.",
  },
]);
