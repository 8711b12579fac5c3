import { aunPositions } from "./positions.ts";
import { aunRows } from "./rows.ts";

/** Negotiation of the protocol version. */
export const versions = aunRows("versions", [
  {
    id: "A34",
    basis: "stated",
    says: "Of the versions both sides speak the highest becomes the protocol of the connection.",
    source: "03 § 3.5",
    how: "Generate ranges around the server's and look at result.protocol.",
    mend: "Intersect the ranges and compare versions number by number.",
  },
  {
    id: "A35",
    basis: "stated",
    says: "Without a common version auth.connect is refused with -32000.",
    source: "03 § 3.5",
    how: "Offer ranges above and below.",
    mend: "Refuse with -32000 before the session is made.",
  },
  {
    id: "A36",
    basis: "stated",
    says: "That error tells both ranges in its data.",
    source: "03 § 3.5",
    how: "Look at error.data.",
    mend: "Add server_range and client_range.",
  },
  {
    id: "A37",
    basis: "stated",
    says: "After that error the server closes the connection.",
    source: "03 § 3.5",
    how: "Wait for the close.",
    mend: "Close once the error is sent.",
  },
  {
    id: "A38",
    basis: "open",
    says: "Missing min or max are taken for 1.0, or refused.",
    source: "03 § 3.5",
    how: "Leave them out.",
    ambiguous: aunPositions.B15,
    mend: "Answer in either way.",
  },
  {
    id: "A39",
    basis: "implied",
    says: "A range that is none is refused.",
    source: "03 § 3.5",
    how: "Send min above max, and texts that are no versions.",
    mend: "Parse both versions and compare them.",
  },
]);
