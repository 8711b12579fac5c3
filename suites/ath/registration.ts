import type { Section } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { judgeAttempt } from "../kinds/refusal.ts";
import { credentialChecks } from "./registration-credentials.ts";
import { malformedChecks } from "./registration-malformed.ts";
import { partitionChecks, unknownProviderChecks } from "./registration-scopes.ts";

/** Phase A: an agent becomes known, and the implementor decides what it may ask for (REG-1 to REG-6). */
export const registration: Section = {
  id: "registration",
  title: "Registration",
  checks: [
    conforms({
      id: "REG-1.shape",
      requirement: "REG-1",
      title: "a valid registration is answered with an AgentRegistrationResponse",
      subject: ({ agent }) => agent.register(),
      shape: "AgentRegistrationResponse",
    }),
    ...partitionChecks,
    check({
      id: "REG-3.duplicate",
      requirement: "REG-3",
      title: "registering the same agent_id again is answered with 409",
      async drive(world) {
        const control = await world.agent.register();
        world.mark("control", control);
        requireGranted(control, "control");
        world.mark("attempt", await world.agent.register());
      },
      judge(evidence) {
        const [attempt] = marked(evidence, "attempt");
        const expected = "HTTP 409";
        if (attempt === undefined || !marked(evidence, "control").some(granted)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
        }
        const finding = judgeAttempt(attempt);
        if (finding.outcome !== "pass") return { ...finding, expected };
        if (attempt.response?.status === 409) return pass([attempt]);
        return violated({ reasonCode: "wrong-status", expected, actual: answerOf(attempt), exchanges: [attempt] });
      },
    }),
    ...malformedChecks,
    ...unknownProviderChecks,
    ...credentialChecks,
  ],
};
