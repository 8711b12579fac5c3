import type { Agent, Session } from "../drivers/agent.ts";
import type { User } from "../drivers/user.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { inapplicable, pass, untested } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { judgeAttempt, refusal } from "../kinds/refusal.ts";
import { placeholderCode } from "./shared/callback-journey.ts";
import { lookalike } from "./shared/lookalike.ts";
import { isProviderFailure } from "./shared/withheld.ts";

/** A session that the user consented to, and the code that the browser brought along. */
async function consented(agent: Agent, user: User): Promise<{ readonly session: Session; readonly code?: string }> {
  const session = await agent.session();
  const { code } = await user.consent(session);
  return { session, ...(code === undefined ? {} : { code }) };
}

/** Whose session it is, and which (TOK-6). */
export const sessionIdentityChecks: readonly Check[] = [
  refusal({
    id: "TOK-6.unknown-session",
    requirement: "TOK-6",
    title: "the exchange of a session that does not exist is refused as not found",
    control: ({ agent }) => agent.grant(),
    async attempt(world) {
      const session = await world.agent.consented();
      return world.agent.token(session, { body: { ath_session_id: lookalike(world, session.sessionId) } });
    },
    codes: ["SESSION_NOT_FOUND"],
  }),
  refusal({
    id: "TOK-6.missing-session",
    requirement: "TOK-6",
    title: "an exchange that names no session is refused",
    control: ({ agent }) => agent.grant(),
    attempt: async ({ agent }) => agent.token(await agent.consented(), { body: { ath_session_id: undefined } }),
  }),
  refusal({
    id: "TOK-6.foreign-session",
    requirement: "TOK-6",
    title: "an agent cannot exchange the session of another one",
    async control(world) {
      const thief = world.newAgent();
      await world.agent.registered();
      const { reply } = await thief.grant();
      return { reply, thief };
    },
    async attempt({ agent, user }, { thief }) {
      const { session, code = placeholderCode } = await consented(agent, user);
      return thief.token(session, { code });
    },
  }),
  check({
    id: "TOK-6.foreign-code",
    requirement: "TOK-6",
    title: "a session cannot be exchanged with the code of another session",
    async drive(world) {
      const { agent, user } = world;
      const own = await consented(agent, user);
      const { code } = own;
      if (code === undefined) throw notApplicable("no-code", "the browser brings no code that an agent could send");
      const control = await agent.token(own.session, { code });
      world.mark("control", control);
      requireGranted(control, "control");
      const placeholder = await consented(agent, user);
      world.mark("placeholder", await agent.token(placeholder.session, { code: placeholderCode }));
      const [one, other] = [await consented(agent, user), await consented(agent, user)];
      world.mark("attempt", await agent.token(one.session, { code: other.code ?? placeholderCode }));
    },
    judge(evidence) {
      const [attempt] = marked(evidence, "attempt");
      const expected = "a refusal, or a target that takes no notice of the code at all";
      if (attempt === undefined || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const placeholder = marked(evidence, "placeholder");
      if (granted(attempt) && placeholder.some(granted)) {
        const actual = `${answerOf(attempt)} for a foreign code and for a placeholder alike`;
        return inapplicable({ reasonCode: "code-ignored", expected, actual, exchanges: [...placeholder, attempt] });
      }
      return isProviderFailure(attempt) ? pass([attempt]) : judgeAttempt(attempt);
    },
  }),
];
