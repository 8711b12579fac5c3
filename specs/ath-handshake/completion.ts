import { flow, handshakeSection } from "./rows.ts";

/** Key exchange and token. */
export const completion = handshakeSection("completion", [
  {
    id: "HS-18",
    level: "stated",
    kit: "must",
    why: "The token is the sum of the steps before it.",
    says: "A handshake_complete before any scope was granted gives no token.",
    source: flow("Step 9"),
    tested: { how: "Complete a handshake before scopes were asked for, and after a grant of nothing." },
    mend: "Issue a token only in the state that a non-empty grant leads to.",
  },
  {
    id: "HS-19",
    level: "stated",
    kit: "must",
    why: "Whoever gets the token must be able to rely on what it says.",
    says: "The access token verifies with server_pubkey and names this agent, this user, exactly the granted scopes and a life of ttl_granted.",
    source: flow("Step 9"),
    tested: { how: "Verify the token and compare its claims with the handshake." },
    mend: "Sign the token with the key of the handshake and fill it from the handshake's state.",
  },
  {
    id: "HS-20",
    level: "stated",
    kit: "must",
    why: "A point that is not on the curve gives the key away.",
    says: "The key exchange is a real ECDH on the named curve: points off it are refused, and every handshake has a key of its own.",
    source: flow("Step 9"),
    tested: {
      how: "Send points off the curve, at infinity, on other curves, and weak algorithms; compare the gateway's keys.",
    },
    mend: "Let a well-kept library read and check the public key, and generate a key pair for each handshake.",
  },
  {
    id: "HS-24",
    level: "stated",
    kit: "should",
    why: "The text says an hour, and its own gateway example grants eight.",
    says: "An access token lives an hour at most.",
    source: flow("Security"),
    tested: { how: "Ask for a long life and read the token's." },
    mend: "Set token_max_ttl to 3600 or less.",
  },
]);
