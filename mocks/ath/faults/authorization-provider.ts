import { isBindingCookie } from "../rules/callback.ts";
import type { Pkce } from "../state.ts";
import { fault, foundBy } from "./fault.ts";

/** Characters of an S256 challenge that an implementor with too narrow a column keeps; 43 are due. */
const KEPT_CHARACTERS = 40;

/** What goes to the provider and which browser takes it there (AUTHZ-6, AUTHZ-11, AUTHZ-12). */
export const authorizationProviderFaults = [
  fault({
    id: "AUTHZ-6.no-pkce",
    requirement: "AUTHZ-6",
    sentence: "The provider is asked for a code without PKCE.",
    rule: "authorization.pkce",
    wrong: () => () => undefined,
    kills: foundBy("pkce-missing", "AUTHZ-6.challenge"),
  }),
  fault({
    id: "AUTHZ-6.plain",
    requirement: "AUTHZ-6",
    sentence: "The code verifier itself is sent as the challenge, with the method plain.",
    rule: "authorization.pkce",
    wrong:
      () =>
      ({ random }) => {
        const verifier = random.text(32);
        return { verifier, challenge: verifier, method: "plain" };
      },
    kills: foundBy("pkce-plain", "AUTHZ-6.challenge"),
  }),
  fault({
    id: "AUTHZ-6.short-challenge",
    requirement: "AUTHZ-6",
    sentence: "The challenge is cut off, so that it is no SHA-256 in base64url.",
    rule: "authorization.pkce",
    wrong: (honest) => (input) => {
      const pkce = honest(input);
      return pkce === undefined ? undefined : { ...pkce, challenge: pkce.challenge.slice(0, KEPT_CHARACTERS) };
    },
    kills: foundBy("pkce-malformed", "AUTHZ-6.challenge"),
  }),
  fault({
    id: "AUTHZ-6.challenge-reused",
    requirement: "AUTHZ-6",
    sentence: "One PKCE pair is made when the implementor starts and used for every session.",
    rule: "authorization.pkce",
    wrong: (honest) => {
      let pair: Pkce | undefined;
      return (input) => {
        pair ??= honest(input);
        return pair;
      };
    },
    kills: foundBy("pkce-reused", "AUTHZ-6.fresh"),
  }),
  fault({
    id: "AUTHZ-11.resource-altered",
    requirement: "AUTHZ-11",
    sentence: "The resource indicator reaches the provider percent-encoded twice.",
    rule: "authorization.providerUrl",
    wrong: (honest) => (input) => {
      const { resource } = input;
      return honest({ ...input, resource: resource === undefined ? undefined : encodeURIComponent(resource) });
    },
    kills: foundBy("resource-altered", "AUTHZ-11.resource"),
  }),
  fault({
    id: "AUTHZ-12.cookie-ignored",
    requirement: "AUTHZ-12",
    sentence: "The callback completes a session for whatever browser comes along.",
    rule: "callback.browserIsBound",
    wrong: () => () => true,
    kills: foundBy("completed-by-other-browser", "AUTHZ-12.other-browser", "AUTHZ-12.other-session"),
  }),
  fault({
    id: "AUTHZ-12.any-cookie",
    requirement: "AUTHZ-12",
    sentence: "A browser has to have been sent to consent, but not for the session that it completes.",
    rule: "callback.browserIsBound",
    wrong:
      () =>
      ({ cookies }) =>
        [...cookies.keys()].some(isBindingCookie),
    kills: foundBy("completed-by-other-browser", "AUTHZ-12.other-session"),
  }),
  fault({
    id: "AUTHZ-12.cookie-readable",
    requirement: "AUTHZ-12",
    sentence: "The cookie that binds the browser can be read by scripts.",
    rule: "callback.bindingCookie",
    wrong: (honest) => (input) => honest(input).replace("; HttpOnly", ""),
    kills: foundBy("cookie-readable", "AUTHZ-12.http-only"),
  }),
];
