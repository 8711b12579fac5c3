import { aunRows } from "./rows.ts";

/** Who gets a message. */
export const delivery = aunRows("delivery", [
  {
    id: "A59",
    basis: "stated",
    says: "With fanout every connection of the receiver gets each message once.",
    source: "06 § 6.3",
    how: "Send to three slots; a generated walk sends, closes and reconnects.",
    mend: "Push to all of the receiver's connections.",
  },
  {
    id: "A60",
    basis: "stated",
    says: "With queue exactly one connection gets each message.",
    source: "06 § 6.3",
    how: "Send 20 messages to three slots.",
    mend: "Choose one connection for each message.",
  },
  {
    id: "A61",
    basis: "stated",
    says: "Round robin lets every connection have its share.",
    source: "03 § 3.5",
    how: "Send 20 messages to three slots.",
    mend: "Go on to the next connection after each message.",
  },
  {
    id: "A62",
    basis: "stated",
    says: "Sender affinity leads one sender's messages to one connection, as far as possible.",
    source: "03 § 3.5",
    how: "Send 20 messages and count.",
    mend: "Remember the connection of each sender.",
  },
  {
    id: "A63",
    basis: "stated",
    says: "When that connection is gone its messages go to a living one.",
    source: "03 § 3.5",
    how: "Close it and send on.",
    mend: "Choose anew when the remembered connection is gone.",
  },
  {
    id: "A64",
    basis: "stated",
    says: "After affinity_ttl_ms the choice may change, and messages still arrive.",
    source: "03 § 3.5",
    how: "Let the time pass and send.",
    mend: "Choose anew when the binding has expired.",
  },
  {
    id: "A65",
    basis: "stated",
    says: "Event and result of a message tell the delivery mode.",
    source: "06 § 6.3",
    how: "Look at both.",
    mend: "Copy the receiver's mode into both.",
  },
  {
    id: "A66",
    basis: "stated",
    says: "With fanout a message for somebody offline can be pulled later; with queue 200 of them are kept, for 5 minutes.",
    source: "06 § 6.3",
    how: "Send to somebody offline, 210 messages, and after 5 minutes.",
    mend: "Keep a bounded history for each AID.",
  },
]);
