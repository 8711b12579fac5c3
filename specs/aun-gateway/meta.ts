import { aunRows } from "./rows.ts";

/** Heartbeat, status and trust roots. */
export const meta = aunRows("meta", [
  {
    id: "A106",
    basis: "stated",
    says: "meta.ping answers pong with the server's time as an integer, also without params.",
    source: "06 § 6.4",
    how: "Ping in several forms.",
    mend: "Send the server's Unix seconds.",
  },
  {
    id: "A107",
    basis: "stated",
    says: "meta.status tells mode, AID, role, start and version of this connection.",
    source: "06 § 6.4",
    how: "Compare the result with the schema.",
    mend: "Answer from the session.",
  },
  {
    id: "A108",
    basis: "stated",
    says: "meta.trust_roots gives the roots with fingerprints.",
    source: "06 § 6.4",
    how: "Compare with the schema, the fingerprints and /pki/chain.",
    mend: "Compute the fingerprint over the DER.",
  },
  {
    id: "A109",
    basis: "stated",
    says: "A connection that is pinged every 30 s stays.",
    source: "03 § 3.6",
    how: "Ping and let the time pass.",
    mend: "Let every request restart the idle timer.",
  },
]);
