import { aunRows } from "./rows.ts";

/** What an unauthenticated connection may do, and for how long. */
export const gate = aunRows("gate", [
  {
    id: "A74",
    basis: "stated",
    says: "A connection that has not authenticated within 30 s is closed.",
    source: "03 § 3.5",
    how: "Be silent, be busy without authenticating, and connect after 27 s.",
    mend: "Start a timer at the open that only a granted auth.connect stops.",
  },
  {
    id: "A75",
    basis: "open",
    says: "It is closed with code 4008.",
    source: "SDK",
    how: "Look at the close code.",
    mend: "Close with 4008.",
  },
  {
    id: "A76",
    basis: "implied",
    says: "An authenticated connection is not closed for being idle for 30 s.",
    source: "03 § 3.5",
    how: "Let the time pass.",
    mend: "Stop the timer when auth.connect is granted.",
  },
  {
    id: "A77",
    basis: "stated",
    says: "auth.create_aid, the login and auth.refresh_token work before auth.connect.",
    source: "07 § 7.3",
    how: "Call them on a new connection.",
    mend: "Let auth.* through the gate.",
  },
  {
    id: "A78",
    basis: "stated",
    says: "Every other method is refused with -32013 before auth.connect.",
    source: "07 § 7.1.3",
    how: "Call meta, message and group methods on a new connection.",
    mend: "Check the session before the method is looked up.",
  },
  {
    id: "A79",
    basis: "stated",
    says: "A login does not open the gate.",
    source: "01 § 1.4",
    how: "Log in on a connection and call a method there.",
    mend: "Bind the session to auth.connect alone.",
  },
  {
    id: "A80",
    basis: "stated",
    says: "auth.request_cert needs an authenticated connection and is for its own AID.",
    source: "01 § 1.6",
    how: "Call it before auth.connect, and for another AID.",
    mend: "Compare the aid with the session's.",
  },
]);
