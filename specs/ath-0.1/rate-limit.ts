import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";

/** How much one agent may ask for. */
export const rateLimit = section({ section: "rate-limit", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "RATE-1",
    level: "SHOULD",
    kit: "should",
    says: "Each agent has a limit of its own, past which it gets 429 with Retry-After while other agents are served.",
    source: ath("client/security", "Rate Limiting"),
    tested: { how: "Send a burst as one agent and single calls as another; only where bursts are allowed." },
    mend: "Count by agent and not by address, and send Retry-After in seconds.",
  },
]);
