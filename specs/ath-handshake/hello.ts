import { flow, handshakeSection } from "./rows.ts";

/** The first two messages, and the clock in all of them. */
export const hello = handshakeSection("hello", [
  {
    id: "HS-1",
    level: "stated",
    kit: "must",
    why: "Without it anybody could answer in the gateway's name.",
    says: "The gateway proves possession of server_pubkey in handshake_response: its signature over nonce A verifies with it.",
    source: flow("Steps 1 and 2"),
    tested: { how: "Send a fresh nonce, verify the signature, and compare the key with that of the next handshake." },
    mend: "Sign the agent's nonce, as it came, with the private half of the key you send.",
  },
  {
    id: "HS-2",
    level: "stated",
    kit: "must",
    why: "A nonce that can be foreseen lets a proof be prepared or replayed.",
    says: "Nonce B is unpredictable, the gateway's own, and never comes twice.",
    source: flow("Security"),
    tested: { how: "Open many handshakes and compare their nonces, the agent's own nonce included." },
    mend: "Take at least 16 bytes from the system's random source for each handshake.",
  },
  {
    id: "HS-3",
    level: "stated",
    kit: "must",
    why: "Both sides have to speak the same version, and the newer one has the better rules.",
    says: "The version chosen is the highest that both sides speak; without a common one the offer is refused and no handshake begins.",
    source: flow("Steps 1 and 2"),
    tested: { how: "Offer generated sets of known and unknown versions, none at all, and only unknown ones." },
    mend: "Compare versions as numbers, take the highest common one, and store nothing for an offer you refuse.",
  },
  {
    id: "HS-4",
    level: "stated",
    kit: "must",
    why: "What was not offered cannot be relied upon, and without a common algorithm nothing can be verified.",
    says: "The capabilities answered are among those offered, and an offer without a common signature algorithm is refused.",
    source: flow("Steps 1 and 2"),
    tested: { how: "Offer generated sets of capabilities, none, and only an algorithm that nobody should use." },
    mend: "Intersect the agent's list with yours and refuse when no signature algorithm is left.",
  },
  {
    id: "HS-6",
    level: "stated",
    kit: "must",
    why: "The text allows a drift of five minutes at most.",
    says: "A timestamp more than five minutes off, either way, is refused in every message; one four minutes off is taken.",
    source: flow("Security"),
    tested: {
      how: "Send each of the four messages with generated timestamps on both sides of the limit, and one in milliseconds.",
    },
    mend: "Check the timestamp of every message, in Unix seconds, before anything else.",
  },
]);
