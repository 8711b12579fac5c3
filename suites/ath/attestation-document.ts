import type { Check } from "../engine/check.ts";
import { refusedAtRegistration } from "./shared/attested-registration.ts";

/** The document has to say whose it is (ATT-13). */
export const documentIdentityChecks: readonly Check[] = [
  refusedAtRegistration({
    id: "ATT-13.document-of-another",
    requirement: "ATT-13",
    title: "a document that names another agent_id than its own address identifies nobody",
    attestations: [
      (world, agent) => {
        agent.identity.publish({ agent_id: world.newAgent().id });
        return {};
      },
      (_world, agent) => {
        agent.identity.publish({ agent_id: `${agent.id}.other` });
        return {};
      },
    ],
  }),
  refusedAtRegistration({
    id: "ATT-13.document-without-id",
    requirement: "ATT-13",
    title: "a document without agent_id identifies nobody",
    attestations: [
      (_world, agent) => {
        agent.identity.publish({ agent_id: undefined });
        return {};
      },
    ],
  }),
];
