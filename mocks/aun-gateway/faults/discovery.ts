import type { DiscoveryDocument } from "../rules/discovery.ts";
import { fault, foundBy } from "./auth-service-fault.ts";

/** What another body of the discovery document is made of. */
interface WrongDocument {
  readonly id: string;
  readonly sentence: string;
  readonly body: (document: DiscoveryDocument) => unknown;
  readonly check: string;
  readonly reasonCode: string;
}

/** A port at which nobody listens: it is reserved (RFC 6335 § 6). */
const deadGateway = { url: "ws://127.0.0.1:1/aun", priority: 2 };

const wrongDocuments: readonly WrongDocument[] = [
  {
    id: "A1.empty-gateways",
    sentence: "The list of gateways is empty.",
    body: () => ({ gateways: [] }),
    check: "A1.gateways",
    reasonCode: "schema",
  },
  {
    id: "A1.text-plain-list",
    sentence: "The gateways are one text with commas, not a list.",
    body: ({ gateways }) => ({ gateways: gateways.map(({ url }) => url).join(",") }),
    check: "A1.gateways",
    reasonCode: "schema",
  },
  {
    id: "A3.http-urls",
    sentence: "Gateways are listed by their http address, which no WebSocket client can open.",
    body: ({ gateways }) => ({
      gateways: gateways.map(({ url, priority }) => ({ url: url.replace(/^ws/, "http"), priority })),
    }),
    check: "A3.url-scheme",
    reasonCode: "not-websocket",
  },
  {
    id: "A4.text-priority",
    sentence: "The priority of a gateway is a word.",
    body: ({ gateways }) => ({ gateways: gateways.map(({ url }) => ({ url, priority: "high" })) }),
    check: "A4.priority",
    reasonCode: "schema",
  },
  {
    id: "A6.dead-gateway",
    sentence: "A gateway that was taken down is still listed, behind the one that works.",
    body: ({ gateways }) => ({ gateways: [...gateways, deadGateway] }),
    check: "A6.every-url",
    reasonCode: "dead-gateway",
  },
];

/** Addresses that are no name below any issuer, as on a developer's machine. */
const isMachineName = (host: string) => !host.includes(".") || /^[\d.]+$|:/.test(host);

interface UnservedHost {
  readonly id: string;
  readonly sentence: string;
  readonly isServed: (host: string, issuer: string) => boolean;
  readonly checks: readonly string[];
}

const unservedHosts: readonly UnservedHost[] = [
  {
    id: "A5.issuer-only",
    sentence: "Discovery works under the issuer's own name only, and clients ask under their AID.",
    isServed: (host, issuer) => host === issuer,
    checks: ["A5.aid-host", "A5.gateway-host"],
  },
  {
    id: "A5.no-gateway-host",
    sentence: "The host name gateway.{issuer} is not served.",
    isServed: (host, issuer) => host !== `gateway.${issuer}`,
    checks: ["A5.gateway-host"],
  },
  {
    id: "A5.no-issuer-host",
    sentence: "Nothing is served under the issuer's own name, where other gateways ask.",
    isServed: (host, issuer) => host !== issuer,
    checks: ["A5.issuer-host"],
  },
];

/** Discovery, health, TLS (A1 to A8). */
export const discoveryFaults = [
  ...wrongDocuments.map(({ id, sentence, body, check, reasonCode }) =>
    fault({
      id,
      requirement: id.split(".")[0] ?? id,
      sentence,
      rule: "discovery.document",
      wrong:
        () =>
        ({ document }) =>
          body(document),
      kills: foundBy(reasonCode, check),
    }),
  ),
  ...unservedHosts.map(({ id, sentence, isServed, checks }) =>
    fault({
      id,
      requirement: "A5",
      sentence,
      rule: "discovery.servesHost",
      wrong:
        () =>
        ({ host, issuer }) =>
          isMachineName(host) || isServed(host, issuer),
      kills: foundBy("refused", ...checks),
    }),
  ),
  fault({
    id: "A2.text-html",
    requirement: "A2",
    sentence: "The discovery document is sent as text/html.",
    rule: "discovery.contentType",
    wrong: () => () => "text/html; charset=utf-8",
    kills: foundBy("wrong-type", "A2.content-type"),
  }),
  fault({
    id: "A5.every-path-answers",
    requirement: "A5",
    sentence: "Every well-known path is answered with the discovery document.",
    rule: "discovery.isItsPath",
    wrong:
      () =>
      ({ path }) =>
        path.startsWith("/.well-known/"),
    kills: foundBy("accepted", "A5.unknown-path"),
  }),
  fault({
    id: "A7.health-missing",
    requirement: "A7",
    sentence: "There is no /health, so that clients never reconnect.",
    rule: "discovery.healthStatus",
    wrong: () => () => 404,
    kills: foundBy("refused", "A7.health"),
  }),
  fault({
    id: "A8.tls-1.1",
    requirement: "A8",
    sentence: "Connections with TLS 1.1 are accepted.",
    rule: "transport.minimumTlsVersion",
    wrong: () => () => "TLSv1.1" as const,
    kills: foundBy("old-tls", "A8.tls"),
    mount: "tls",
  }),
];
