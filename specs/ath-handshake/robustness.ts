import { flow, handshakeSection } from "./rows.ts";

/** Bad input, keys that change, handshakes left behind. */
export const robustness = handshakeSection("robustness", [
  {
    id: "HS-5",
    level: "stated",
    kit: "must",
    why: "Everything an agent sends comes from outside.",
    says: "A message with missing or ill-typed members, of an unknown type or malformed in any other way is refused with a 4xx ATHError.",
    source: flow("Messages"),
    tested: {
      how: "Send each message with members missing or of wrong types, malformed keys, huge and deeply nested bodies.",
    },
    mend: "Validate every message against its schema, with limits on size and depth, before using it.",
  },
  {
    id: "HS-22",
    level: "stated",
    kit: "should",
    why: "A DID that can change its key can be taken over.",
    says: "The same client_did with another public key is refused.",
    source: flow("Steps 1 and 2"),
    tested: { how: "Open a handshake with a known DID and a new key." },
    mend: "Keep the key that a DID first proved, or resolve the DID.",
  },
  {
    id: "HS-23",
    level: "stated",
    kit: "should",
    why: "Every open handshake costs the gateway something and the agent nothing.",
    says: "An abandoned handshake expires and is forgotten; thousands of them do not exhaust the gateway.",
    source: flow("Failure handling"),
    tested: { how: "Abandon handshakes, move the clock, and open a new one." },
    mend: "Give handshakes a time to live, bound their number, and drop what has expired.",
  },
]);
