import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minimumTlsVersion } from "../ath/minimum-tls.ts";
import type { HttpHandler } from "../core/http.ts";
import type { Keep } from "../core/keeping.ts";
import { type RunningServer, type ServeOptions, serve } from "../core/node-server.ts";
import { ownCertificates, type TlsOptions } from "../core/tls.ts";
import type { WireFaults } from "../core/wire-faults.ts";
import type { StartOptions } from "./common.ts";

/** A server whose handler is mounted once its address is known. */
export interface Front extends RunningServer {
  readonly ca?: string;
  mount(handler: HttpHandler): void;
}

/** Listens, and answers 503 until something is mounted. */
export async function listen(
  options: StartOptions,
  keep: Keep,
  wire?: WireFaults,
  more: Pick<ServeOptions, "upgrade" | "limits"> = {},
): Promise<Front> {
  const { host = "127.0.0.1", port = 0 } = options;
  let handler: HttpHandler = async () => new Response("starting", { status: 503 });
  const certificates = options.tls ? await ownTls(keep, options.faults ?? []) : undefined;
  const server = keep(
    await serve((request, peer) => handler(request, peer), {
      host,
      port,
      ...(certificates === undefined ? {} : { tls: certificates.tls }),
      ...(wire === undefined ? {} : { wire }),
      ...more,
    }),
  );
  return {
    ...server,
    ...(certificates === undefined ? {} : { ca: certificates.ca }),
    mount(given) {
      handler = given;
    },
  };
}

async function ownTls(keep: Keep, faults: readonly string[]): Promise<{ tls: TlsOptions; ca: string }> {
  const { authority, certificate, key } = ownCertificates();
  const ca = await certificateFile(keep, "ca.pem", authority);
  return { tls: { certificate, key, minVersion: minimumTlsVersion(faults) }, ca };
}

/** Clients take from a file whom they trust; it goes when the mock ends. */
export async function certificateFile(keep: Keep, name: string, certificate: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateproof-ca-"));
  keep({ close: () => rm(folder, { recursive: true, force: true }) });
  const path = join(folder, name);
  await writeFile(path, certificate);
  return path;
}
