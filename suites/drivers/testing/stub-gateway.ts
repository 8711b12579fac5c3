import type { IncomingMessage, ServerResponse } from "node:http";
import { serveHttp } from "./stub-server.ts";

/** A request as the stub saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Answer = (seen: Seen, response: ServerResponse) => void;

/** A target that answers each path (without its query) as the test says, and remembers what it was asked. */
export async function stubGateway(answers: Readonly<Record<string, Answer>>) {
  const seen: Seen[] = [];
  const origin = await serveHttp((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(pieces).toString("utf8") };
      seen.push(one);
      const answer = answers[url.split("?", 1)[0] ?? ""];
      if (answer === undefined) json(response, 404, { code: "NOT_FOUND", message: "no such path" });
      else answer(one, response);
    });
  });
  return { origin, seen };
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

export function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(body);
}

export function redirect(response: ServerResponse, location: string, headers: Record<string, string> = {}): void {
  response.writeHead(302, { Location: location, ...headers }).end();
}

/** Answers to registration and authorization that grant everything. */
export const granting = {
  "/ath/agents/register": (_: Seen, response: ServerResponse) =>
    json(response, 201, {
      client_id: "client-1",
      client_secret: "client-secret-1",
      agent_status: "approved",
      approved_providers: [{ provider_id: "mail", approved_scopes: ["mail:read"], denied_scopes: ["mail:send"] }],
      approval_expires: "2030-01-01T00:00:00Z",
    }),
  "/ath/authorize": (_: Seen, response: ServerResponse) =>
    json(response, 200, { authorization_url: "http://127.0.0.1:9/consent", ath_session_id: "session-1" }),
  "/ath/token": (_: Seen, response: ServerResponse) =>
    json(response, 200, {
      access_token: "the-ath-token",
      token_type: "Bearer",
      expires_in: 3600,
      effective_scopes: ["mail:read"],
      provider_id: "mail",
    }),
} satisfies Readonly<Record<string, Answer>>;
