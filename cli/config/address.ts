/** Where to listen, from `host:port` or `host:first-last`; IPv6 in brackets. */
export interface ListenAddress {
  readonly host: string;
  readonly ports: readonly number[];
}

/** The parsed address, or what is wrong with it. */
export function listenAddress(text: string): ListenAddress | { readonly problem: string } {
  const { host, first, last } = /^(?<host>.+):(?<first>\d+)(?:-(?<last>\d+))?$/.exec(text)?.groups ?? {};
  if (host === undefined) return { problem: `must be host:port or host:first-last, is "${text}"` };
  const from = Number(first);
  const to = Number(last ?? first);
  if (from > 65_535 || to > 65_535) return { problem: `has a port above 65535: "${text}"` };
  if (from > to) return { problem: `has a range of ports that ends before it begins: "${text}"` };
  return {
    host: host.replace(/^\[(.*)\]$/, "$1"),
    ports: Array.from({ length: to - from + 1 }, (_, index) => from + index),
  };
}

interface UrlKind {
  /** Something is appended to it, so it may have no query. */
  readonly base: boolean;
  /** It may also be the URL of a WebSocket. */
  readonly websocket?: true;
}

/** What is wrong with a URL of the configuration; undefined when nothing is. */
export function urlProblem(text: string, { base, websocket }: UrlKind): string | undefined {
  if (!URL.canParse(text)) return `must be an http:// or https:// URL, is ${JSON.stringify(text.slice(0, 80))}`;
  const { protocol, username, password, search, hash } = new URL(text);
  if (username !== "" || password !== "") {
    return "has a user name or password in the URL (not shown); send credentials in a header instead";
  }
  const schemes = websocket ? ["http:", "https:", "ws:", "wss:"] : ["http:", "https:"];
  if (!schemes.includes(protocol)) {
    const either = schemes.map((scheme) => `${scheme}//`).join(" or ");
    return `must begin with ${either}, is ${JSON.stringify(text.slice(0, 80))}`;
  }
  if (base && (search !== "" || hash !== "")) return "must be a base URL, without ? and #";
  return undefined;
}
