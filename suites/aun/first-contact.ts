import type { AunWorld } from "../drivers/aun/world.ts";
import { clockSkew } from "../engine/clock-skew.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { Stopped } from "../engine/stop.ts";
import { mendOfTransport } from "../engine/unreachable.ts";

/**
 * The first contact, before any verdict: is a domain configured, does a WebSocket open, does it begin with a challenge,
 * can an AID be had, does it connect. So that a set-up error is one clear message about its owner.
 */
export async function firstContact(world: AunWorld): Promise<Preflight> {
  const { settings } = world;
  if (settings.aun === undefined || settings.aun.issuer === "") {
    return blocked("not-configured", {
      severity: "error",
      whose: "configuration",
      what: "the domain of the target's AIDs is not known",
      mend: "set aun.issuer in the configuration, for example agentid.test",
    });
  }
  const skew = clockSkew((await world.get("/health")).exchange, world.now());
  try {
    const connection = await world.dial();
    const { opening } = connection;
    if (opening.kind === "error") {
      const what = `no WebSocket at ${connection.url}: ${opening.text ?? ""}`;
      return blocked("target-unreachable", {
        severity: "error",
        whose: "environment",
        what,
        mend: mendOf(opening.text ?? ""),
      });
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return blocked("no-gateway", findingOf(error, "error"));
  }
  try {
    await world.connection();
    await world.session();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (skew !== undefined) return blocked("clock-skew", { ...skew, severity: "error" });
    return { findings: [findingOf(error, "warning")] };
  }
  return { findings: skew === undefined ? [] : [skew] };
}

function findingOf({ stop }: Stopped, severity: SetupFinding["severity"]): SetupFinding {
  return {
    severity,
    whose: stop.cause ?? "target",
    what: `${stop.message}; most checks need it`,
    mend: stop.mend ?? "look at the target's log",
  };
}

/** By the code that a failed opening begins with. */
function mendOf(failure: string): string {
  const code = /^[A-Z_]+/.exec(failure)?.[0] ?? "";
  if (code === "PROTOCOL") return "what answers there speaks no WebSocket: check the path of target.url";
  return mendOfTransport(code);
}
