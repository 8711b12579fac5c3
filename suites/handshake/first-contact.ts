import type { Handshake } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import { clockSkew } from "../engine/clock-skew.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { unreachable } from "../engine/unreachable.ts";
import { untilAsked } from "./shared/asked-users.ts";
import { sendStep, steps } from "./shared/steps.ts";

/** What a clock that is off does to a handshake (HS-6). */
export const skewLimit = "timestamps may be off by 300 s at most";

/**
 * The first contact, before any verdict: is somebody there, is it the endpoint or a page, do the clocks agree, and does
 * one whole handshake work; if not, at which step it ends and whose matter that is.
 */
export async function firstContact(world: HandshakeWorld): Promise<Preflight> {
  const handshake = await world.agent.hello();
  const { reply } = handshake;
  const obstacle = unreachable(world.base, reply.exchange) ?? notTheEndpoint(world, reply);
  if (obstacle !== undefined) return obstacle;
  const skew = clockSkew(reply.exchange, world.now(), skewLimit);
  if (!reply.granted && skew !== undefined) return blocked("clock-skew", { ...skew, severity: "error" });
  const findings = skew === undefined ? [] : [skew];
  if (reply.granted && handshake.offer === undefined) {
    return blocked("handshake-id-missing", {
      severity: "error",
      whose: "configuration",
      what: `handshake_response carries no handshake id in its ${world.handshake.correlation}, or no nonce`,
      mend: "set handshake.correlation to where the target puts the id: body, header or cookie",
    });
  }
  if (!reply.granted) return { findings: [...findings, refusedAt("handshake_request", reply)] };
  for (const step of steps) {
    if (step === "handshake_request") continue;
    if (step === "scope_request" && !knowsScopes(world)) return { findings: [...findings, scopesUnknown] };
    if (step === "scope_request") {
      const obstacle = await askedInVain(world, handshake);
      if (obstacle === undefined) continue;
      return { ...obstacle, findings: [...findings, ...obstacle.findings] };
    }
    const answer = await sendStep(handshake, step);
    if (!answer.granted) return { findings: [...findings, refusedAt(step, answer)] };
  }
  return { findings };
}

/** The first contact ends soon (engine/run.ts): by then it is to be said who was not asked. More patience is asked for by --timeout. */
const usualPatienceMs = 6000;

/** What stands in the way of a grant; undefined when there is one. Nobody waits here for a user who is asked elsewhere. */
async function askedInVain(world: HandshakeWorld, handshake: Handshake): Promise<Preflight | undefined> {
  const patienceMs = Math.max(usualPatienceMs, world.settings.timeoutMs - usualPatienceMs);
  const { confirmation, answered, reply } = await untilAsked(world, handshake, { patienceMs });
  if (confirmation === undefined && !answered()) {
    return blocked("user-not-asked", userNotAsked(world, `no answer within ${patienceMs / 1000} s`));
  }
  const answer = await reply;
  if (answer.granted) return undefined;
  if (confirmation !== undefined) return { findings: [refusedAt("scope_request", answer)] };
  const finding = userNotAsked(world, answerOf(answer.exchange));
  // Whoever refuses at once may have a reason; whoever waits has asked somebody.
  const waited = answer.exchange.error !== null || answer.status === 408;
  return waited ? blocked("user-not-asked", finding) : { findings: [{ ...finding, severity: "warning" }] };
}

function knowsScopes({ handshake: { systems } }: HandshakeWorld): boolean {
  return systems.some(({ scopes }) => Object.keys(scopes).length > 0);
}

const scopesUnknown: SetupFinding = {
  severity: "warning",
  whose: "configuration",
  what: "handshake.systems names no scope, so that the kit has nothing to ask for after the proof of identity",
  mend: "list the target's systems and their scopes in handshake.systems",
};

function notTheEndpoint({ base, handshake }: HandshakeWorld, { exchange, status }: Reply): Preflight | undefined {
  const type = header(exchange.response ?? { headers: [] }, "content-type") ?? "";
  const misplaced = status === 404 || status === 405;
  if (!misplaced && !/html/i.test(type) && (status < 300 || status > 399)) return undefined;
  return blocked("not-the-api", {
    severity: "error",
    whose: "configuration",
    what: `${base}${handshake.path} answers a handshake_request with ${answerOf(exchange)}${type === "" ? "" : ` (${type})`}: not the endpoint of the handshake`,
    mend: "check target.url and handshake.path; if the gateway stands behind a login, add its header or cookie to target.headers",
  });
}

function refusedAt(step: string, { exchange }: Reply): SetupFinding {
  return {
    severity: "warning",
    whose: "target",
    what: `a valid ${step} was refused: ${answerOf(exchange)}; most checks need a whole handshake`,
    mend: "see the target's log for why; check handshake.algorithm, handshake.signature, handshake.versions, handshake.user and the scopes of handshake.systems",
  };
}

function userNotAsked({ user }: HandshakeWorld, answer: string): SetupFinding {
  return {
    severity: "error",
    whose: "environment",
    what: `a valid scope_request got ${answer}, and the user ${user.did} was never asked at the kit's confirmation address`,
    mend: "register the user's public key with the target, and as his confirmation address that of handshake.confirmation, reachable for the target; a page of the target's own where he is asked cannot be used",
  };
}
