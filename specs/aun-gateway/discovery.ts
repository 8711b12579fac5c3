import { aunRows } from "./rows.ts";

/** What a domain publishes about its gateways. */
export const discovery = aunRows("discovery", [
  {
    id: "A1",
    basis: "stated",
    says: "GET /.well-known/aun-gateway answers 200 with a JSON object that holds a list of at least one gateway.",
    source: "03 § 3.3",
    how: "Fetch it and compare the answer with the schema.",
    mend: "Serve the document with at least one entry in gateways.",
  },
  {
    id: "A2",
    basis: "stated",
    says: "The discovery document is sent as application/json.",
    source: "03 § 3.3",
    how: "Look at the content type of the answer.",
    mend: "Send Content-Type: application/json.",
  },
  {
    id: "A3",
    basis: "stated",
    says: "Every advertised url is a ws:// or wss:// URL.",
    source: "03 § 3.3",
    how: "Look at each url.",
    mend: "Advertise WebSocket URLs, not the HTTP address of the service.",
  },
  {
    id: "A4",
    basis: "stated",
    says: "The priority of a gateway is an integer or is left out.",
    source: "03 § 3.3",
    how: "Look at each priority.",
    mend: "Write the priority as a JSON integer, or leave it out for 999.",
  },
  {
    id: "A5",
    basis: "stated",
    says: "Discovery is answered for the host name of each AID of the domain.",
    source: "03 § 3.3",
    how: "Ask with the AID in the Host header; also with gateway.{issuer} and {issuer}, which public clients and other gateways use.",
    mend: "Route the wildcard host of the domain, gateway.{issuer} and {issuer} to the discovery document.",
  },
  {
    id: "A6",
    basis: "implied",
    says: "Every advertised gateway accepts a WebSocket and sends its challenge.",
    source: "03 § 3.4",
    how: "Open each advertised url.",
    mend: "Take gateways that are down out of the document.",
  },
  {
    id: "A7",
    basis: "clients",
    says: "GET /health answers 200 while the gateway can be used; clients do not reconnect before that.",
    source: "DS04",
    how: "Fetch it.",
    mend: "Serve /health with 200 on the gateway's host.",
  },
  {
    id: "A8",
    basis: "stated",
    says: "A gateway in production speaks wss with TLS 1.2 or newer only.",
    source: "09 § 9.2",
    how: "Offer TLS 1.1 to a wss target; on loopback without TLS it does not apply.",
    mend: "Switch TLS 1.0 and 1.1 off.",
  },
]);
