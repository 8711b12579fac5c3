import type { Keep, Started, StartedMock, Starter, StartOptions } from "./start/common.ts";

export type { ReadyLine, StartedMock, StartOptions } from "./start/common.ts";

/** The mocks by name; each is loaded when it is started. */
const starters = {
  "ath-gateway": async (): Promise<Starter> => (await import("./start/ath-gateway.ts")).startAthGateway,
  "ath-native": async (): Promise<Starter> => (await import("./start/ath-native.ts")).startAthNative,
  "ath-handshake": async (): Promise<Starter> => (await import("./start/ath-handshake.ts")).startAthHandshake,
  "aun-gateway": async (): Promise<Starter> => (await import("./start/aun-gateway.ts")).startAunGateway,
  "oauth-provider": async (): Promise<Starter> => (await import("./start/oauth-provider.ts")).startOAuthProvider,
} as const;

type SingleMock = keyof typeof starters;

/** The mocks that can be started by name. */
export const startableMocks = [
  "ath-gateway",
  "ath-native",
  "ath-handshake",
  "oauth-provider",
  "aun-gateway",
  "all",
] as const;
export type StartableMock = SingleMock | "all";

/** What `all` starts: the gateway brings its provider. */
const together = ["ath-gateway"] as const satisfies readonly SingleMock[];

/**
 * Starts a reference mock on the node server, with its control API on a port of its own. Throws UnknownFaultError and the
 * server's coded listen errors; what was started by then is ended.
 */
export async function startMock(mock: StartableMock, options: StartOptions = {}): Promise<StartedMock> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  const keep: Keep = (one) => {
    opened.push(one);
    return one;
  };
  try {
    const started = mock === "all" ? await startAll(options, keep) : await (await starters[mock]())(options, keep);
    return { ...started, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(options: StartOptions, keep: Keep): Promise<Started> {
  const [first] = together;
  const started = await (await starters[first]())(options, keep);
  return { ...started, ready: { ...started.ready, mock: "all" } };
}
