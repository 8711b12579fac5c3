import { fault, foundBy } from "./fault.ts";

/** Eight hours, as the standard's own example of a gateway grants. */
const EIGHT_HOURS = 28_800;

/** What a token allows and what its response says (TOK-1, TOK-2, TOK-3, TOK-11, TOK-12). */
export const tokenResponseFaults = [
  fault({
    id: "TOK-1.expires-in-string",
    requirement: "TOK-1",
    sentence: "expires_in is a string.",
    rule: "token.body",
    wrong:
      () =>
      ({ response }) => ({ ...response, expires_in: String(response.expires_in) }),
    kills: foundBy("schema", "TOK-1.shape"),
  }),
  fault({
    id: "TOK-1.lowercase-bearer",
    requirement: "TOK-1",
    sentence: "token_type is written in lower case.",
    rule: "token.body",
    wrong:
      () =>
      ({ response }) => ({ ...response, token_type: "bearer" }),
    kills: foundBy("schema", "TOK-1.shape"),
  }),
  fault({
    id: "TOK-1.scope-intersection-missing",
    requirement: "TOK-1",
    sentence: "The token response does not tell how the effective scopes came about.",
    rule: "token.body",
    wrong:
      () =>
      ({ response: { scope_intersection: _, ...rest } }) =>
        rest,
    kills: foundBy("schema", "TOK-1.shape"),
  }),
  fault({
    id: "TOK-1.client-id-as-agent",
    requirement: "TOK-1",
    sentence: "The token response gives the client_id where the agent_id belongs.",
    rule: "token.body",
    wrong:
      () =>
      ({ response, agent }) => ({ ...response, agent_id: agent.clientId }),
    kills: foundBy("wrong-identity", "TOK-1.identity"),
  }),
  fault({
    id: "TOK-2.consent-ignored",
    requirement: "TOK-2",
    sentence: "A token gets every requested scope, also those that the user did not agree to.",
    rule: "scopes.effective",
    wrong: (honest) => (input) => honest({ ...input, consented: input.requested }),
    kills: foundBy("too-wide", "TOK-2.intersection", "TOK-2.consent-narrower"),
  }),
  fault({
    id: "TOK-2.least-scope-added",
    requirement: "TOK-2",
    sentence: "Every token gets the first of the approved scopes besides, as if it went with all others.",
    rule: "scopes.effective",
    wrong: (honest) => (input) => {
      const effective = honest(input);
      return effective.length === 0 ? effective : [...new Set([...input.approved.slice(0, 1), ...effective])];
    },
    kills: foundBy("too-wide", "TOK-2.intersection", "TOK-2.consent-narrower"),
  }),
  fault({
    id: "TOK-2.latest-consent",
    requirement: "TOK-2",
    sentence: "Consent is kept by agent and provider, so that a session is exchanged for what was agreed to last.",
    rule: "token.consent",
    wrong: (honest) => (input) => {
      const consent = honest(input);
      const { clientId, providerId } = input.session;
      const latest = [...input.sessions.values()].findLast(
        (session) =>
          session.clientId === clientId && session.providerId === providerId && session.consent !== undefined,
      );
      return consent === undefined ? undefined : { ...consent, scopes: latest?.consent?.scopes ?? consent.scopes };
    },
    kills: foundBy("too-wide", "TOK-2.sessions-apart"),
  }),
  fault({
    id: "TOK-3.nothing-means-everything",
    requirement: "TOK-3",
    sentence: "Who asks for no scope is taken to ask for all that are approved.",
    rule: "authorization.scopes",
    wrong: (honest) => (input) => (input.requested.length === 0 ? input.approved : honest(input)),
    kills: foundBy("accepted", "TOK-3.nothing-requested"),
  }),
  fault({
    id: "TOK-2.requested-ignored",
    requirement: "TOK-2",
    sentence: "A token gets every approved scope that the provider granted, also those that were not requested.",
    rule: "scopes.effective",
    wrong: (honest) => (input) => honest({ ...input, requested: input.approved }),
    kills: foundBy("too-wide", "TOK-2.intersection", "TOK-2.consent-wider"),
  }),
  fault({
    id: "TOK-2.first-scope-only",
    requirement: "TOK-2",
    sentence: "A token gets the first of its scopes and loses the others.",
    rule: "scopes.effective",
    wrong: (honest) => (input) => honest(input).slice(0, 1),
    kills: foundBy("too-narrow", "TOK-2.intersection"),
  }),
  fault({
    id: "TOK-2.intersection-misreported",
    requirement: "TOK-2",
    sentence: "scope_intersection repeats the approved scopes in all of its lists.",
    rule: "token.body",
    wrong:
      () =>
      ({ response }) => {
        const { agent_approved } = response.scope_intersection;
        const told = { agent_approved, user_consented: agent_approved, effective: agent_approved };
        return { ...response, scope_intersection: told };
      },
    kills: foundBy("misreported", "TOK-2.intersection"),
  }),
  fault({
    id: "TOK-2.proxy-uses-requested",
    requirement: "TOK-2",
    sentence: "The token response names the effective scopes, and the proxy allows all requested ones.",
    rule: "proxy.scopes",
    wrong:
      () =>
      ({ token }) =>
        token.requestedScopes,
    kills: foundBy("accepted", "TOK-2.proxy-agrees"),
  }),
  fault({
    id: "TOK-3.empty-token",
    requirement: "TOK-3",
    sentence: "A token is issued although no scope is left for it.",
    rule: "token.isWorthIssuing",
    wrong: () => () => true,
    kills: foundBy("accepted", "TOK-3.nothing-consented", "TOK-3.disjoint-consent"),
  }),
  fault({
    id: "TOK-11.cacheable",
    requirement: "TOK-11",
    sentence: "Token responses do not say that they must not be stored.",
    rule: "token.headers",
    wrong: () => () => ({}),
    kills: foundBy("cacheable", "TOK-11.no-store"),
  }),
  fault({
    id: "TOK-12.eight-hours",
    requirement: "TOK-12",
    sentence: "Tokens live for eight hours.",
    rule: "token.lifetimeSeconds",
    wrong: () => () => EIGHT_HOURS,
    kills: foundBy("too-long", "TOK-12.lifetime"),
  }),
];
