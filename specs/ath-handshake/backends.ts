import { handshakeSection, scenario } from "./rows.ts";

/** Backends that know nothing of ATH. */
export const backends = handshakeSection("backends", [
  {
    id: "GW-2",
    level: "stated",
    kit: "must",
    why: "The backend cannot judge the token, and must not be able to use it.",
    says: "The backend receives no ATH token and no ATH header, but its own credential.",
    source: scenario("Backend services"),
    tested: { how: "Read what the backend received." },
    mend: "Build the backend's request anew, from a list of headers that may pass.",
  },
  {
    id: "GW-3",
    level: "stated",
    kit: "must",
    why: "Agents speak JSON and the backends do not.",
    says: "The gateway turns the agent's JSON into the backend's own format and the answer back into JSON, without losing anything.",
    source: scenario("Protocol translation"),
    tested: { how: "Send fields with special characters and compare what the backend received and what came back." },
    mend: "Use a serialiser of the format, and never paste texts together.",
  },
]);
