import type { Check } from "../engine/check.ts";
import { refusal } from "../kinds/refusal.ts";
import { callbackOf, completeByHand, exchangeAfter, placeholderCode } from "./shared/callback-journey.ts";
import { withheld } from "./shared/withheld.ts";

/** A second past the ten minutes that a session may live (ATH 0.1 server/authorization § Behavior). */
const pastSessionLife = 601;
/** When a slow user consents; sessions may well live for five minutes only. */
const lateConsent = 240;

/** How long a session may be used, and when it may be used first (TOK-7, TOK-10). */
export const sessionLifetimeChecks: readonly Check[] = [
  refusal({
    id: "TOK-7.expired-session",
    requirement: "TOK-7",
    title: "a session cannot be exchanged ten minutes after it was started",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.grant(),
    async attempt(world) {
      const { agent, user } = world;
      const session = await agent.session();
      const { code = placeholderCode } = await user.consent(session);
      await world.advanceClock(pastSessionLife);
      const attempt = await agent.token(session, { code });
      // A session of the new present works, so that it was not the moved clock that spoiled the old one.
      await agent.grant();
      return attempt;
    },
    codes: ["SESSION_EXPIRED", "SESSION_NOT_FOUND"],
  }),
  refusal({
    id: "TOK-7.consented-late",
    requirement: "TOK-7",
    title: "the user's consent does not lengthen a session's ten minutes",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.grant(),
    async attempt(world) {
      const { agent, user } = world;
      const session = await agent.session();
      await world.advanceClock(lateConsent);
      const { code = placeholderCode } = await user.consent(session);
      await world.advanceClock(pastSessionLife - lateConsent);
      const attempt = await agent.token(session, { code });
      await agent.grant();
      return attempt;
    },
    codes: ["SESSION_EXPIRED", "SESSION_NOT_FOUND"],
  }),
  withheld({
    id: "TOK-7.expired-callback",
    requirement: "TOK-7",
    title: "a callback that comes ten minutes after the session was started completes nothing",
    needs: ["clock"],
    traits: ["exclusive"],
    control: (world) => completeByHand(world),
    async attempt(world) {
      const { agent, user } = world;
      const session = await agent.session();
      const early = await user.consentUntilCallback(session);
      await world.advanceClock(pastSessionLife);
      // The provider's own page, opened again, gives a code that is fresh; only the session is old.
      const late =
        early.providerUrl === undefined
          ? early
          : await user.consentUntilCallback({ authorizationUrl: early.providerUrl });
      const attempt = await exchangeAfter(world, session, callbackOf(world, late));
      await agent.grant();
      return attempt;
    },
  }),
];

/** No token before the user's answer is known (TOK-10). */
export const beforeConsentChecks: readonly Check[] = [
  withheld({
    id: "TOK-10.before-consent",
    requirement: "TOK-10",
    title: "a session cannot be exchanged before the user has consented",
    control: ({ agent }) => agent.grant(),
    attempt: async ({ agent }) => agent.token(await agent.session(), { code: placeholderCode }),
  }),
  withheld({
    id: "TOK-10.before-callback",
    requirement: "TOK-10",
    title: "a session whose browser was sent to the provider and has not come back cannot be exchanged",
    needs: ["kit-provider"],
    control: ({ agent }) => agent.grant(),
    async attempt(world) {
      const { agent, user } = world;
      const session = await agent.session();
      // Where no provider is asked and no callback follows, the page on the way was the consent itself.
      callbackOf(world, await user.consentUntilCallback(session));
      return agent.token(session, { code: placeholderCode });
    },
  }),
];
