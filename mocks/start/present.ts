import { type ShiftableClock, shiftableClock } from "../core/clock.ts";
import { controlApi } from "../core/control.ts";
import type { ControlOptions } from "../core/control-endpoints.ts";
import { activeWithSentences, type FaultBoard, joinedFaultBoards } from "../core/fault-board.ts";
import type { HttpHandler } from "../core/http.ts";
import type { Keep } from "../core/keeping.ts";
import { serve, type UpgradeHandler } from "../core/node-server.ts";
import type { RandomSource } from "../core/random.ts";
import { logged, type RequestLog, requestLog } from "../core/request-log.ts";
import { parseFault } from "../core/rules.ts";
import { type EndpointRow, statusPage } from "../core/status-page.ts";
import { type WireFaults, wireFaults } from "../core/wire-faults.ts";
import { type ReadyLine, randomOf, type Started, type StartOptions } from "./common.ts";
import { type Front, type FrontOptions, openFront } from "./front.ts";

/** What every mock has before it is made: an address, and what it is made with. */
export interface Stage {
  readonly options: StartOptions;
  readonly keep: Keep;
  readonly host: string;
  readonly front: Front;
  readonly wire: WireFaults;
  /** How it is reached: where it listens, unless the options say otherwise. */
  readonly publicUrl: string;
  readonly clock: ShiftableClock;
  readonly random: RandomSource;
}

/** Opens the front of a mock. */
export async function stageOf(options: StartOptions, keep: Keep, more?: Omit<FrontOptions, "wire">): Promise<Stage> {
  const { clock = shiftableClock(), host = "127.0.0.1" } = options;
  const wire = wireFaults();
  const front = await openFront(options, keep, { wire, ...more });
  return {
    options,
    keep,
    host,
    front,
    wire,
    publicUrl: options.publicUrl ?? front.url,
    clock,
    random: randomOf(options),
  };
}

/** What one mock is, behind its front. */
export interface Exhibit {
  readonly mock: string;
  /** For the page of its control API. */
  readonly name: string;
  /** Where its faults are switched; the wire faults of the front come after them. */
  readonly boards: readonly FaultBoard[];
  readonly requests: RequestLog;
  readonly controls: Omit<ControlOptions, "name" | "requests" | "clock" | "rules" | "health">;
  /** What health and the ready line say of it besides. */
  readonly health?: Readonly<Record<string, unknown>>;
  readonly ready?: Partial<ReadyLine>;
}

/** Switches the faults of the options on, serves the control API, and says that the mock is ready. */
export async function present(
  { options, keep, host, front, wire, publicUrl, clock }: Stage,
  { mock, name, boards, requests, controls, health, ready }: Exhibit,
): Promise<Pick<Started, "ready" | "clock" | "controls">> {
  const rules = joinedFaultBoards(...boards, wire);
  for (const fault of options.faults ?? []) rules.activate(parseFault(fault));
  const controlled: ControlOptions = {
    ...controls,
    name,
    requests,
    clock,
    rules,
    health: () => ({ mock, url: publicUrl, ...health }),
  };
  const control = keep(
    await serve(controlApi(controlled), {
      host: host === "::1" ? host : "127.0.0.1",
      port: options.controlPort ?? 0,
    }),
  );
  return {
    ready: {
      ready: true,
      mock,
      url: publicUrl,
      ...ready,
      control: control.url,
      ...(front.ca === undefined ? {} : { ca: front.ca }),
      pid: process.pid,
    },
    clock,
    controls: controlled,
  };
}

/** What the page at `/` says of a mock. */
export interface About {
  readonly name: string;
  readonly sentence: string;
  readonly endpoints: readonly EndpointRow[];
}

/** What an implementation serves. */
interface Mountable {
  readonly handler: HttpHandler;
  readonly upgrade?: UpgradeHandler;
}

/** Mounts an API with a log of its requests, and at `/` a page for the person who opens it in a browser. */
export function mountApi(
  { front, publicUrl, wire }: Stage,
  { handler, upgrade }: Mountable,
  boards: readonly FaultBoard[],
  about: About,
): RequestLog {
  const requests = requestLog();
  const api = logged(handler, requests);
  const rules = joinedFaultBoards(...boards, wire);
  const home = new URL(publicUrl).pathname;
  const shown: HttpHandler = async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about, activeFaults: activeWithSentences(rules), requests: requests.entries() })
      : api(request, peer);
  front.mount(shown, upgrade);
  return requests;
}
