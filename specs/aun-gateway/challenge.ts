import { aunRows } from "./rows.ts";

/** What a connection begins with. */
export const challenge = aunRows("challenge", [
  {
    id: "A9",
    basis: "stated",
    says: "The first frame of a connection is the notification challenge, sent unprompted and without id.",
    source: "03 § 3.4",
    how: "Open a connection and wait for the first frame.",
    mend: "Send the challenge as soon as the connection is open.",
  },
  {
    id: "A10",
    basis: "stated",
    says: "The challenge holds a nonce that is a text and not empty.",
    source: "03 § 3.4",
    how: "Look at params.nonce.",
    mend: "Put a fresh random text into params.nonce.",
  },
  {
    id: "A11",
    basis: "stated",
    says: "Every connection has a nonce of its own that nobody can guess.",
    source: "DS02",
    how: "Open 20 connections and compare length and pattern of the nonces.",
    mend: "Take at least 128 bits of a cryptographic random source for each nonce.",
  },
  {
    id: "A12",
    basis: "clients",
    says: "The challenge also tells the server's name, its protocol range, its auth methods, its capabilities and its time.",
    source: "DS02",
    how: "Compare params with the schema.",
    mend: "Add server, protocol, auth_methods, capabilities and server_time.",
  },
  {
    id: "A13",
    basis: "clients",
    says: "After the challenge nothing is pushed before the client's first request is answered; short clients take the second frame for their answer.",
    source: "SDK",
    how: "Send one request at once and look at what comes before its answer.",
    mend: "Hold pushes back until auth.connect is answered.",
  },
]);
