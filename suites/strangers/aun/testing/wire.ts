import type { WebSocket } from "ws";
import type { Members } from "./house.ts";

/** How a gateway writes, and when: JSON (RFC 8259), JSON-RPC 2.0 and WebSockets (RFC 6455) leave all of it free. */
export interface WireHabits {
  /** Milliseconds from a request to its answer. */
  readonly answersAfterMs: number;
  /** In which order the answers come to requests that came within this while. */
  readonly order: "as-asked" | "last-first";
  /** `escaped`: every character of every text, with white space, members in the reverse order. */
  readonly json: "compact" | "escaped";
  /** Bytes in one frame; undefined: a message is one frame. */
  readonly fragmentBytes: number | undefined;
  /** `pings-and-news`: before each answer of a session a ping frame and a notification that nobody knows. */
  readonly chatter: "none" | "pings-and-news";
}

/** Sends the messages of one connection. */
export interface Writer {
  push(message: Members): void;
  /** `then`: what comes of it, behind the answer. */
  answer(message: Members | readonly Members[], to: "stranger" | "session", then?: () => void): void;
}

const news: readonly Members[] = [
  { method: "event/weather.changed", params: { sky: "clear", id: 7, result: null } },
  { method: "notification/hello" },
  { method: "event/ticks", params: [1, 2, { nonce: "none" }] },
];

export function writerOf(socket: WebSocket, habits: WireHabits): Writer {
  const { answersAfterMs, order, json, fragmentBytes, chatter } = habits;
  const held: (() => void)[] = [];
  let told = 0;
  const write = (value: unknown) => {
    if (socket.readyState !== socket.OPEN) return;
    const bytes = Buffer.from(json === "compact" ? JSON.stringify(value) : escaped(value));
    const size = fragmentBytes ?? bytes.length;
    for (let start = 0; start < bytes.length; start += size) {
      socket.send(bytes.subarray(start, start + size), { binary: false, fin: start + size >= bytes.length });
    }
  };
  const push = (message: Members) => write({ jsonrpc: "2.0", ...message });
  const chat = () => {
    if (socket.readyState === socket.OPEN) socket.ping("still there?");
    push(news[told % news.length] ?? {});
    told += 1;
  };
  const release = () => {
    for (const next of order === "last-first" ? held.splice(0).reverse() : held.splice(0)) next();
  };
  return {
    push,
    answer(message, to, then = () => {}) {
      const answer = () => {
        if (chatter === "pings-and-news" && to === "session") chat();
        write(Array.isArray(message) ? message : { jsonrpc: "2.0", ...message });
        then();
      };
      if (answersAfterMs === 0) return answer();
      held.push(answer);
      if (order === "as-asked") setTimeout(() => held.shift()?.(), answersAfterMs);
      else if (held.length === 1) setTimeout(release, answersAfterMs);
    },
  };
}

function escaped(value: unknown): string {
  const text = JSON.stringify(reversed(value), null, "\t") ?? "";
  const every = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => `"${units(String(JSON.parse(quoted)))}"`);
  return `\r\n${every.replaceAll("\n", " \r\n")}\n`;
}

function units(text: string): string {
  let all = "";
  for (let at = 0; at < text.length; at += 1) all += `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return all;
}

/** The same value, the members of its objects in the reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
