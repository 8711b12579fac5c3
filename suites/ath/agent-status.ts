import { statusCredentials } from "../drivers/agent.ts";
import type { Section } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { judgeAttempt, refusal } from "../kinds/refusal.ts";
import { factText } from "./shared/facts.ts";
import { ownStatus, wrongCredentials } from "./shared/status-credentials.ts";

/** An agent looks at its own registration (AGT-1, AGT-2). */
export const agentStatus: Section = {
  id: "agent-status",
  title: "Agent status",
  checks: [
    refusal({
      id: "AGT-1.no-credentials",
      requirement: "AGT-1",
      title: "a registration is not shown to a caller without credentials",
      control: (world) => ownStatus(world, world.agent),
      attempt: ({ agent }) => agent.status({ credentials: "none" }),
    }),
    refusal({
      id: "AGT-1.wrong-credentials",
      requirement: "AGT-1",
      title: "a registration is not shown to a caller with wrong credentials",
      control: (world) => ownStatus(world, world.agent),
      async attempt(world, { registration }) {
        const wrong = wrongCredentials(world, world.agent, registration);
        const replies = [];
        // All forms, since a target may take several and verify one.
        for (const credentials of statusCredentials) {
          replies.push(await world.agent.status({ credentials, bend: wrong[credentials] }));
        }
        return replies;
      },
    }),
    check({
      id: "AGT-2.other-agent",
      requirement: "AGT-2",
      title: "an agent cannot read the registration of another agent",
      async drive(world) {
        const victim = await ownStatus(world, world.agent);
        const curious = world.newAgent();
        const own = await ownStatus(world, curious);
        world.mark("control", victim.reply, own.reply);
        world.fact("victimClientId", victim.registration.clientId);
        world.fact("victimAgentId", world.agent.id);
        const { clientId } = victim.registration;
        world.mark("attempt", await curious.status({ clientId, credentials: own.credentials }));
      },
      judge(evidence) {
        const [attempt] = marked(evidence, "attempt");
        if (attempt === undefined || !marked(evidence, "control").some(granted)) {
          return untested({
            reasonCode: "control-refused",
            expected: "both agents can read their own registration",
            actual: "no granted positive control",
          });
        }
        const finding = judgeAttempt(attempt);
        if (finding.reasonCode !== "accepted") return finding;
        // A target that shows every caller the caller's own registration has given nothing away.
        const body = attempt.response?.body ?? "";
        const secrets = [factText(evidence, "victimClientId"), factText(evidence, "victimAgentId")];
        const told = secrets.some((secret) => secret === undefined || body.includes(secret));
        if (told || !granted(attempt)) return finding;
        return pass(
          [attempt],
          ["the target ignores the client_id in the path and shows the caller's own registration"],
        );
      },
    }),
    conforms({
      id: "AGT-2.own-registration",
      requirement: "AGT-2",
      title: "an agent is shown its own registration",
      async subject(world) {
        // Neither the first nor the last registration of the target, so that a wrong choice shows.
        await world.newAgent().registered();
        const { clientId, status } = await world.agent.registered();
        await world.newAgent().registered();
        world.fact("agent_id", world.agent.id);
        world.fact("client_id", clientId);
        world.fact("agent_status", status);
        return (await ownStatus(world, world.agent)).reply;
      },
      relations: [
        {
          reasonCode: "wrong-registration",
          expected: "the client_id, agent_id and agent_status of the caller's registration",
          broken(body, { facts }) {
            const names = ["client_id", "agent_id", "agent_status"] as const;
            const other = names.find((name) => text(body, name) !== undefined && text(body, name) !== facts[name]);
            if (other !== undefined) return `${other} is ${JSON.stringify(text(body, other))}`;
            const named = text(body, "client_id") !== undefined || text(body, "agent_id") !== undefined;
            return named ? undefined : "neither client_id nor agent_id";
          },
        },
      ],
    }),
  ],
};
