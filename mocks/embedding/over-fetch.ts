import { bytesOf, type HeaderList, headerOf, type UpstreamResponse } from "../ath/body-source.ts";
import { type Exchange, type HttpClient, NoAnswerError } from "../ath/engine/http-client.ts";
import { type Forward, UpstreamError } from "../ath-gateway/forwarder.ts";

/**
 * The ways of a mock to other servers over the global fetch, where msw stands and node's own HTTP client passes it by.
 */
export function fetchClient(): HttpClient {
  return { exchange: exchangeOverFetch, close: () => {} };
}

async function exchangeOverFetch(exchange: Exchange) {
  const { method, url, headers, body, maxBytes } = exchange;
  const { totalMs } = exchange.timeouts;
  const timeout = totalMs === undefined ? undefined : AbortSignal.timeout(totalMs);
  const failed = (): never => {
    if (timeout?.aborted) throw new NoAnswerError("TIMEOUT", `did not answer completely within ${totalMs} ms`);
    throw new NoAnswerError("CONNECTION", "could not be reached");
  };
  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
    ...(timeout === undefined ? {} : { signal: timeout }),
  }).catch(failed);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (
    let piece = await reader?.read().catch(failed);
    piece?.done === false;
    piece = await reader?.read().catch(failed)
  ) {
    size += piece.value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new NoAnswerError("TOO_LARGE", `answered with more than ${maxBytes} bytes`);
    }
    chunks.push(piece.value);
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.concat(chunks) };
}

/** Fields that fetch writes itself. */
const framing = new Set(["connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding"]);

/** Calls to a provider's API over the global fetch. */
export const forwardOverFetch: Forward = async ({ origin, method, path, headers, body, timeoutMs }) => {
  const sent = headers.filter(([name]) => !framing.has(name.toLowerCase()));
  const signal = AbortSignal.timeout(timeoutMs);
  const whole = body === undefined || method === "GET" || method === "HEAD" ? undefined : await bytesOf(body);
  const response = await fetch(origin + path, {
    method,
    headers: sent.map(([name, value]): [string, string] => [name, value]),
    redirect: "manual",
    signal,
    ...(whole === undefined ? {} : { body: Buffer.from(whole) }),
  }).catch((): never => {
    const [code, said] = signal.aborted
      ? (["TIMEOUT", `did not answer within ${timeoutMs} ms`] as const)
      : (["CONNECTION", "could not be reached"] as const);
    throw new UpstreamError(code, `the provider ${said}`, false);
  });
  return { status: response.status, headers: asSent(response), body: new Uint8Array(await response.arrayBuffer()) };
};

/** fetch has undone the encoding of the body, so its fields would be wrong. */
function asSent(response: Response): UpstreamResponse["headers"] {
  const all: HeaderList = [...response.headers];
  if (headerOf(all, "content-encoding") === undefined) return all;
  return all.filter(([name]) => name !== "content-encoding" && name !== "content-length");
}
