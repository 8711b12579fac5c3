import type { ShiftableClock } from "./clock.ts";
import { type ConsentControl, toConsentPolicy } from "./consent-policy.ts";
import { activeWithSentences, type FaultBoard } from "./fault-board.ts";
import { isRecord, jsonResponse, readJson } from "./json.ts";
import type { RequestLog } from "./request-log.ts";
import type { ActiveFault } from "./rules.ts";
import { statusPage } from "./status-page.ts";

/** What a mock lets be controlled; what it leaves out is answered 404 `NOT_OFFERED`. */
export interface ControlOptions {
  /** What is controlled, for the page at `/`. */
  readonly name?: string;
  readonly requests: RequestLog;
  readonly clock: ShiftableClock;
  readonly rules: FaultBoard;
  readonly consent?: ConsentControl;
  /** The audit log, oldest first. */
  readonly audit?: () => Iterable<unknown>;
  readonly tokens?: () => readonly unknown[];
  /** Makes a pairing code for an AID. */
  readonly pair?: (aid: string) => string;
  /** The authenticated connections that live. */
  readonly connections?: () => readonly unknown[];
  /** The links to gateways of other domains. */
  readonly peers?: () => readonly unknown[];
  /** What only this mock can do. */
  readonly more?: readonly ControlRoute[];
  /** Everything back to the state at start; faults, clock and requests are reset here already. */
  readonly reset: () => void | Promise<void>;
  readonly health: () => Readonly<Record<string, unknown>>;
}

/** A request that only some mock takes; a body that cannot be taken is refused for it. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** For the page at `/`. */
  readonly says: string;
  readonly answer: (request: Request) => Response | Promise<Response>;
}

const bodyBytes = 64 * 1024;

/** A request to the control API that cannot be done. */
export class ControlError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

function invalid(message: string): ControlError {
  return new ControlError(400, "INVALID_REQUEST", message);
}

/** Parts that not every mock has, as a person would call them. */
const partNames = {
  consent: "consent page",
  audit: "audit log",
  tokens: "tokens",
  pair: "pairing codes",
  connections: "connections",
} as const satisfies Partial<Record<keyof ControlOptions, string>>;

type PartName = keyof typeof partNames;

/** A part that an endpoint needs; who calls for what a mock does not have learns what it does have. */
function offered<Name extends PartName>(options: ControlOptions, name: Name): NonNullable<ControlOptions[Name]> {
  const part = options[name];
  if (part !== undefined) return part;
  const message = `this mock has no ${partNames[name]}; there are ${pathsOf(options)}`;
  throw new ControlError(404, "NOT_OFFERED", message);
}

/** A request that the control API of every mock knows. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly says: string;
  /** Without this part of the mock there is nothing to answer. */
  readonly part?: PartName;
  readonly answer: (options: ControlOptions, request: Request) => Response | Promise<Response>;
}

function clockNow(clock: ShiftableClock) {
  return { now: new Date(clock.now()).toISOString() };
}

function toFault(value: unknown): ActiveFault & { readonly path?: string } {
  if (!isRecord(value) || typeof value["id"] !== "string")
    throw invalid('expected {"id": "…", "at"?: n, "path"?: "/…"}');
  const { id, at, path } = value;
  if (at !== undefined && (typeof at !== "number" || !Number.isInteger(at) || at < 1)) {
    throw invalid('"at" is the use at which the fault fires: a whole number from 1');
  }
  if (path !== undefined && typeof path !== "string") throw invalid('"path" is the beginning of a path');
  return { id, ...(at === undefined ? {} : { at }), ...(path === undefined ? {} : { path }) };
}

function advance(clock: ShiftableClock, value: unknown): void {
  const seconds = isRecord(value) ? value["advanceSeconds"] : undefined;
  if (typeof seconds !== "number") throw invalid('expected {"advanceSeconds": n}');
  // A shift beyond what a date can hold would break every later answer.
  if (Number.isNaN(new Date(clock.now() + seconds * 1000).getTime())) throw invalid("that is further than time goes");
  try {
    clock.advance(seconds);
  } catch (error) {
    throw invalid(error instanceof RangeError ? error.message : "the clock cannot be moved like that");
  }
}

