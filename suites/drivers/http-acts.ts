import type { Purpose } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import type { RecordingWorld, WorldOptions } from "../engine/world.ts";
import { advanceTargetClock, readAuditLog } from "./hooks.ts";
import type { KitClock } from "./kit-clock.ts";
import { randomFrom } from "./random.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";
import { bendHeaders, type Wire } from "./wire.ts";

/** A request of any shape to the target. */
export interface AnyRequest {
  readonly purpose: Purpose;
  readonly method: string;
  /** After the target's base URL; goes out byte for byte. */
  readonly path: string;
  /** Null takes a header away that would be sent. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Buffer;
  /** Default: "agent" (with the configured extra headers). */
  readonly from?: "agent" | "user";
}

/** What a world can do at a target that speaks HTTP, whatever its protocol. */
export interface HttpActs {
  /** The kit's time in ms, shifted along with the target's clock. */
  now(): number;
  /** Moves the target's clock (hook `clock`) and the kit's along with it. */
  advanceClock(seconds: number): Promise<void>;
  /** The entries of the audit log (hook `audit`), oldest first. */
  auditLog(): Promise<readonly Json[]>;
  send(request: AnyRequest): Promise<Reply>;
  /** A random value in [0, 1) from the run's seed: same seed, same values, check by check. */
  random(): number;
  /** Real milliseconds to pass (never longer than a few seconds). */
  wait(ms: number): Promise<void>;
}

interface Surroundings {
  readonly settings: Settings;
  readonly clock: KitClock;
  readonly wire: Wire;
}

export function httpActs({ settings, clock, wire }: Surroundings, { generation, checkId }: WorldOptions): HttpActs {
  return {
    now: clock.now,
    async advanceClock(seconds) {
      await advanceTargetClock(wire, settings.hooks.clock, seconds);
      clock.advance(seconds);
    },
    auditLog: () => readAuditLog(wire, settings.hooks.audit),
    send({ purpose, method, path, headers = {}, body, from = "agent" }) {
      const own = from === "agent" ? { Accept: "application/json", ...settings.target.headers } : {};
      return wire.send({
        from,
        to: "target",
        purpose,
        method,
        url: `${settings.target.url}${path}`,
        headers: bendHeaders(Object.entries(own), headers),
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      });
    },
    random: randomFrom(`${generation.seed} ${checkId}`),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** What a world tells the judge; `create` makes the world of one generated case. */
export function recordingActs<World>(
  { recorder, checkId, ...rest }: WorldOptions,
  create: (options: WorldOptions) => World,
): RecordingWorld<World> {
  let forks = 0;
  return {
    mark(role, ...replies) {
      recorder.mark(role, ...replies.map(({ exchange }) => exchange.id));
    },
    fact: (name, value) => recorder.fact(name, value),
    generation: rest.generation,
    fork() {
      forks += 1;
      const own = recorder.fork();
      const world = create({ ...rest, checkId: `${checkId} ${forks}`, recorder: own });
      return { world, finish: (error) => own.finish(error) };
    },
    cases: (cases) => recorder.cases(cases),
  };
}
