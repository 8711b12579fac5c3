import { fault, foundBy } from "./fault.ts";

/** Whom a token is bound to (BIND-1). */
export const bindingFaults = [
  fault({
    id: "BIND-1.any-registered-agent",
    requirement: "BIND-1",
    sentence: "X-ATH-Agent-ID has to name a registered agent, but not the token's.",
    rule: "proxy.agentIsTheTokens",
    wrong: (honest) => (input) =>
      honest(input) || [...input.agents.values()].some(({ agentId }) => agentId === input.agentId),
    kills: foundBy("accepted", "BIND-1.agent"),
  }),
  fault({
    id: "BIND-1.latest-user-wins",
    requirement: "BIND-1",
    sentence: "Provider tokens are kept by agent and provider, so that every token acts for the latest user.",
    rule: "proxy.grant",
    wrong:
      () =>
      ({ token, grants }) =>
        [...grants.values()].findLast(
          ({ agentId, providerId }) => agentId === token.agentId && providerId === token.providerId,
        ),
    kills: foundBy("other-users-token", "BIND-1.user"),
  }),
  fault({
    id: "BIND-1.any-token-of-agent",
    requirement: "BIND-1",
    sentence: "A token only proves the agent; the grant is looked up by the provider in the path.",
    rule: "proxy.token",
    wrong: (honest) => (input) => {
      const token = honest(input);
      if (token === undefined || token.providerId === input.providerId) return token;
      const others = [...input.tokens.values()].filter(({ agentId }) => agentId === token.agentId);
      return others.findLast(({ providerId }) => providerId === input.providerId) ?? token;
    },
    kills: foundBy("accepted", "BIND-1.provider"),
  }),
  fault({
    id: "BIND-1.scopes-merged",
    requirement: "BIND-1",
    sentence: "The scopes of all tokens of an agent and user at a provider add up, also for the older tokens.",
    rule: "proxy.scopes",
    wrong:
      () =>
      ({ token, tokens }) =>
        [...tokens.values()]
          .filter(
            ({ agentId, userId, providerId }) =>
              agentId === token.agentId && userId === token.userId && providerId === token.providerId,
          )
          .flatMap(({ effectiveScopes }) => effectiveScopes),
    kills: foundBy("accepted", "BIND-1.scopes"),
  }),
];
