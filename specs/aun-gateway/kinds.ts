import { aunRows } from "./rows.ts";

/** Long and short connections. */
export const kinds = aunRows("kinds", [
  {
    id: "A67",
    basis: "stated",
    says: "A connection without options is long, and another kind than long and short is refused.",
    source: "03 § 3.5",
    how: "Leave options out, and send another kind.",
    mend: "Default to long; decide by a closed list.",
  },
  {
    id: "A68",
    basis: "clients",
    says: "A short connection and the long one of its slot leave each other alone.",
    source: "DS02",
    how: "Connect both, in both orders.",
    mend: "Keep short connections apart from the place of the long one.",
  },
  {
    id: "A69",
    basis: "clients",
    says: "A slot has room for ten short connections; the eleventh is refused.",
    source: "DS02",
    how: "Connect eleven.",
    mend: "Count and refuse with 4013.",
  },
  {
    id: "A70",
    basis: "stated",
    says: "A short connection is closed when it was idle for short_ttl_ms.",
    source: "03 § 3.5",
    how: "Let the time pass, with and without requests.",
    mend: "Restart the timer at each request.",
  },
  {
    id: "A71",
    basis: "stated",
    says: "short_ttl_ms means nothing on a long connection.",
    source: "03 § 3.5",
    how: "Send it and let the time pass.",
    mend: "Look at it for short connections only.",
  },
  {
    id: "A72",
    basis: "clients",
    says: "A short connection does not make its AID online and gets no pushes.",
    source: "SDK tests",
    how: "Ask query_online and send a message.",
    mend: "Leave short connections out of presence and delivery.",
  },
  {
    id: "A73",
    basis: "clients",
    says: "An AID may have ten devices and ten slots on each; the oldest makes room for the next.",
    source: "SDK tests",
    how: "Connect eleven of each.",
    mend: "Evict the oldest with 4015, or refuse the newest.",
  },
]);
