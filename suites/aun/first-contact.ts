import type { AunWorld } from "../drivers/aun/world.ts";
import { header } from "../engine/evidence.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { Stopped } from "../engine/stop.ts";

/** Tokens and certificates are judged by the clock; this much is named before it spoils a run. */
const tolerableSkewMs = 240_000;

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
  const skew = await clockSkew(world);
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

function mendOf(failure: string): string {
  const code = /^[A-Z_]+/.exec(failure)?.[0] ?? "";
  return (
    {
      CONNECTION_REFUSED: "nothing listens there: start the target, or correct target.url",
      DNS: "the host name does not resolve here: correct target.url",
      TLS: "the certificate is not trusted: pass its CA with --ca, or --insecure for this host",
      PROTOCOL: "what answers there speaks no WebSocket: check the path of target.url",
    }[code] ?? "check target.url, and that the target is up and reachable from here"
  );
}

async function clockSkew(world: AunWorld): Promise<SetupFinding | undefined> {
  const reply = await world.get("/health");
  const date = header(reply.exchange.response ?? { headers: [] }, "date");
  const skew = date === undefined ? Number.NaN : Date.parse(date) - world.now();
  if (Number.isNaN(skew) || Math.abs(skew) < tolerableSkewMs) return undefined;
  return {
    severity: "warning",
    whose: "environment",
    what: `the target's clock is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? "ahead of" : "behind"} this machine's`,
    mend: "set both clocks by NTP",
  };
}
