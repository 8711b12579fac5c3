import type { Session } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { placeholderCode } from "./shared/callback-journey.ts";
import { withheld } from "./shared/withheld.ts";

/** A race is not lost every time, so it is run more than once. */
const races = 3;

async function consented({ agent, user }: World): Promise<{ readonly session: Session; readonly code: string }> {
  const session = await agent.session();
  const { code = placeholderCode } = await user.consent(session);
  return { session, code };
}

/** A session is exchanged once (TOK-8). */
export const singleUseChecks: readonly Check[] = [
  withheld({
    id: "TOK-8.second-exchange",
    requirement: "TOK-8",
    title: "a session that was exchanged cannot be exchanged again",
    async control(world) {
      const { session, code } = await consented(world);
      return { reply: await world.agent.token(session, { code }), session, code };
    },
    attempt: ({ agent }, { session, code }) => agent.token(session, { code }),
  }),
  check({
    id: "TOK-8.concurrent",
    requirement: "TOK-8",
    title: "of two exchanges of one session at the same time exactly one succeeds",
    async drive(world) {
      const { agent } = world;
      const control = (await agent.grant()).reply;
      world.mark("control", control);
      requireGranted(control, "control");
      for (let race = 1; race <= races; race += 1) {
        const { session, code } = await consented(world);
        const both = await Promise.all([agent.token(session, { code }), agent.token(session, { code })]);
        world.mark(`race-${race}`, ...both);
      }
    },
    judge(evidence) {
      const expected = "one token for each session";
      const pairs = Array.from({ length: races }, (_, index) => marked(evidence, `race-${index + 1}`)).filter(
        (pair) => pair.length > 0,
      );
      if (!marked(evidence, "control").some(granted) || pairs.length === 0) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const both = pairs.find((pair) => pair.every(granted));
      if (both !== undefined) {
        return violated({ reasonCode: "both-won", expected, actual: "two tokens", exchanges: both });
      }
      const none = pairs.find((pair) => !pair.some(granted));
      if (none === undefined) return pass(pairs.flat());
      const details = { expected, actual: none.map(answerOf).join(" and "), exchanges: none };
      const unanswered = none.some(({ response }) => response === null || response.status === 429);
      return unanswered
        ? untested({ reasonCode: "no-answer", ...details })
        : violated({ reasonCode: "none-won", ...details });
    },
  }),
];
