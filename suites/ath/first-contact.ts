import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import { clockSkew } from "../engine/clock-skew.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { unreachable } from "../engine/unreachable.ts";
import { providerElsewhere } from "./shared/provider-elsewhere.ts";
import { documentPaths, fetchDocument } from "./shared/published-document.ts";

/** What a clock that is off does to attestations (ATT-4). */
export const skewLimit = "attestations may be off by 300 s at most";

/**
 * The first contact, before any verdict: is somebody there, is it the API or a login page, does a valid registration
 * work, and if not, did the target at least fetch the identity document. So that a set-up error is one clear message
 * about its owner and not forty failures of the target.
 */
export async function firstContact(world: World): Promise<Preflight> {
  const hello = await fetchDocument(world);
  const silence = unreachable(world.base, hello.exchange);
  if (silence !== undefined) return silence;
  const skew = clockSkew(hello.exchange, world.now(), skewLimit);

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
