import { fault, foundBy } from "./fault.ts";
import { claimedSub } from "./wrong/claimed-sub.ts";

/** Who may read a registration (AGT-1, AGT-2). */
export const agentStatusFaults = [
  fault({
    id: "AGT-1.open",
    requirement: "AGT-1",
    sentence: "A registration is shown to whoever knows the client_id.",
    rule: "agentStatus.caller",
    wrong: (honest) => async (input) => {
      const known = await honest(input).catch(() => undefined);
      return known ?? input.agents.get(input.clientId);
    },
    kills: foundBy("accepted", "AGT-1.no-credentials", "AGT-1.wrong-credentials"),
  }),
  fault({
    id: "AGT-1.credentials-unverified",
    requirement: "AGT-1",
    sentence: "The agent that the credentials name is believed; neither signature nor secret is verified.",
    rule: "agentStatus.caller",
    wrong:
      () =>
      async ({ credentials: { attestation, basic }, agents }) => {
        if (basic !== undefined) return agents.get(basic.clientId);
        const named = attestation === undefined ? undefined : claimedSub(attestation);
        return [...agents.values()].find(({ agentId }) => agentId === named);
      },
    kills: foundBy("accepted", "AGT-1.wrong-credentials"),
  }),
  fault({
    id: "AGT-2.any-agent",
    requirement: "AGT-2",
    sentence: "Any registered agent may read the registration of any other.",
    rule: "agentStatus.caller",
    wrong: (honest) => async (input) => {
      const caller = await honest(input);
      return caller === undefined ? undefined : (input.agents.get(input.clientId) ?? caller);
    },
    kills: foundBy("accepted", "AGT-2.other-agent"),
  }),
  fault({
    id: "AGT-2.wrong-registration",
    requirement: "AGT-2",
    sentence: "The caller is shown the oldest registration in the place of its own.",
    rule: "agentStatus.shown",
    wrong:
      () =>
      ({ caller, agents }) => {
        const [oldest = caller] = agents.values();
        return oldest;
      },
    kills: foundBy("wrong-registration", "AGT-2.own-registration"),
  }),
];
