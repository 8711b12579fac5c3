import type { TlsVersion } from "../../core/tls.ts";

/** The body of `/.well-known/aun-gateway`. */
export interface DiscoveryDocument {
  readonly gateways: readonly { readonly url: string; readonly priority: number }[];
}

/** What is found before there is a connection (AUN 03 § 3.3). */
export interface DiscoveryRules {
  /** Whether this path is the discovery document's (A5). */
  "discovery.isItsPath"(input: { readonly path: string }): boolean;
  /** Whether the document is served under this host name (A5). */
  "discovery.servesHost"(input: { readonly host: string; readonly issuer: string }): boolean;
  /** The body, before it becomes JSON (A1, A3, A4, A6). */
  "discovery.document"(input: { readonly document: DiscoveryDocument }): unknown;
  /** A2. */
  "discovery.contentType"(): string;
  /** The status of `/health` while the gateway is usable (A7). */
  "discovery.healthStatus"(): number;
  /** A8. */
  "transport.minimumTlsVersion"(): TlsVersion;
}

export const honestDiscovery: DiscoveryRules = {
  "discovery.isItsPath": ({ path }) => path === "/.well-known/aun-gateway",
  // The documents name the AID's host, the issuer's and gateway.{issuer}; a developer's machine has its own names.
  "discovery.servesHost": () => true,
  "discovery.document": ({ document }) => document,
  "discovery.contentType": () => "application/json",
  "discovery.healthStatus": () => 200,
  "transport.minimumTlsVersion": () => "TLSv1.2",
};
