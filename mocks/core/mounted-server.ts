import type { HttpHandler } from "./http.ts";
import type { Keep } from "./keeping.ts";
import { type RunningServer, type ServeOptions, serve, type UpgradeHandler } from "./node-server.ts";

/** A server whose handlers are mounted once its address is known. */
export interface MountedServer extends RunningServer {
  mount(handler: HttpHandler, upgrade?: UpgradeHandler): void;
}

/** What becomes of an upgrade as long as nothing that takes it is mounted. */
export const noUpgradeYet: UpgradeHandler = (_request, socket) => socket.destroy();

/**
 * Listens, and answers 503 until something is mounted; the caller keeps it to close it. Where the options name no
 * `upgrade`, a mounted one is never asked. Throws ListenError.
 */
export async function serveMounted(keep: Keep, options: ServeOptions = {}): Promise<MountedServer> {
  let handler: HttpHandler = async () => new Response("starting", { status: 503 });
  let take = options.upgrade;
  const upgrade: UpgradeHandler = (request, socket, head) => take?.(request, socket, head);
  const server = keep(
    await serve((request, peer) => handler(request, peer), { ...options, ...(take === undefined ? {} : { upgrade }) }),
  );
  return {
    ...server,
    mount(given, takeOver = take) {
      handler = given;
      take = takeOver;
    },
  };
}
