import { sameText } from "../random.ts";
import { bindingCookieName, type Cookies } from "../rules/callback.ts";
import type { Session } from "../state.ts";
import { fault, foundBy } from "./fault.ts";
import { coded } from "./wrong/codes.ts";

/** The session that the browser was sent to consent for last. */
function latestOf(cookies: Cookies, sessions: ReadonlyMap<string, Session>): Session | undefined {
  return [...sessions.values()].findLast((session) => {
    const cookie = cookies.get(bindingCookieName(session));
    return cookie !== undefined && session.binding !== undefined && sameText(cookie, session.binding);
  });
}

/** The browser's way back (CB-1 to CB-3). */
export const callbackFaults = [
  fault({
    id: "CB-1.state-ignored",
    requirement: "CB-1",
    sentence: "A callback whose state fits no session completes the browser's latest one.",
    rule: "callback.session",
    wrong: (honest) => (input) => honest(input) ?? latestOf(input.cookies, input.sessions),
    kills: foundBy("completed", "CB-1.unknown-state", "CB-1.missing-state"),
  }),
  fault({
    id: "CB-1.missing-state-accepted",
    requirement: "CB-1",
    sentence:
      "The state of a callback is compared when there is one; without it the browser's latest session is meant.",
    rule: "callback.session",
    wrong: (honest) => (input) => (input.state === undefined ? latestOf(input.cookies, input.sessions) : honest(input)),
    kills: foundBy("completed", "CB-1.missing-state"),
  }),
  fault({
    id: "CB-1.state-reusable",
    requirement: "CB-1",
    sentence: "A callback that was answered once is answered again, with another code of the provider.",
    rule: "callback.isOpen",
    wrong: (honest) => (input) => input.session.consent !== undefined || honest(input),
    kills: foundBy("completed", "CB-1.used-state"),
  }),
  fault({
    id: "CB-2.denial-internal-error",
    requirement: "CB-2",
    sentence: "After the user's no the exchange ends in an internal error.",
    rule: "errors.code",
    wrong: coded("user-denied", "INTERNAL_ERROR"),
    kills: foundBy("server-error", "CB-2.denied"),
  }),
  fault({
    id: "CB-2.denial-forgotten",
    requirement: "CB-2",
    sentence: "After the user's no the agent is told that there is no such session.",
    rule: "errors.code",
    wrong: coded("user-denied", "SESSION_NOT_FOUND"),
    kills: foundBy("unfitting-code", "CB-2.denied"),
  }),
  fault({
    id: "CB-2.denial-reopenable",
    requirement: "CB-2",
    sentence: "A session that the user denied can still be completed by a later callback.",
    rule: "callback.isOpen",
    wrong: (honest) => (input) => input.session.status === "denied" || honest(input),
    kills: foundBy("completed", "CB-2.denied-then-code"),
  }),
  fault({
    id: "CB-3.state-dropped",
    requirement: "CB-3",
    sentence: "The browser comes back to the agent without the agent's state.",
    rule: "callback.returnUrl",
    wrong: (honest) => (input) => {
      const { state: _, ...parameters } = input.parameters;
      return honest({ ...input, parameters });
    },
    kills: foundBy("state-changed", "CB-3.state-returned"),
  }),
  fault({
    id: "CB-3.first-registered",
    requirement: "CB-3",
    sentence: "The browser comes back to the first of the registered redirect URIs, whichever was asked for.",
    rule: "callback.returnUrl",
    wrong: (honest) => (input) =>
      honest(input.userRedirectUri === undefined ? input : { ...input, userRedirectUri: input.registered[0] }),
    kills: foundBy("not-redirected", "CB-3.one-of-several"),
  }),
  fault({
    id: "CB-3.no-redirect",
    requirement: "CB-3",
    sentence: "The browser ends on a page of the implementor, wherever the agent wanted it to go.",
    rule: "callback.returnUrl",
    wrong: () => () => undefined,
    kills: foundBy("not-redirected", "CB-3.state-returned"),
  }),
  fault({
    id: "CB-3.state-unescaped",
    requirement: "CB-3",
    sentence: "The agent's state is put into the redirect without escaping the characters that mean something there.",
    rule: "callback.returnUrl",
    wrong: (honest) => (input) => {
      const { state, ...parameters } = input.parameters;
      const url = honest({ ...input, parameters });
      return url === undefined || state === undefined ? url : `${url}&state=${encodeURI(state)}`;
    },
    kills: foundBy("state-changed", "CB-3.state-verbatim"),
  }),
  fault({
    id: "CB-3.state-cut",
    requirement: "CB-3",
    sentence: "The agent's state is kept in a column of 255 characters, and what is longer is cut.",
    rule: "callback.returnUrl",
    wrong: (honest) => (input) => {
      const { state, ...parameters } = input.parameters;
      return honest({
        ...input,
        parameters: state === undefined ? parameters : { ...parameters, state: state.slice(0, 255) },
      });
    },
    kills: foundBy("state-changed", "CB-3.long-state"),
  }),
  fault({
    id: "CB-3.query-appended-blindly",
    requirement: "CB-3",
    sentence: "The answer is appended to the redirect URI with a question mark, also when that has a query already.",
    rule: "callback.returnUrl",
    wrong:
      () =>
      ({ userRedirectUri, parameters }) =>
        userRedirectUri === undefined ? undefined : `${userRedirectUri}?${new URLSearchParams({ ...parameters })}`,
    kills: foundBy("redirect-broken", "CB-3.redirect-with-query"),
  }),
];
