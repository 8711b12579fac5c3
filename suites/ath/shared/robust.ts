import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import { type Evidence, type Exchange, marked } from "../../engine/evidence.ts";
import { type Finding, inconclusive, pass, untested, violated } from "../../engine/finding.ts";
import { answerOf, granted } from "../../engine/granted.ts";
import { requireGranted } from "../../kinds/control.ts";
import { judgeAttempt } from "../../kinds/refusal.ts";

/** Shows that the target serves valid requests before it is given others. */
export async function serving(world: World): Promise<void> {
  const { reply } = await world.agent.grant();
  world.mark("control", reply);
  requireGranted(reply, "control");
}

/** Sends one after the other, so that a crash is seen where it happened; marks all as attempts. */
export async function attempts(world: World, sending: readonly (() => Promise<Reply>)[]): Promise<void> {
  for (const send of sending) world.mark("attempt", await send());
}

/**
 * Judges hostile input by what must not come of it: silence or a 5xx. Whether it is granted is left to the checks of its
 * endpoint: a target may take no notice of an unknown member.
 */
export function judgeSurvival(evidence: Evidence): Finding {
  return judgeEach(evidence, (attempt) => {
    const expected = "a refusal (4xx), no crash and no silence";
    const status = attempt.response?.status;
    const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
    if (status === undefined) return silence(attempt, details);
    if (status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
    return status >= 500 ? violated({ reasonCode: "server-error", ...details }) : pass([attempt]);
  });
}

/** Judges hostile input that must be refused with a 4xx. */
export function judgeRefused(evidence: Evidence): Finding {
  return judgeEach(evidence, (attempt) =>
    attempt.response === null
      ? silence(attempt, { expected: "a refusal (4xx)", actual: answerOf(attempt), exchanges: [attempt] })
      : judgeAttempt(attempt),
  );
}

/** The first finding that is no pass; a violation before anything else. */
export function judgeEach(evidence: Evidence, judge: (attempt: Exchange) => Finding): Finding {
  const sent = marked(evidence, "attempt");
  if (sent.length === 0 || !marked(evidence, "control").some(granted)) {
    return untested({
      reasonCode: "control-refused",
      expected: "a target that serves valid requests",
      actual: "no granted positive control is in the evidence",
    });
  }
  const findings = sent.map(judge);
  const broken = findings.find(({ outcome }) => outcome === "violated");
  return broken ?? findings.find(({ outcome }) => outcome !== "pass") ?? pass(sent);
}

/**
 * A server that refuses a body while it is still being sent may close the connection, and its answer can be lost with it
 * (RFC 9112 § 9.6): then nobody can tell a refusal from a crash.
 */
function silence(attempt: Exchange, details: Omit<Parameters<typeof violated>[0], "reasonCode">): Finding {
  const cut = attempt.error?.code === "CONNECTION_RESET" && attempt.request.bodyBytes > 64 * 1024;
  return cut
    ? inconclusive({ reasonCode: "connection-cut", ...details })
    : violated({ reasonCode: "no-answer", ...details });
}
