/** Who is on the other end of a request; unknown where there is no socket (msw, tests without a port). */
export interface Peer {
  readonly address?: string;
  /**
   * Path and query exactly as they came on the wire. `Request.url` has dot segments resolved and backslashes turned, so
   * whoever must see `/ath/proxy/mail/..%2f..`, `//host` or `/a/../b` looks here. An absolute-form target (RFC 9112
   * § 3.2.2) stands here whole.
   */
  readonly rawTarget?: string;
}

/**
 * The HTTP side of every reference implementation: one fetch-style function. It catches its own throws, knows its public
 * origin from configuration (never from Host) and redirects to absolute URLs, so that it works the same behind the node
 * server, behind msw and called directly.
 */
export type HttpHandler = (request: Request, peer?: Peer) => Promise<Response>;
