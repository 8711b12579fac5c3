import { aunRows } from "./rows.ts";

/** Messages to another domain. */
export const crossDomain = aunRows("cross-domain", [
  {
    id: "A139",
    basis: "stated",
    says: "A message to an AID of another domain arrives there with the sender's full AID, and the result says so.",
    source: "03 § 3.8",
    how: "Send both ways between two domains.",
    mend: "Relay through the gateway of the other domain.",
  },
  {
    id: "A140",
    basis: "implied",
    says: "A domain that cannot be reached is an error and holds nothing else up.",
    source: "06 § 6.8",
    how: "Send to a domain that does not exist.",
    mend: "Give the relay a time-out and answer -32010 to -32012.",
  },
  {
    id: "A141",
    basis: "implied",
    says: "query_online says false for a domain that cannot be reached.",
    source: "06 § 6.8",
    how: "Ask for such an AID.",
    mend: "Treat it as offline.",
  },
  {
    id: "A142",
    basis: "stated",
    says: "A gateway that relays checks that the sender is of the relaying domain.",
    source: "09 § 9.4.3",
    how: "Untestable: the messages between gateways are not documented, so that the kit cannot play one.",
    mend: "Compare the issuer of from with the certificate of the peer.",
  },
]);
