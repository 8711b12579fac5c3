import type { Exchange } from "./evidence.ts";

/** Headers that curl sets by itself. */
const automatic = new Set(["host", "connection", "content-length", "transfer-encoding"]);
/** The longest body that is worth a place on a command line. */
const longestBody = 2000;

/**
 * A command line that repeats a request. Secrets are the placeholders of the evidence: the line shows what to send, and
 * the reader puts fresh values in.
 */
export function curlOf({ request }: Pick<Exchange, "request">): string {
  const words = ["curl", "-i", "--path-as-is"];
  if (request.method !== "GET") words.push("-X", request.method);
  for (const [name, value] of request.headers) {
    if (!automatic.has(name.toLowerCase())) words.push("-H", quoted(`${name}: ${value}`));
  }
  if (request.body !== undefined && request.body.length <= longestBody) words.push("--data-raw", quoted(request.body));
  else if (request.bodyBytes > 0) words.push("--data-binary", `@body-of-${request.bodyBytes}-bytes`);
  return [...words, quoted(request.url)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
