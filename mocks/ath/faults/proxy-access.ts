import { claimedSub } from "../engine/attestation.ts";
import { grants } from "../rules/forwarding.ts";
import type { Token } from "../state.ts";
import { fault, foundBy } from "./fault.ts";
import { coded } from "./wrong/codes.ts";

/** The agent's latest token for a provider. */
function latestToken(
  agentId: string | undefined,
  providerId: string,
  tokens: ReadonlyMap<string, Token>,
): Token | undefined {
  return [...tokens.values()].findLast(
    (token) => token.agentId === agentId && token.providerId === providerId && token.revokedAt === undefined,
  );
}

/** Who may call what through the proxy (PRX-1 to PRX-4, PRX-7). */
export const proxyAccessFaults = [
  fault({
    id: "PRX-1.token-optional",
    requirement: "PRX-1",
    sentence: "A call without a token is made with the latest grant of the agent that X-ATH-Agent-ID names.",
    rule: "proxy.token",
    wrong: (honest) => (input) =>
      input.authorization === undefined ? latestToken(input.agentId, input.providerId, input.tokens) : honest(input),
    kills: foundBy("accepted", "PRX-1.no-token"),
  }),
  fault({
    id: "PRX-1.any-token",
    requirement: "PRX-1",
    sentence: "A call has to carry a token, and any text is one; the agent's latest grant is used.",
    rule: "proxy.token",
    wrong: (honest) => (input) => {
      const token = honest(input);
      if (token !== undefined || input.authorization === undefined) return token;
      return latestToken(input.agentId, input.providerId, input.tokens);
    },
    kills: foundBy("accepted", "PRX-1.unknown-token", "PRX-1.malformed-token"),
  }),
  ...[
    {
      id: "PRX-1.case-ignored",
      sentence: "Tokens are looked up without regard to upper and lower case, as some databases do.",
      same: (presented: string, issued: string) => presented.toLowerCase() === issued.toLowerCase(),
    },
    {
      id: "PRX-1.by-beginning",
      sentence: "Tokens are looked up by their first half, and the rest is not compared.",
      same: (presented: string, issued: string) =>
        presented.slice(0, issued.length / 2) === issued.slice(0, issued.length / 2),
    },
  ].map(({ id, sentence, same }) =>
    fault({
      id,
      requirement: "PRX-1",
      sentence,
      rule: "proxy.token",
      wrong: (honest) => {
        const issued = new Map<string, Token>();
        return (input) => {
          const token = honest(input);
          const { authorization = "" } = input;
          if (token !== undefined) issued.set(authorization, token);
          return token ?? [...issued].find(([known]) => same(authorization, known))?.[1];
        };
      },
      kills: foundBy("accepted", "PRX-1.altered-token"),
    }),
  ),
  fault({
    id: "PRX-1.attestation-as-token",
    requirement: "PRX-1",
    sentence: "An attestation of the agent opens the API as an access token does.",
    rule: "proxy.token",
    wrong: (honest) => (input) => {
      const { authorization = "", agentId, providerId, tokens } = input;
      const token = honest(input);
      if (token !== undefined || claimedSub(authorization.replace(/^bearer +/i, "")) !== agentId) return token;
      return latestToken(agentId, providerId, tokens);
    },
    kills: foundBy("accepted", "PRX-1.other-credential"),
  }),
  fault({
    id: "PRX-1.forwarded-before-check",
    requirement: "PRX-1",
    sentence: "A call is sent on to the provider while the token is still being looked up.",
    rule: "proxy.beforeChecks",
    wrong:
      () =>
      ({ forward }) =>
        forward(),
    kills: foundBy("reached-provider", "PRX-1.no-token", "PRX-1.malformed-token", "PRX-1.unknown-token"),
  }),
  fault({
    id: "PRX-2.header-optional",
    requirement: "PRX-2",
    sentence: "X-ATH-Agent-ID is compared when it is there, and may be missing.",
    rule: "proxy.agentIsTheTokens",
    wrong: (honest) => (input) => input.agentId === undefined || honest(input),
    kills: foundBy("accepted", "PRX-2.missing-agent-id"),
  }),
  fault({
    id: "PRX-2.agent-by-prefix",
    requirement: "PRX-2",
    sentence: "The token's agent only has to begin with what X-ATH-Agent-ID says, which may be nothing.",
    rule: "proxy.agentIsTheTokens",
    wrong:
      () =>
      ({ agentId, token }) =>
        agentId !== undefined && token.agentId.startsWith(agentId),
    kills: foundBy("accepted", "PRX-2.empty-agent-id", "PRX-2.origin-as-agent-id"),
  }),
  fault({
    id: "PRX-2.agent-begins",
    requirement: "PRX-2",
    sentence: "X-ATH-Agent-ID only has to begin with the token's agent.",
    rule: "proxy.agentIsTheTokens",
    wrong:
      () =>
      ({ agentId, token }) =>
        agentId?.startsWith(token.agentId) === true,
    kills: foundBy("accepted", "PRX-2.longer-agent-id"),
  }),
  fault({
    id: "PRX-2.case-ignored",
    requirement: "PRX-2",
    sentence: "X-ATH-Agent-ID is compared without regard to upper and lower case.",
    rule: "proxy.agentIsTheTokens",
    wrong:
      () =>
      ({ agentId, token }) =>
        agentId?.toLowerCase() === token.agentId.toLowerCase(),
    kills: foundBy("accepted", "PRX-2.other-case-agent-id"),
  }),
  fault({
    id: "PRX-2.header-ignored",
    requirement: "PRX-2",
    sentence: "X-ATH-Agent-ID is not looked at.",
    rule: "proxy.agentIsTheTokens",
    wrong: () => () => true,
    kills: foundBy("accepted", "PRX-2.missing-agent-id", "PRX-2.other-agent-id", "BIND-1.agent"),
  }),
  fault({
    id: "PRX-3.provider-unbound",
    requirement: "PRX-3",
    sentence: "A token of one provider opens every other one, and its scopes are taken for all that can be called.",
    rule: "proxy.provider",
    wrong: (honest) => (input) => {
      const { providerId, token, findProvider } = input;
      const own = honest(input);
      const provider = findProvider(providerId);
      if (own !== undefined || provider === undefined) return own;
      const known = [provider, findProvider(token.providerId)];
      const everything = known.flatMap((one) => [...(one?.operations.values() ?? [])].flat());
      return { ...provider, operations: new Map(token.effectiveScopes.map((scope) => [scope, everything])) };
    },
    kills: foundBy("accepted", "PRX-3.other-provider", "BIND-1.provider"),
  }),
  fault({
    id: "PRX-3.unknown-provider-falls-back",
    requirement: "PRX-3",
    sentence: "A call to a provider that does not exist goes to the token's provider.",
    rule: "proxy.provider",
    wrong: (honest) => (input) => {
      const { providerId, token, findProvider } = input;
      return findProvider(providerId) === undefined ? findProvider(token.providerId) : honest(input);
    },
    kills: foundBy("accepted", "PRX-3.unknown-provider"),
  }),
  fault({
    id: "PRX-4.scopes-unenforced",
    requirement: "PRX-4",
    sentence: "Any living token may make any call at its provider.",
    rule: "proxy.operationIsGranted",
    wrong: () => () => true,
    kills: foundBy("accepted", "PRX-4.out-of-scope", "PRX-4.unmapped"),
  }),
  fault({
    id: "PRX-4.method-ignored",
    requirement: "PRX-4",
    sentence: "Scopes are judged by the path alone, so that a token for reading may write there.",
    rule: "proxy.operationIsGranted",
    wrong:
      () =>
      ({ operationPath, scopes, operations }) =>
        scopes.some((scope) =>
          operations.get(scope)?.some((pattern) => grants(pattern, pattern.split(" ")[0] ?? "", operationPath)),
        ),
    kills: foundBy("accepted", "PRX-4.out-of-scope"),
  }),
  fault({
    id: "PRX-4.writing-deletes",
    requirement: "PRX-4",
    sentence: "A scope that allows to create something allows to delete it as well.",
    rule: "proxy.operationIsGranted",
    wrong: (honest) => (input) => {
      const { method, scopes, operations } = input;
      const creates = scopes.some((scope) => operations.get(scope)?.some((pattern) => pattern.startsWith("POST ")));
      const everything = [...operations.keys()];
      return honest(input) || (method === "DELETE" && creates && honest({ ...input, scopes: everything }));
    },
    kills: foundBy("accepted", "PRX-4.other-writes"),
  }),
  fault({
    id: "PRX-4.method-overridden",
    requirement: "PRX-4",
    sentence: "Scopes are judged by the method that X-HTTP-Method-Override names, and the call is made with its own.",
    rule: "proxy.judgedMethod",
    wrong: (honest) => (input) => input.headers.get("x-http-method-override") ?? honest(input),
    kills: foundBy("accepted", "PRX-4.method-override"),
  }),
  fault({
    id: "PRX-4.unmapped-reading-allowed",
    requirement: "PRX-4",
    sentence: "A call that no scope speaks of is allowed to every token when it only reads.",
    rule: "proxy.operationIsGranted",
    wrong: (honest) => (input) => {
      const mapped = [...input.operations.values()]
        .flat()
        .some((one) => grants(one, input.method, input.operationPath));
      return (input.method === "GET" && !mapped) || honest(input);
    },
    kills: foundBy("accepted", "PRX-4.unmapped"),
  }),
  fault({
    id: "PRX-4.unmapped-allowed",
    requirement: "PRX-4",
    sentence: "A call that no scope speaks of is allowed to every token.",
    rule: "proxy.operationIsGranted",
    wrong: (honest) => (input) => {
      const { method, operationPath, operations } = input;
      const mapped = [...operations.values()].flat().some((pattern) => grants(pattern, method, operationPath));
      return !mapped || honest(input);
    },
    kills: foundBy("accepted", "PRX-4.unmapped"),
  }),
  fault({
    id: "PRX-7.expiry-ignored",
    requirement: "PRX-7",
    sentence: "Tokens go on working after they have expired.",
    rule: "proxy.tokenState",
    wrong: (honest) => (input) => {
      const state = honest(input);
      return state === "expired" ? "good" : state;
    },
    kills: foundBy("accepted", "PRX-7.expired"),
  }),
  fault({
    id: "PRX-7.expired-as-invalid",
    requirement: "PRX-7",
    sentence: "An expired token is refused as if it had never been one.",
    rule: "errors.code",
    wrong: coded("token-expired", "TOKEN_INVALID"),
    kills: foundBy("unfitting-code", "PRX-7.expired"),
  }),
  fault({
    id: "PRX-7.revoked-as-invalid",
    requirement: "PRX-7",
    sentence: "A revoked token is refused as if it had never been one.",
    rule: "errors.code",
    wrong: coded("token-revoked", "TOKEN_INVALID"),
    kills: foundBy("unfitting-code", "PRX-7.revoked"),
  }),
];
