/** An absolute http(s) URL cut apart without normalising anything. */
export interface RawUrl {
  readonly secure: boolean;
  readonly origin: string;
  /** Host without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** What stands in the Host header. */
  readonly authority: string;
  /** Path and query byte for byte, "/" when there is none. */
  readonly target: string;
}

const absolute = /^(https?):\/\/([^/?#\\]*)(.*)$/is;

/**
 * Cuts an absolute URL into what a request needs. `new URL` would resolve dot segments, backslashes and empty segments,
 * which are exactly what some checks must put on the wire. undefined when it is no http(s) URL.
 */
export function cutUrl(url: string): RawUrl | undefined {
  const [, scheme, authority, rest] = absolute.exec(url) ?? [];
  if (scheme === undefined || authority === undefined || rest === undefined) return undefined;
  const origin = `${scheme.toLowerCase()}://${authority}`;
  if (!URL.canParse(origin)) return undefined;
  const parsed = new URL(origin);
  const secure = parsed.protocol === "https:";
  const target = rest === "" || rest.startsWith("?") ? `/${rest}` : rest;
  return {
    secure,
    origin: parsed.origin,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? (secure ? 443 : 80) : Number(parsed.port),
    authority: parsed.host,
    target,
  };
}
