/** True for hosts that never leave the machine: localhost and the loopback addresses. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\./.test(hostname);
}

/** The same scheme, host and port; the names of the loopback interface count as one host. */
export function sameOrigin(one: URL, other: URL): boolean {
  if (one.origin === other.origin) return true;
  return isLoopback(one) && isLoopback(other) && one.protocol === other.protocol && one.port === other.port;
}

/** The same host and port, whatever the scheme. */
export function sameHost(one: URL, other: URL): boolean {
  return (one.hostname === other.hostname || (isLoopback(one) && isLoopback(other))) && one.port === other.port;
}
