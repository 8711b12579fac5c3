import type { Session } from "../state.ts";
import { fault, foundBy } from "./fault.ts";
import { coded } from "./wrong/codes.ts";
import { roundTrip } from "./wrong/slow-store.ts";

/** The session that is exchanged (TOK-6, TOK-7, TOK-8, TOK-10). */
export const tokenSessionFaults = [
  fault({
    id: "TOK-6.unknown-session-wrong-code",
    requirement: "TOK-6",
    sentence: "For a session that never was the agent is told that its token is invalid.",
    rule: "errors.code",
    wrong: coded("session-unknown", "TOKEN_INVALID"),
    kills: foundBy("unfitting-code", "TOK-6.unknown-session"),
  }),
  fault({
    id: "TOK-6.session-optional",
    requirement: "TOK-6",
    sentence: "An exchange that names no session is one of the agent's latest.",
    rule: "token.session",
    wrong: (honest) => (input) => {
      const { sessionId, agent, sessions } = input;
      if (sessionId !== undefined) return honest(input);
      return [...sessions.values()].findLast(({ clientId }) => clientId === agent.clientId);
    },
    kills: foundBy("accepted", "TOK-6.missing-session"),
  }),
  fault({
    id: "TOK-6.session-unbound",
    requirement: "TOK-6",
    sentence: "Whoever knows the id of a session may exchange it, whichever agent opened it.",
    rule: "token.sessionIsOwn",
    wrong: () => () => true,
    kills: foundBy("accepted", "TOK-6.foreign-session"),
  }),
  fault({
    id: "TOK-6.code-unbound",
    requirement: "TOK-6",
    sentence: "A code has to be one that was issued, but not for the session that is exchanged.",
    rule: "token.codeFits",
    wrong:
      () =>
      ({ code, codes }) =>
        codes.has(code ?? ""),
    kills: foundBy("accepted", "TOK-6.foreign-code"),
  }),
  fault({
    id: "TOK-7.session-never-expires",
    requirement: "TOK-7",
    sentence: "The expiry of a session is stored and never read.",
    rule: "session.isAlive",
    wrong: () => () => true,
    kills: foundBy("accepted", "TOK-7.expired-session", "TOK-7.expired-callback"),
  }),
  fault({
    id: "TOK-7.consent-prolongs",
    requirement: "TOK-7",
    sentence: "A session lives for ten minutes more whenever somebody uses it.",
    rule: "session.isAlive",
    wrong: (honest) => {
      const prolonged = new WeakMap<Session, number>();
      return ({ session, now }) => {
        const expiresAt = prolonged.get(session) ?? session.expiresAt;
        const alive = honest({ session: { ...session, expiresAt }, now });
        if (alive) prolonged.set(session, now + session.expiresAt - session.createdAt);
        return alive;
      };
    },
    kills: foundBy("accepted", "TOK-7.consented-late"),
  }),
  fault({
    id: "TOK-8.session-reusable",
    requirement: "TOK-8",
    sentence: "A session can be exchanged as often as the agent likes.",
    rule: "token.claim",
    wrong: (honest) => (input) => {
      honest(input);
      return true;
    },
    kills: foundBy("accepted", "TOK-8.second-exchange"),
  }),
  fault({
    id: "TOK-8.race",
    requirement: "TOK-8",
    sentence: "Whether a session was used is read and written in two steps, so that two exchanges at once both win.",
    rule: "token.claim",
    wrong:
      () =>
      async ({ session }) => {
        if (session.status === "exchanged") return false;
        await roundTrip();
        session.status = "exchanged";
        return true;
      },
    kills: foundBy("both-won", "TOK-8.concurrent"),
  }),
  fault({
    id: "TOK-10.consent-not-awaited",
    requirement: "TOK-10",
    sentence: "A session can be exchanged before the user agreed; all requested scopes then count as agreed to.",
    rule: "token.consent",
    wrong: (honest) => (input) => {
      const { requestedScopes, consentId } = input.session;
      return honest(input) ?? { userId: "unknown", scopes: requestedScopes, grantId: consentId };
    },
    kills: foundBy("accepted", "TOK-10.before-consent"),
  }),
  fault({
    id: "TOK-10.departure-is-consent",
    requirement: "TOK-10",
    sentence: "A session counts as agreed to as soon as the browser was sent to the provider.",
    rule: "token.consent",
    wrong: (honest) => (input) => {
      const { requestedScopes, consentId, binding } = input.session;
      if (binding === undefined) return honest(input);
      return honest(input) ?? { userId: "unknown", scopes: requestedScopes, grantId: consentId };
    },
    kills: foundBy("accepted", "TOK-10.before-callback"),
  }),
];
