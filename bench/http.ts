import { Agent, type IncomingMessage, request } from "node:http";

/** An answer, body as text. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** A keep-alive client without anything that would be measured along. */
export function client() {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ask = (url: string, { method = "GET", headers = {}, json }: Ask = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const body = json === undefined ? undefined : JSON.stringify(json);
      const type =
        body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const outgoing = request(url, { method, agent, headers: { ...type, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
        response.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  return { ask, close: () => agent.destroy() };
}
