import { IMPLEMENTORS, section } from "../section.ts";
import { ath, kitRule } from "../sources.ts";

/** What is written down. */
export const audit = section({ section: "audit", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "AUD-1",
    level: "SHOULD",
    kit: "should",
    says: "Every decision is logged as a named event with its time, agent, user, provider, the scopes in question and, for a refusal, the reason.",
    source: ath("client/security", "Audit"),
    tested: { how: "Go through a flow and its refusals and read the log through the audit hook." },
    mend: "Write one structured event for each decision, from agent_registered to scope_violation.",
  },
  {
    id: "AUD-2",
    level: "stated",
    kit: "must",
    why: "No text says it, yet a log with credentials hands them to everybody who may read logs.",
    says: "The audit log holds no token, no client secret and no attestation.",
    source: kitRule,
    tested: { how: "Search the log for every secret of the run." },
    mend: "Log identifiers or digests in the place of credentials.",
  },
]);
