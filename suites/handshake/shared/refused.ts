import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { Check, CheckRow } from "../../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../../engine/evidence.ts";
import { type Finding, pass, untested } from "../../engine/finding.ts";
import { granted } from "../../engine/granted.ts";
import { member, parseJson, text } from "../../engine/json.ts";
import { type Controlled, driveControlled } from "../../kinds/control.ts";
import { judgeAttempt } from "../../kinds/refusal.ts";

interface RefusedRow<Control extends Controlled> extends CheckRow {
  /** The same message, valid: it must be granted first, or the refusal proves nothing. */
  readonly control: (world: HandshakeWorld) => Promise<Control>;
  /** The message that must be refused; several are judged one by one. */
  readonly attempt: (world: HandshakeWorld, control: Control) => Promise<Reply | readonly Reply[]>;
  /** What an accepted attempt is called; default `accepted`. */
  readonly reasonCode?: string;
}

/**
 * A message that must be refused, after its positive control was granted. A refusal is a 4xx, an identity_result without
 * success, or a scope_result without grants: the text knows all three.
 */
export function refused<Control extends Controlled>(row: RefusedRow<Control>): Check<HandshakeWorld> {
  const { control, attempt, reasonCode, needs = [], traits = [], id, requirement, title } = row;
  return {
    id,
    requirement,
    title,
    kind: "refusal",
    needs,
    traits,
    drive: (world) => driveControlled(world, control, attempt),
    judge: (evidence) => judgeRefused(evidence, reasonCode),
  };
}

/** Judges every attempt of the evidence; needs a granted control in it. */
export function judgeRefused(evidence: Evidence, reasonCode?: string): Finding {
  return judgeEach(evidence, (attempt) => judgeMessage(attempt, reasonCode));
}

/** The first violation, otherwise the first finding that is no pass; needs a granted control in the evidence. */
export function judgeEach(evidence: Evidence, judge: (attempt: Exchange) => Finding): Finding {
  const attempts = marked(evidence, "attempt");
  if (attempts.length === 0 || !marked(evidence, "control").some(granted)) {
    return untested({
      reasonCode: "control-refused",
      expected: "the same message, valid, is granted first",
      actual: "no granted positive control is in the evidence",
      exchanges: marked(evidence, "control"),
    });
  }
  const findings = attempts.map(judge);
  const broken = findings.find(({ outcome }) => outcome === "violated");
  return broken ?? findings.find(({ outcome }) => outcome !== "pass") ?? pass(attempts);
}

/** Judges one answer to a message that must be refused. */
export function judgeMessage(attempt: Exchange, reasonCode = "accepted"): Finding {
  if (saysNo(attempt)) return pass([attempt]);
  const finding = judgeAttempt(attempt);
  return finding.reasonCode === "accepted" ? { ...finding, reasonCode } : finding;
}

/** A 2xx whose message is the refusal: identity_result without success, scope_result without grants. */
export function saysNo({ purpose, response }: Exchange): boolean {
  if (response === null || response.status < 200 || response.status > 299) return false;
  const body = parseJson(response.body);
  if (purpose === "handshake-proof") return member(body, "success") === false;
  return purpose === "handshake-scopes" && grantsNothing(body);
}

/** A message of the handshake that is a refusal, whatever the status it comes with. */
export function refusalMessage(body: unknown): boolean {
  const type = text(body, "type");
  return (
    (type === "identity_result" && member(body, "success") === false) ||
    (type === "scope_result" && grantsNothing(body))
  );
}

function grantsNothing(body: unknown): boolean {
  const grants = member(body, "scopes_granted");
  return Array.isArray(grants) && grants.length === 0;
}
