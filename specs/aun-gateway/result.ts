import { aunRows } from "./rows.ts";

/** What auth.connect answers. */
export const result = aunRows("result", [
  {
    id: "A40",
    basis: "stated",
    says: "The result says status ok, the protocol, the server's time and that the session is authenticated.",
    source: "03 § 3.5",
    how: "Compare the result with the schema.",
    mend: "Send all four members with their types.",
  },
  {
    id: "A41",
    basis: "stated",
    says: "The result's identity is that of the token, whatever the request claims.",
    source: "03 § 3.5",
    how: "Compare with the schema and the AID; name another AID in the request.",
    mend: "Take the AID from the verified token only.",
  },
  {
    id: "A42",
    basis: "stated",
    says: "The result's connection has an id of its own and the device of the request.",
    source: "03 § 3.5",
    how: "Compare with the schema; connect several times.",
    mend: "Make a random id for each connection and echo device.id.",
  },
  {
    id: "A43",
    basis: "stated",
    says: "The result tells bridgeInfo, capabilities and trust_level.",
    source: "03 § 3.5",
    how: "Compare with the schema.",
    mend: "Send the three members with their types.",
  },
  {
    id: "A44",
    basis: "stated",
    says: "server_time is the time in Unix seconds.",
    source: "03 § 3.5",
    how: "Compare it with the kit's clock, 300 s apart at most.",
    mend: "Send seconds, not milliseconds.",
  },
  {
    id: "A45",
    basis: "stated",
    says: "What the server announces does not depend on what the client declares.",
    source: "03 § 3.5",
    how: "Connect with different capabilities.",
    mend: "Announce the server's own capabilities.",
  },
  {
    id: "A46",
    basis: "clients",
    says: "connection.kind is the kind of the request.",
    source: "DS02",
    how: "Connect long and short.",
    mend: "Echo options.kind, long when it is left out.",
  },
]);
