import { Agent, createServer, request as forward, type Server } from "node:http";
import { Worker } from "node:worker_threads";
import autocannon from "autocannon";

const seconds = 3;

/** Requests per second that are answered with success. */
export async function rate(url: string, headers: Record<string, string>): Promise<number> {
  const { requests, non2xx } = await autocannon({ url, headers, duration: seconds, connections: 10, workers: 1 });
  if (non2xx > 0) throw new Error(`${non2xx} answers of ${url} were no success`);
  return requests.average;
}

/** A server in a thread of its own that answers a small JSON. */
export async function bareUpstream() {
  const worker = new Worker(
    `const { createServer } = require("node:http");
     const { parentPort } = require("node:worker_threads");
     const body = JSON.stringify({ messages: [{ id: 1, subject: "hello" }] });
     const server = createServer((_, response) => response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body));
     server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  return { origin: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
}

/** The least a reverse proxy can do. */
export async function bareProxy(origin: string) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true });
  const server: Server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = forward({ hostname, port, method, path, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const close = async () => {
    agent.destroy();
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}
