import { once } from "node:events";
import { type ReadyLine, startMock } from "../../mocks/start.ts";
import type { MockFlags } from "../commands/mock.ts";
import { CliError, exitCodes } from "../exit.ts";
import { print } from "../terminal.ts";
import { faultError } from "./fault-error.ts";
import { mockCalled, startOptions } from "./options.ts";

/** A mock that is told to stop has this long to end its connections. */
const stopMs = 800;

/** Starts a mock, says where it is, and serves until SIGINT or SIGTERM. */
export async function serveMock(flags: MockFlags): Promise<number> {
  const which = mockCalled(flags.which);
  const options = await startOptions(which, flags, { cwd: process.cwd(), env: process.env });
  const stopped = stopSignal();
  const mock = await startMock(which, options).catch(async (error: unknown) => {
    throw await faultError(portError(error, flags), which, options.faults ?? []);
  });
  await print(flags.json ? `${JSON.stringify(mock.ready)}\n` : readyText(mock.ready, options.faults ?? []));
  await stopped;
  const late = setTimeout(() => process.exit(exitCodes.conformant), stopMs);
  await mock.close();
  clearTimeout(late);
  return exitCodes.conformant;
}

/** Resolves at the first signal; the second one ends the process. */
async function stopSignal(): Promise<void> {
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

/** Says which flag chose an address that cannot be listened at. */
function portError(error: unknown, flags: MockFlags): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!(error instanceof Error) || !code.startsWith("LISTEN_")) return error;
  const control = flags["control-port"];
  const chosen = [
    { flag: "--port", port: flags.port },
    { flag: "--control-port", port: control },
  ].find(({ port }) => port !== undefined && port !== 0 && error.message.includes(`:${port}:`));
  const flag = chosen === undefined ? "--host" : `${chosen.flag} ${chosen.port}`;
  return new CliError({ code, message: `${flag}: ${error.message}` });
}

/** What a person needs to know of a mock that is ready. */
export function readyText(ready: ReadyLine, faults: readonly string[]): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["url", ready.url],
    ["provider", ready.provider],
    ["client id", ready.client_id],
    ["secret", ready.client_secret],
    ["gateway", ready.gateway],
    ["issuer", ready.issuer],
    ["root", ready.root],
    ...namedRows("user", ready.users),
    ...namedRows("backend", ready.backends),
    ["control", `${ready.control}  (GET /requests, POST /clock, POST /faults …; a page at /)`],
    ["CA", ready.ca],
    ["faults", faults.length === 0 ? undefined : faults.join(", ")],
    ["stop", `Ctrl-C, or kill ${ready.pid}`],
  ];
  const others = Object.entries(ready.mocks ?? {}).filter(([mock]) => mock !== "ath-gateway");
  const more = [...rows, ...others.flatMap(([mock, line]) => mockRows(mock, line))];
  const lines = more.flatMap(([label, value]) => (value === undefined ? [] : [`  ${label.padEnd(10)} ${value}`]));
  return `${[`mock ${ready.mock} is ready`, ...lines].join("\n")}\n`;
}

type Row = readonly [label: string, value: string | undefined];

/** What another mock of `all` says of itself, under its name. */
function mockRows(mock: string, { url, control, gateway, issuer, users, backends }: ReadyLine): readonly Row[] {
  return [
    [mock, url],
    ["gateway", gateway],
    ["issuer", issuer],
    ...namedRows("user", users),
    ...namedRows("backend", backends),
    ["control", control],
  ];
}

function namedRows(label: string, values: Readonly<Record<string, string>> = {}): readonly Row[] {
  return Object.entries(values).map(([name, url]) => [label, `${name}  ${url}`]);
}
