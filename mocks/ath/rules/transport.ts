import type { TlsVersion } from "../../core/tls.ts";

export interface TransportRules {
  /** TLS-1: the oldest TLS version the server offers; whoever serves the handler asks for it. */
  "transport.minimumTlsVersion": () => TlsVersion;
  /** TLS-1: a URL of ours as it is handed to agents (registration endpoint, authorization_url). */
  "transport.handedOutUrl": (input: { readonly url: string }) => string;
}

export const honestTransport: TransportRules = {
  "transport.minimumTlsVersion": () => "TLSv1.2",
  "transport.handedOutUrl": ({ url }) => url,
};
