import { type Keep, openedOrClosed } from "./core/keeping.ts";
import { parseFault } from "./core/rules.ts";
import type { ReadyLine, Started, StartedMock, Starter, StartOptions } from "./start/common.ts";

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

/** What `all` starts beside the first, which takes the ports that are asked for and brings the OAuth provider. */
const beside = ["ath-native", "ath-handshake", "aun-gateway"] as const satisfies readonly SingleMock[];

/**
 * Starts a reference mock on the node server, with its control API on a port of its own. Throws UnknownFaultError and the
 * server's coded listen errors; what was started by then is ended.
 */
export async function startMock(mock: StartableMock, options: StartOptions = {}): Promise<StartedMock> {
  return openedOrClosed(async (keep) =>
    mock === "all" ? startAll(options, keep) : (await starters[mock]())(options, keep),
  );
}

/** Every mock on one clock; the ready line is the gateway's, with the lines of all under `mocks`. */
async function startAll(options: StartOptions, keep: Keep): Promise<Started> {
  const { faults = [], port: _, controlPort: __, publicUrl: ___, config: ____, ...shared } = options;
  const { shiftableClock } = await import("./core/clock.ts");
  const clock = options.clock ?? shiftableClock();
  const faultsOf = await sharedOut(faults);
  const first = await (await starters["ath-gateway"]())({ ...options, clock, faults: faultsOf("ath-gateway") }, keep);
  const mocks: Record<string, ReadyLine> = { "ath-gateway": first.ready };
  for (const mock of beside) {
    const { ready } = await (await starters[mock]())({ ...shared, clock, faults: faultsOf(mock) }, keep);
    mocks[mock] = ready;
  }
  return { ...first, ready: { ...first.ready, mock: "all", mocks } };
}

/** Which of the faults each mock gets: those it knows. What none knows goes to the gateway, which says so. */
async function sharedOut(faults: readonly string[]): Promise<(mock: SingleMock) => readonly string[]> {
  if (faults.length === 0) return () => [];
  const { faultCatalogue } = await import("./catalogue.ts");
  const owners = faults.map((text) => {
    const { id } = parseFault(text);
    const known = faultCatalogue.filter(({ fault }) => fault.id === id).map(({ mock }) => mock);
    return { text, mocks: known.filter((mock) => mock !== "oauth-provider") };
  });
  return (mock) =>
    owners
      .filter(({ mocks }) => mocks.includes(mock) || (mock === "ath-gateway" && mocks.length === 0))
      .map(({ text }) => text);
}
