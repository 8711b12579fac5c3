import type { DiscoveryDocument, ServiceDiscoveryDocument } from "../../../schemas/index.ts";

export interface DiscoveryRules {
  /** DISC-1, DISC-3: the body of `/.well-known/ath.json`; its registration endpoint is absolute and works. */
  "discovery.document": (input: { readonly document: DiscoveryDocument; readonly publicUrl: string }) => unknown;
  /** DISC-2, DISC-3: the body of `/.well-known/ath-app.json`. */
  "discovery.serviceDocument": (input: {
    readonly document: ServiceDiscoveryDocument;
    readonly publicUrl: string;
  }) => unknown;
}

export const honestDiscovery: DiscoveryRules = {
  "discovery.document": ({ document }) => document,
  "discovery.serviceDocument": ({ document }) => document,
};
