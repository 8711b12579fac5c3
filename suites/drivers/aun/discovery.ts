import { member } from "../../engine/json.ts";

/** What one entry of a discovery answer says, as far as it can be used. */
export interface Gateway {
  readonly url: string;
  readonly priority: number;
}

/** The gateways of a discovery body, best first: smaller priority is better, 999 where none is given (AUN docs 03 § 3.3). */
export function gatewaysOf(body: unknown): readonly Gateway[] {
  const list = member(body, "gateways");
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((entry: unknown) => {
      const url = member(entry, "url");
      const priority = member(entry, "priority");
      return typeof url === "string" ? [{ url, priority: typeof priority === "number" ? priority : 999 }] : [];
    })
    .toSorted((a, b) => a.priority - b.priority);
}

/** True for ws:// and wss:// URLs. */
export function isWebSocketUrl(url: string): boolean {
  return /^wss?:\/\//i.test(url) && URL.canParse(url);
}

/** The HTTP origin beside a WebSocket URL: same host and port, same security. Other URLs come back without trailing slash. */
export function httpBaseOf(url: string): string {
  if (!isWebSocketUrl(url)) return url.replace(/\/+$/, "");
  const { protocol, host } = new URL(url);
  return `${protocol === "wss:" ? "https" : "http"}://${host}`;
}
