import type { ServerResponse } from "node:http";
import { contentOf, type KnownResponse } from "./known-response.ts";

/** Statuses that never have a body (RFC 9110 § 15); 1xx cannot be a Response. */
const bodiless = new Set([204, 205, 304]);

/** Bodies up to this size are sent in one piece with their head. */
const joinedBytes = 16 * 1024;

/** How many turns of the microtask queue a body that is already in memory may take to show its end. */
const turns = 12;

/** The promise's value if it is there without waiting for the network or a timer. */
async function atOnce<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  let settled: Value | undefined;
  promise.then(
    (value) => {
      settled = value;
    },
    () => {},
  );
  for (let turn = 0; turn < turns && settled === undefined; turn += 1) await undefined;
  return settled;
}

/** Names and values in one flat list, as node takes repeated headers; the framing is node's own. */
function headersOf(response: Response): { readonly list: string[]; readonly length: number | undefined } {
  const list: string[] = [];
  let length: number | undefined;
  for (const [name, value] of response.headers) {
    if (name === "content-length") length = Number(value);
    else if (name !== "transfer-encoding") list.push(name, value);
  }
  return { list, length };
}

/** Resolves when more may be written; rejects when the client is gone. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      outgoing.off("drain", onDrain);
      outgoing.off("close", onClose);
      settle();
    };
    const onDrain = done(resolve);
    const onClose = done(() => reject(new Error("the client went away")));
    outgoing.once("drain", onDrain);
    outgoing.once("close", onClose);
  });
}

/** Head and body in one write. */
function sendKnown(status: number, { headers, body }: KnownResponse, outgoing: ServerResponse): void {
  const list: string[] = [];
  for (const [name, value] of headers) {
    const field = name.toLowerCase();
    if (field !== "content-length" && field !== "transfer-encoding") list.push(name, value);
  }
  if (!bodiless.has(status)) list.push("content-length", String(body?.byteLength ?? 0));
  outgoing.writeHead(status, list);
  // Node joins head and body into one write only when the body is a string; latin1 keeps every byte.
  if (body !== undefined && body.byteLength <= joinedBytes) {
    outgoing.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"), "latin1");
  } else outgoing.end(body);
}

/** Writes a fetch-style Response; a body that fails half way ends the connection, so that no client takes it as whole. */
export async function sendResponse(response: Response, outgoing: ServerResponse, head: boolean): Promise<void> {
  const content = head || outgoing.destroyed ? undefined : contentOf(response);
  if (content !== undefined) return sendKnown(response.status, content, outgoing);
  const { list, length } = headersOf(response);
  const begin = (contentLength: number | undefined) => {
    if (contentLength !== undefined) list.push("content-length", String(contentLength));
    if (response.statusText === "") outgoing.writeHead(response.status, list);
    else outgoing.writeHead(response.status, response.statusText, list);
  };
  const body = response.body;
  if (outgoing.destroyed) {
    // The client went away while the handler was at work.
    await body?.cancel();
    return;
  }

  if (head || bodiless.has(response.status)) {
    begin(head ? length : undefined);
    outgoing.end();
    await body?.cancel();
    return;
  }
  if (body === null) {
    begin(0);
    outgoing.end();
    return;
  }

  const reader = body.getReader();
  const onClose = () => {
    if (!outgoing.writableFinished) reader.cancel().catch(() => {});
  };
  outgoing.once("close", onClose);

  let next = reader.read();
  const first = await atOnce(next);
  if (first !== undefined) {
    if (first.done) {
      begin(0);
      outgoing.end();
      return;
    }
    next = reader.read();
    const second = await atOnce(next);
    if (second?.done === true) {
      begin(first.value.byteLength);
      outgoing.end(first.value);
      return;
    }
  }

  // A body whose end is not in sight: head first, then chunk by chunk as fast as the client reads.
  begin(length);
  outgoing.flushHeaders();
  let written = 0;
  const write = async (chunk: Uint8Array) => {
    written += chunk.byteLength;
    if (!outgoing.write(chunk) && !outgoing.destroyed) await drained(outgoing);
  };
  try {
    if (first?.value !== undefined) await write(first.value);
    for (let chunk = await next; !chunk.done; chunk = await reader.read()) await write(chunk.value);
  } catch {
    outgoing.destroy();
    return;
  }
  if (length !== undefined && written !== length) outgoing.destroy();
  else outgoing.end();
}
