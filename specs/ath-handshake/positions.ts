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
  repetition: {
    readings: [
      "Each message is due once; the same one again is out of order and refused.",
      "The same message again is a retry, as after a time-out; it is answered as before and changes nothing.",
    ],
    position:
      "A proof or a scope_request that comes again may be refused or granted; it must not move the handshake, widen a grant, let another key in, or give a second token.",
  },
  "claimed-address": {
    readings: [
      "A client's address is the one its connection comes from; what a header says of it is a claim.",
      "A gateway behind a proxy takes the address from the header that its proxy writes.",
    ],
    position:
      "Behind a proxy the gateway may believe the proxy and nobody else. Over loopback the kit stands where such a proxy would: a claim that is believed there is ambiguous, unless handshake.restrictions.forwarded_by says that nobody is to be believed; everywhere else it fails.",
  },
} as const satisfies Readonly<Record<string, Ambiguity>>;
