import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Keep } from "../core/keeping.ts";
import { type MountedServer, serveMounted } from "../core/mounted-server.ts";
import type { ServeOptions } from "../core/node-server.ts";
import { ownTls, type TlsVersion } from "../core/tls.ts";
import type { StartOptions } from "./common.ts";

/** Where a mock is reached. */
export interface Front extends MountedServer {
  /** Path of the authority's certificate, PEM. */
  readonly ca?: string;
}

/** How a front serves, beyond what the options of a start say. */
export interface FrontOptions extends Pick<ServeOptions, "upgrade" | "limits" | "wire"> {
  /** The oldest TLS version it offers with these faults. */
  readonly minimumTls?: (faults: readonly string[]) => TlsVersion;
}

/** Listens where the options say, over TLS where they say so, and answers 503 until something is mounted. */
export async function openFront(
  { host = "127.0.0.1", port = 0, tls, faults = [] }: StartOptions,
  keep: Keep,
  { minimumTls, ...serving }: FrontOptions = {},
): Promise<Front> {
  if (tls === undefined) return serveMounted(keep, { host, port, ...serving });
  const own = ownTls(minimumTls?.(faults));
  const ca = await certificateFile(keep, "ca.pem", own.authority);
  return { ...(await serveMounted(keep, { host, port, tls: own.tls, ...serving })), ca };
}

/** Clients take from a file whom they trust; it goes when the mock ends. */
export async function certificateFile(keep: Keep, name: string, certificate: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateproof-ca-"));
  keep({ close: () => rm(folder, { recursive: true, force: true }) });
  const path = join(folder, name);
  await writeFile(path, certificate);
  return path;
}
