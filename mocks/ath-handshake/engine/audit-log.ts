import type { AuditEntry } from "../audit-entry.ts";
import type { SecretsAtHand } from "../rules/traffic.ts";
import type { HandshakeContext } from "./context.ts";

/** The oldest events are dropped beyond this, a batch at a time so that a busy log is not moved at each event. */
const MAX_EVENTS = 10_000;
const BATCH = 1_000;

/** Logs one decision. */
export function log(
  { rules, state, clock }: HandshakeContext,
  entry: Omit<AuditEntry, "timestamp">,
  secrets: SecretsAtHand = {},
): void {
  const timestamp = new Date(clock.now()).toISOString();
  const line = rules["audit.entry"]({ entry: { timestamp, ...entry }, secrets });
  if (line === undefined) return;
  state.audit.push(line);
  if (state.audit.length >= MAX_EVENTS) state.audit.splice(0, BATCH);
}
