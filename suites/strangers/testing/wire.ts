import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Refusal } from "./refusals.ts";

/** A request as the handlers see it; `path` and `query` are cut from the raw target, nothing decoded. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Without the question mark; undefined when there is none. */
  readonly query: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

export type Json = Readonly<Record<string, unknown>>;

export function page(status: number, title: string, content: string, cookies: readonly string[] = []): Answer {
  const body = `<!DOCTYPE html><html><head><title>${escaped(title)}</title></head><body>${content}</body></html>`;
  return { status, headers: { "Content-Type": "text/html; charset=utf-8", ...setCookies(cookies) }, body };
}

export function redirect(status: 302 | 303 | 307, location: string, cookies: readonly string[] = []): Answer {
  return { status, headers: { Location: location, "Cache-Control": "no-store", ...setCookies(cookies) }, body: "" };
}

function setCookies(cookies: readonly string[]): Record<string, readonly string[]> {
  return cookies.length === 0 ? {} : { "Set-Cookie": cookies };
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function cookie({ headers }: Call, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Adds parameters behind whatever query a URI has. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  const added = new URLSearchParams(parameters).toString();
  return `${uri}${uri.includes("?") ? "&" : "?"}${added}`;
}

/** Reads a body up to a limit; past it the promise fails at once (`close-at-once`) or when everything was thrown away. */
export function readBody(
  request: IncomingMessage,
  limit: number,
  tooLarge: "close-at-once" | "read-to-the-end",
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const refuse = () => reject(new Refusal("too-large", `a body may have ${limit} bytes`, { Connection: "close" }));
    request.on("data", (piece: Buffer) => {
      length += piece.length;
      if (length <= limit) pieces.push(piece);
      else if (tooLarge === "close-at-once") refuse();
    });
    request.on("end", () => (length > limit ? refuse() : resolve(Buffer.concat(pieces))));
    request.on("error", reject);
  });
}
