import { type KeyObject, sign } from "node:crypto";
import { newKeyPair } from "../../core/key-pair.ts";
import { type RunningServer, serve } from "../../core/node-server.ts";

export interface AgentKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function agentKeys(): AgentKeys {
  return newKeyPair("P-256");
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** A compact JWS, ES256, with exactly this header and payload. */
export function signed(header: unknown, payload: unknown, key: KeyObject): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

/** What the host answers for one path: a document, or whatever a test wants. */
export type Published = (request: Request) => Response | Promise<Response>;

/** A host of identity documents that counts its fetches. */
export interface IdentityHost {
  readonly server: RunningServer;
  publish(path: string, answer: Published): void;
  /** Fetches of this path so far. */
  fetches(path: string): number;
}

export async function identityHost(): Promise<IdentityHost> {
  const published = new Map<string, Published>();
  const counts = new Map<string, number>();
  const server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
    return published.get(pathname)?.(request) ?? new Response("nothing here", { status: 404 });
  });
  return {
    server,
    publish: (path, answer) => published.set(path, answer),
    fetches: (path) => counts.get(path) ?? 0,
  };
}
