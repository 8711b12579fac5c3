import { handshakeSection, scenario } from "./rows.ts";

/** Too many calls, and backends that fail. */
export const traffic = handshakeSection("traffic", [
  {
    id: "GW-6",
    level: "stated",
    kit: "should",
    why: "One agent must not take the service from the others.",
    says: "Each agent has a limit of its own, past which it gets 429 with Retry-After while others are served.",
    source: scenario("Traffic management"),
    tested: { how: "Send a burst as one agent and single calls as another." },
    mend: "Count by agent and send Retry-After in seconds.",
  },
  {
    id: "GW-7",
    level: "stated",
    kit: "should",
    why: "A backend that is down does not come up under load.",
    says: "After repeated failures of a backend the gateway answers 503 at once without calling it, tries again after a while, and leaves other backends alone.",
    source: scenario("Traffic management"),
    tested: { how: "Make a backend fail through a hook, and move the clock." },
    mend: "Give each backend a circuit breaker of its own with a half-open state that lets one call through.",
  },
]);
