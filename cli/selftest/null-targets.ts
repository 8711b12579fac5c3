import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import { socketTargets } from "./null-sockets.ts";

/** A target that implements nothing. A kit that finds a pass there proves nothing anywhere. */
export interface NullTarget {
  readonly name: string;
  /** Starts it on a free port and gives its URL. */
  open(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const fittingError = JSON.stringify({ code: "INVALID_ATTESTATION", message: "the attestation is not valid" });

const constant =
  (status: number, body: string): Answer =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };

const echo: Answer = (request, response, body) => {
  response.writeHead(200, { "content-type": request.headers["content-type"] ?? "application/json" }).end(body);
};

/** The null targets that a profile has to see through. */
export function nullTargetsOf(profile: RunnableProfile): readonly NullTarget[] {
  return profile === "aun-gateway" ? [...httpTargets, ...socketTargets] : httpTargets;
}

/** The null targets of INTERFACE.md § selftest, in its order. */
const httpTargets: readonly NullTarget[] = [
  { name: "closed port", open: closedPort },
  { name: "accepts and hangs", open: () => tcp(() => {}) },
  { name: "200 {} to everything", open: () => http(constant(200, "{}")) },
  { name: "401", open: () => http(constant(401, fittingError)) },
  { name: "400 with a fitting error body", open: () => http(constant(400, fittingError)) },
  { name: "500", open: () => http(constant(500, fittingError)) },
  { name: "echo of the request", open: () => http(echo) },
];

async function closedPort() {
  const { url, close } = await tcp(() => {});
  await close();
  return { url, close: async () => {} };
}

function tcp(onConnection: (socket: Socket) => void) {
  return listening(createTcpServer(onConnection));
}

function http(answer: Answer) {
  return listening(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => answer(request, response, Buffer.concat(chunks)));
      request.on("error", () => response.destroy());
    }),
  );
}

function listening(server: Server) {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise<{ url: string; close(): Promise<void> }>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port was given"));
      else resolve({ url: `http://127.0.0.1:${address.port}`, close });
    });
  });
}
