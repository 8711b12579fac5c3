import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import { clockSkew } from "../engine/clock-skew.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { blocked, type Preflight, type SetupFinding } from "../engine/preflight.ts";
import { unreachable } from "../engine/unreachable.ts";
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
    const answer = await sendStep(handshake, step);
    if (answer.granted) continue;
    const unasked = step === "scope_request" && world.agent.confirmations().length === 0;
    return { findings: [...findings, unasked ? userNotAsked(world, answer) : refusedAt(step, answer)] };
  }
  return { findings };
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

function userNotAsked(world: HandshakeWorld, { exchange }: Reply): SetupFinding {
  return {
    severity: "warning",
    whose: "environment",
    what: `a valid scope_request got ${answerOf(exchange)}, and the user ${world.user.did} was never asked at the kit's confirmation address`,
    mend: "make handshake.confirmation.listen reachable for the target, and register that address and the user's public key with it",
  };
}
