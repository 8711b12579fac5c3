import { handshakePositions } from "./positions.ts";
import { flow, handshakeSection } from "./rows.ts";

/** The order of the messages, and that each counts once. */
export const order = handshakeSection("order", [
  {
    id: "HS-8",
    level: "stated",
    kit: "must",
    why: "The steps build on each other; a step left out is a check left out.",
    says: "Messages out of order are refused in every state, and neither advance the handshake nor spoil it.",
    source: flow("Handshake flow"),
    tested: {
      how: "Play generated sequences of messages over two handshakes beside a model, and the main cases one by one.",
    },
    ambiguous: handshakePositions["out-of-order"],
    mend: "Keep one state for each handshake, look it up by its id alone, and change it only after a message was accepted.",
  },
  {
    id: "HS-9",
    level: "stated",
    kit: "must",
    why: "What can be used twice can be stolen once.",
    says: "Each proof counts once, and a finished or failed handshake takes nothing more.",
    source: flow("Handshake flow"),
    tested: { how: "Repeat messages after they were accepted, and go on after the user's denial." },
    ambiguous: handshakePositions.repetition,
    mend: "Drop nonce B as it is used and mark the handshake as over when it ends, whichever way.",
  },
]);
