import { fault, foundBy } from "./fault.ts";

/** What protects the wire. */
export const transportFaults = [
  fault({
    id: "TLS-1.hands-out-http",
    requirement: "TLS-1",
    sentence: "URLs handed out begin with http, since TLS ends at a proxy that the implementor does not know of.",
    rule: "transport.handedOutUrl",
    wrong:
      () =>
      ({ url }) =>
        url.replace(/^https:/, "http:"),
    kills: foundBy("plain-http", "TLS-1.https"),
    mount: "tls",
  }),
  fault({
    id: "TLS-1.tls10-accepted",
    requirement: "TLS-1",
    sentence: "Connections with TLS 1.0 are accepted.",
    rule: "transport.minimumTlsVersion",
    wrong: () => () => "TLSv1" as const,
    kills: foundBy("accepted", "TLS-1.tls10"),
    mount: "tls",
  }),
  fault({
    id: "TLS-1.tls11-accepted",
    requirement: "TLS-1",
    sentence: "Connections with TLS 1.1 are accepted.",
    rule: "transport.minimumTlsVersion",
    wrong: () => () => "TLSv1.1" as const,
    kills: foundBy("accepted", "TLS-1.tls11"),
    mount: "tls",
  }),
];