/** What the control API of every mock knows, whether this mock offers it or not. */
export const endpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/",
    says: "this page",
    answer: (options) =>
      statusPage({
        name: `Control of ${options.name ?? "a mock"}`,
        sentence: "Switches faults, moves the clock, decides consent and shows what arrived.",
        endpoints: endpointsOf(options),
        activeFaults: activeWithSentences(options.rules),
        requests: options.requests.entries(),
      }),
  },
  {
    method: "GET",
    path: "/health",
    says: "that it runs, and what it is",
    answer: ({ health }) => jsonResponse({ ok: true, ...health() }),
  },
  {
    method: "GET",
    path: "/requests",
    says: "the latest requests, oldest first",
    answer: ({ requests }) => jsonResponse({ requests: requests.entries() }),
  },
  { method: "GET", path: "/clock", says: "the mock's time", answer: ({ clock }) => jsonResponse(clockNow(clock)) },
  {
    method: "POST",
    path: "/clock",
    says: 'moves the time forward: {"advanceSeconds": 600}',
    answer: async ({ clock }, request) => {
      advance(clock, await readJson(request, bodyBytes));
      return jsonResponse(clockNow(clock));
    },
  },
  {
    method: "GET",
    path: "/faults",
    says: "every fault, those that are active, and when each of them fired",
    answer: ({ rules }) =>
      jsonResponse({
        active: rules.active(),
        fired: rules.fired(),
        faults: rules.faults.map(({ id, requirement, sentence, rule }) => ({
          id,
          requirement,
          sentence,
          rule: String(rule),
        })),
      }),
  },
  {
    method: "POST",
    path: "/faults",
    says: 'activates a fault: {"id": "…", "at"?: 2}',
    answer: async ({ rules }, request) => {
      rules.activate(toFault(await readJson(request, bodyBytes)));
      return jsonResponse({ active: rules.active() });
    },
  },
  {
    method: "DELETE",
    path: "/faults",
    says: "honest again",
    answer: ({ rules }) => {
      rules.clear();
      return jsonResponse({ active: rules.active() });
    },
  },
  {
    method: "GET",
    path: "/consent",
    says: "what the user will do at the consent page; null: a person is asked",
    part: "consent",
    answer: (options) => jsonResponse({ consent: offered(options, "consent").current() ?? null }),
  },
  {
    method: "POST",
    path: "/consent",
    says: 'decides for the user: {"user": "alice", "grant": ["…"] | "all" | "none" | "deny"}',
    part: "consent",
    answer: async (options, request) => {
      const control = offered(options, "consent");
      const policy = toConsentPolicy(await readJson(request, bodyBytes));
      if (policy === undefined) {
        throw invalid('expected {"user": "alice", "grant": ["scope", …] | "all" | "none" | "deny"}');
      }
      try {
        control.set(policy);
      } catch (error) {
        throw invalid(error instanceof RangeError ? error.message : "this consent cannot be set");
      }
      return jsonResponse({ consent: control.current() ?? null });
    },
  },
  {
    method: "DELETE",
    path: "/consent",
    says: "asks a person again",
    part: "consent",
    answer: (options) => {
      offered(options, "consent").set(undefined);
      return jsonResponse({ consent: null });
    },
  },
  {
    method: "GET",
    path: "/audit",
    says: "the audit log, one JSON object a line",
    part: "audit",
    answer: (options) => {
      const lines = [...offered(options, "audit")()].map((event) => `${JSON.stringify(event)}\n`);
      return new Response(lines.join(""), { headers: { "content-type": "application/jsonl" } });
    },
  },
  {
    method: "GET",
    path: "/tokens",
    says: "the tokens that live",
    part: "tokens",
    answer: (options) => jsonResponse({ tokens: offered(options, "tokens")() }),
  },
  {
    method: "POST",
    path: "/pairing",
    says: 'makes a pairing code: {"aid": "alice.agentid.test"}',
    part: "pair",
    answer: async (options, request) => {
      const make = offered(options, "pair");
      const body = await readJson(request, bodyBytes);
      const aid = isRecord(body) ? body["aid"] : undefined;
      if (typeof aid !== "string" || !/^[^.\s]+\.\S+$/.test(aid)) throw invalid('expected {"aid": "name.issuer"}');
      return jsonResponse({ code: make(aid) });
    },
  },
  {
    method: "GET",
    path: "/connections",
    says: "the authenticated connections, and the links to other domains",
    part: "connections",
    answer: (options) =>
      jsonResponse({ connections: offered(options, "connections")(), peers: options.peers?.() ?? [] }),
  },
  {
    method: "POST",
    path: "/reset",
    says: "everything back to the start",
    answer: async (options) => {
      await resetMock(options);
      return jsonResponse({ ok: true });
    },
  },
];

/** What this mock takes. */
function endpointsOf(options: ControlOptions): readonly Pick<Endpoint, "method" | "path" | "says">[] {
  const common = endpoints.filter(({ part }) => part === undefined || options[part] !== undefined);
  return [...common, ...(options.more ?? [])];
}

/** The paths that this mock takes, for who asked for another one. */
export function pathsOf(options: ControlOptions): string {
  return [...new Set(endpointsOf(options).map(({ path }) => path))].join(" ");
}

/** Everything of a mock back to the start: honest, on the machine's time, with nobody known. */
export async function resetMock({
  clock,
  rules,
  requests,
  consent,
  reset,
}: Pick<ControlOptions, "clock" | "rules" | "requests" | "consent" | "reset">): Promise<void> {
  rules.clear();
  clock.reset();
  requests.clear();
  consent?.set(undefined);
  await reset();
}
