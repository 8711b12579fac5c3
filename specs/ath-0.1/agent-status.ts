import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** An agent reads its own registration. */
export const agentStatus = section({ section: "agent-status", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "AGT-1",
    level: "MUST",
    kit: "must",
    says: "Reading a registration without credentials is refused.",
    source: ath("server/handshake-flow", "Server Responsibilities 6"),
    tested: { how: "Ask for a registered agent without any credentials." },
    ambiguous: ambiguity("POS-4"),
    mend: "Require the agent's attestation or client credentials at GET /ath/agents/{clientId}.",
  },
  {
    id: "AGT-2",
    level: "MUST",
    kit: "must",
    says: "An agent can read its own registration and no other.",
    source: ath("server/handshake-flow", "Server Responsibilities 6"),
    tested: { how: "Let one agent ask for another with its own valid credentials." },
    ambiguous: ambiguity("POS-4"),
    mend: "Compare the authenticated agent with the clientId in the path, and answer both kinds of stranger alike.",
  },
]);
