import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { providerElsewhere } from "./shared/provider-elsewhere.ts";
import { documentPaths, fetchDocument } from "./shared/published-document.ts";

/** Attestations may be 5 minutes old (ATT-4); a clock this far off is named before it spoils a run. */
const tolerableSkewMs = 240_000;

/**
 * The first contact, before any verdict: is somebody there, is it the API or a login page, does a valid registration
 * work, and if not, did the target at least fetch the identity document. So that a set-up error is one clear message
 * about its owner and not forty failures of the target.
 */
export async function firstContact(world: World): Promise<Preflight> {
  const hello = await fetchDocument(world);
  if (hello.exchange.error !== null) {
    const { code, message } = hello.exchange.error;
    return blocked("target-unreachable", {
      severity: "error",
      whose: "environment",
      what: `no answer from ${world.base}: ${code}: ${message}`,
      mend: mendOfTransport[code] ?? "check target.url, and that the target is up and reachable from here",
    });
  }
  const skew = skewOf(header(hello.exchange.response ?? { headers: [] }, "date"), world.now());

  const registration = await world.agent.register();
  if (registration.granted) {
    const isOurs = world.settings.consent.driver === "provider";
    const elsewhere = isOurs ? await providerElsewhere(world) : undefined;
    if (elsewhere !== undefined) return blocked("provider-elsewhere", elsewhere);
    const unpublished = world.mode === "native" && !hello.granted ? [withoutDocument(hello)] : [];
    return { findings: [...(skew === undefined ? [] : [skew]), ...unpublished] };
  }

  const { exchange } = registration;
  if (exchange.error !== null) {
    return blocked("target-unreachable", {
      severity: "error",
      whose: "environment",
      what: `the target answered discovery, but not a registration: ${answerOf(exchange)}`,
      mend: "look at the target's log; raise --timeout if it is slow",
    });
  }
  if (skew !== undefined) return blocked("clock-skew", { ...skew, severity: "error" });
  const type = header(exchange.response ?? { headers: [] }, "content-type") ?? "";
  if (/html/i.test(type) || (registration.status >= 300 && registration.status < 400)) {
    return blocked("not-the-api", {
      severity: "error",
      whose: "configuration",
      what: `${world.base} answers a registration with ${type === "" ? answerOf(exchange) : `${answerOf(exchange)} (${type})`}: a page or a login, not the API`,
      mend: "check target.url; if the gateway stands behind a login, add its header or cookie to target.headers",
    });
  }
  if (world.settings.providers.every(({ scopes }) => scopes.length === 0)) {
    return blocked("no-provider", {
      severity: "error",
      whose: "configuration",
      what: "no provider with a scope is configured, and the target publishes none",
      mend: "list at least one provider of the target, with its scopes, under providers",
    });
  }
  if (world.agent.identity.fetches() === 0) {
    return blocked("identity-host-unreached", {
      severity: "error",
      whose:
        registration.status >= 500 || registration.status === 401 || registration.status === 403
          ? "environment"
          : "target",
      what: `a valid registration got ${answerOf(exchange)}, and the target never fetched the agent's identity document at ${world.agent.id}`,
      mend: "make the kit's agents.listen address reachable for the target and set agents.base_url to how the target sees it; if the gateway wants a login first, set target.headers; if a run before this one moved its clock (hooks.clock), set it back",
    });
  }
  const warning: SetupFinding = {
    severity: "warning",
    whose: "target",
    what: `a valid registration was refused: ${answerOf(exchange)}; most checks need one`,
    mend: "see the target's log for why; check agents.id_template and the providers and scopes of the configuration",
  };
  return { findings: [warning] };
}

/** Of a native service; a gateway may do without its directory. */
function withoutDocument({ exchange }: Reply): SetupFinding {
  const path = documentPaths.native;
  return {
    severity: "warning",
    whose: "target",
    what: `no document of a native service at ${path}: ${answerOf(exchange)}; where its API is remains unknown`,
    mend: "publish it there; if the target is a gateway, judge it with the profile ath-gateway",
  };
}

export const mendOfTransport: Readonly<Record<string, string>> = {
  CONNECTION_REFUSED: "nothing listens there: start the target, or correct target.url",
  CONNECTION_RESET:
    "a port that speaks TLS closes at once (then target.url begins with https://), and so does a proxy that does not let this machine in",
  DNS: "the host name does not resolve here: correct target.url",
  TLS: "the certificate is not trusted: pass its CA with --ca, or --insecure for this host",
  TIMEOUT: "it accepts connections and does not answer: look at the target, or raise --timeout",
  PROTOCOL: "what answers there does not speak HTTP: check scheme and port of target.url",
};

function skewOf(date: string | undefined, now: number): SetupFinding | undefined {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  const skew = theirs - now;
  if (Number.isNaN(skew) || Math.abs(skew) < tolerableSkewMs) return undefined;
  return {
    severity: "warning",
    whose: "environment",
    what: `the target's clock is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? "ahead of" : "behind"} this machine's; attestations may be off by 300 s at most`,
    mend: "set both clocks by NTP",
  };
}
