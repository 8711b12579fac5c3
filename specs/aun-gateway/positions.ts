import type { Ambiguity } from "../requirement.ts";

/** Where the AUN documents contradict each other, and how the kit reads them. Ids as the project's notes have them. */
export const aunPositions = {
  B1: {
    readings: [
      "The method aid signs the login nonce alone.",
      "It signs nonce:client_time, as the second login step does.",
    ],
    position: "Either is accepted; the kit signs the nonce alone first, and tells which one the target takes.",
  },
  B2: {
    readings: ["client_time is a number of seconds.", "client_time is a text, as all public clients send it."],
    position: "Both are valid, and the signed text is what was sent.",
  },
  B3: {
    readings: ["The server makes the request_id.", "The client sends one with the first step."],
    position: "It is the server's; one that a client sends is to be ignored.",
  },
  B5: {
    readings: ["The second login step answers without a refresh token.", "It has one, since refreshing needs it."],
    position: "It is needed, and its absence is a warning.",
  },
  B7: {
    readings: ["A refused refresh is a result with success false.", "It is the error -32005."],
    position: "Both are refusals; the shape of the result is judged where there is one.",
  },
  B13: {
    readings: ["The new connection is refused.", "The new connection replaces the old one."],
    position: "Either is accepted, and the report tells which; that both live, or neither, is a violation.",
  },
  B15: {
    readings: ["min and max are required.", "A missing one is taken for 1.0."],
    position: "Either is accepted.",
  },
  B23: {
    readings: ["The sender gets event/message.ack.", "No such event is ever sent."],
    position: "Either is accepted.",
  },
  B26: {
    readings: ["Creating an AID again is the operator's policy.", "It is refused, as all public clients expect."],
    position: "Giving it to another key is a warning.",
  },
  B28: {
    readings: ["Clients without a device may connect as often as they like.", "Only one of them may be connected."],
    position: "Either is accepted, as long as the first one connects.",
  },
} as const satisfies Readonly<Record<string, Ambiguity>>;
