import { handshakePositions } from "./positions.ts";
import { handshakeSection, scenario } from "./rows.ts";

/** Limits within which a grant holds. */
export const restrictions = handshakeSection("restrictions", [
  {
    id: "GW-4",
    level: "stated",
    kit: "must",
    why: "A restriction that is announced and not enforced is worse than none.",
    says: "The ip_whitelist, rate_limit and access_time of a grant are enforced at each call.",
    source: scenario("Access control"),
    tested: { how: "Call from outside the list, outside the hours and too often, as an agent that was granted so." },
    ambiguous: handshakePositions["claimed-address"],
    mend: "Keep the restrictions with the token and check them before forwarding.",
  },
]);
