import type { IncomingMessage } from "node:http";
import { knownRequest } from "./known-request.ts";
import { readWhole } from "./whole-message.ts";

/** Bodies announced up to this size are read before the handler runs, which is twice as fast as a stream. */
const bufferedBytes = 64 * 1024;

/** Path and query below the server's own origin; an absolute-form target loses its scheme and authority. */
function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?<rest>.*)$/is.exec(target);
  const rest = absolute?.groups?.["rest"] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** As a record when no name comes twice (faster), otherwise as pairs, so that no value is lost. */
function headersOf(raw: readonly string[]): Record<string, string> | [string, string][] {
  const record: Record<string, string> = Object.create(null);
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    // A record called `__proto__` would lose that value on its way through Headers.
    if (name in record || name === "__proto__") return pairsOf(raw);
    record[name] = raw[index + 1] ?? "";
  }
  return record;
}

function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return pairs;
}

/**
 * The body as a stream that reads from the socket only when it is read. Cancelling it lets the rest of the request run
 * dry instead of tearing the connection down, so that the refusal still reaches the client.
 */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else if (value instanceof Uint8Array) controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
        incoming.resume();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The fetch-style Request of a message on the wire; `origin` is the server's own, whatever Host says. */
export async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const method = incoming.method ?? "GET";
  const url = origin + pathOf(incoming.url ?? "/");
  const headers = headersOf(incoming.rawHeaders);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });

  const announced = incoming.headers["content-length"];
  if (announced === undefined && incoming.headers["transfer-encoding"] === undefined) {
    return new Request(url, { method, headers });
  }
  if (announced !== undefined && Number(announced) <= bufferedBytes) {
    return knownRequest(url, { method, headers, body: await readWhole(incoming) });
  }
  return new Request(url, { method, headers, body: streamOf(incoming), duplex: "half" });
}
