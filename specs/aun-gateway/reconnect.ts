import { aunRows } from "./rows.ts";

/** A new connection after an old one. */
export const reconnect = aunRows("reconnect", [
  {
    id: "A110",
    basis: "stated",
    says: "The same token connects again on a new connection.",
    source: "03 § 3.6",
    how: "Connect, close, connect.",
    mend: "Do not burn access tokens.",
  },
  {
    id: "A111",
    basis: "stated",
    says: "Nothing of the old session is left on a new connection.",
    source: "03 § 3.6",
    how: "Call a method before auth.connect, and send the old nonce.",
    mend: "Start every connection as a stranger.",
  },
  {
    id: "A112",
    basis: "stated",
    says: "A refreshed token connects.",
    source: "03 § 3.6",
    how: "Refresh and connect.",
    mend: "Sign refreshed tokens like those of a login.",
  },
]);
