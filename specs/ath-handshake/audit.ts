import { handshakeSection, scenario } from "./rows.ts";

/** The log. */
export const audit = handshakeSection("audit", [
  {
    id: "GW-5",
    level: "stated",
    kit: "must",
    why: "Without it nobody can tell afterwards who did what.",
    says: "Every decision of a handshake and every call is logged with agent, user, backend, scopes and outcome, and without secrets.",
    source: scenario("Audit"),
    tested: { how: "Read the log after known events." },
    mend: "Log in one place that every decision passes, and never log messages whole.",
  },
]);
