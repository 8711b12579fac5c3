import type { Ambiguity } from "../requirement.ts";

/** Questions that the description of the nine steps leaves open, by what they are about, and how the kit reads them. */
export const handshakePositions = {
  "out-of-order": {
    readings: [
      "The handshake stays as it was, and the right message is taken afterwards.",
      "The handshake is over, as after any other breach of the protocol.",
    ],
    position:
      "The kit wants a refusal and nothing granted; a handshake that goes on passes, one that is over for good is ambiguous, and one that stands anywhere else fails.",
  },
} as const satisfies Readonly<Record<string, Ambiguity>>;
