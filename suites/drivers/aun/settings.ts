/** What the drivers know of an AUN target beyond its URL (config key `aun`). */
export interface AunSettings {
  /** The domain whose AIDs the target serves: everything after the first dot of an AID. */
  readonly issuer: string;
  /** Base URL of discovery, /health and /pki when it is not the target's host; without trailing slash. */
  readonly http?: string;
  /** `open`: auth.create_aid works for anyone; else identities that exist already. */
  readonly identities: "open" | readonly ListedIdentity[];
  /** PEM of the roots that certificates must chain to; without it the root that the target publishes is taken. */
  readonly trustRoots?: string;
  /** A second domain that the target is connected with. */
  readonly peer?: PeerSettings;
}

/** An identity that the operator gave to the kit. */
export interface ListedIdentity {
  readonly aid: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM of the private key. */
  readonly privateKey: string;
}

/** The second domain of cross-domain checks. */
export interface PeerSettings {
  readonly issuer: string;
  /** WebSocket or HTTP URL of its gateway. */
  readonly target: string;
  readonly http?: string;
  /** Default: open. */
  readonly identities?: AunSettings["identities"];
}
