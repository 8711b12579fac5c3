import { own, ownText } from "../json.ts";
import { fault, foundBy } from "./fault.ts";

/** What is left of a URI when its scheme and user name are not looked at. */
function beyondScheme(uri: string): string {
  const { host, pathname, search } = new URL(uri);
  return host + pathname + search;
}

/** Providers, scopes and redirect URIs of an authorization (AUTHZ-4, AUTHZ-5, AUTHZ-7, AUTHZ-8, AUTHZ-9). */
export const authorizationRequestFaults = [
  fault({
    id: "AUTHZ-4.provider-unchecked",
    requirement: "AUTHZ-4",
    sentence: "An agent may ask for every provider there is, approved or not.",
    rule: "authorization.approval",
    wrong: (honest) => (input) => {
      const approval = honest(input);
      const provider = input.findProvider(input.providerId);
      return approval === undefined && provider !== undefined
        ? { provider, approvedScopes: provider.scopes }
        : approval;
    },
    kills: foundBy("accepted", "AUTHZ-4.other-provider"),
  }),
  fault({
    id: "AUTHZ-4.unknown-provider-accepted",
    requirement: "AUTHZ-4",
    sentence: "A provider that does not exist is taken as the first one there is.",
    rule: "authorization.approval",
    wrong: (honest) => (input) => {
      const [first] = input.providers.values();
      return input.findProvider(input.providerId) === undefined && first !== undefined
        ? { provider: first, approvedScopes: input.requestedScopes }
        : honest(input);
    },
    kills: foundBy("accepted", "AUTHZ-4.unknown-provider"),
  }),
  fault({
    id: "AUTHZ-5.scope-unchecked",
    requirement: "AUTHZ-5",
    sentence: "The user is asked for whatever scopes the agent names, approved or not.",
    rule: "authorization.scopes",
    wrong: (honest) => (input) => honest({ ...input, approved: input.requested }),
    kills: foundBy("accepted", "AUTHZ-5.extra-scope", "AUTHZ-5.denied-scope"),
  }),
  fault({
    id: "AUTHZ-5.scope-of-any-provider",
    requirement: "AUTHZ-5",
    sentence: "A scope that the agent was approved for at one provider may be asked of every other one.",
    rule: "authorization.approval",
    wrong: (honest) => (input) => {
      const approval = honest(input);
      const approvedScopes = input.agent.approvals.flatMap(({ approved_scopes }) => approved_scopes);
      return approval === undefined ? undefined : { ...approval, approvedScopes };
    },
    kills: foundBy("accepted", "AUTHZ-5.other-providers-scope"),
  }),
  fault({
    id: "AUTHZ-5.scopes-trimmed",
    requirement: "AUTHZ-5",
    sentence: "Scopes that were not approved are left out in silence, and the authorization goes on with the rest.",
    rule: "authorization.scopes",
    wrong: (honest) => (input) =>
      input.requested.length === 0 ? honest(input) : input.requested.filter((scope) => input.approved.includes(scope)),
    kills: foundBy("accepted", "AUTHZ-5.extra-scope", "AUTHZ-5.denied-scope"),
  }),
  fault({
    id: "AUTHZ-5.scope-by-prefix",
    requirement: "AUTHZ-5",
    sentence: "A requested scope is approved when it begins like an approved one, or an approved one like it.",
    rule: "authorization.scopes",
    wrong:
      () =>
      ({ requested, approved }) =>
        requested.every((scope) => approved.some((one) => one.startsWith(scope) || scope.startsWith(one)))
          ? requested
          : undefined,
    kills: foundBy("accepted", "AUTHZ-5.near-scope"),
  }),
  fault({
    id: "AUTHZ-5.case-ignored",
    requirement: "AUTHZ-5",
    sentence: "Scopes are compared without regard to upper and lower case.",
    rule: "authorization.scopes",
    wrong: (honest) => (input) =>
      honest({
        ...input,
        requested: input.requested.map(
          (scope) => input.approved.find((one) => one.toLowerCase() === scope.toLowerCase()) ?? scope,
        ),
      }),
    kills: foundBy("accepted", "AUTHZ-5.near-scope"),
  }),
  fault({
    id: "AUTHZ-5.session-made",
    requirement: "AUTHZ-5",
    sentence: "A refusal for a scope carries a session all the same, whose consent can be given.",
    rule: "authorization.scopeRefusalMembers",
    wrong:
      () =>
      ({ openSession }) =>
        openSession(),
    kills: foundBy("session-made", "AUTHZ-5.no-session"),
  }),
  fault({
    id: "AUTHZ-7.state-optional",
    requirement: "AUTHZ-7",
    sentence: "An authorization may be started without state.",
    rule: "body.issues",
    wrong: (honest) => (input) => {
      const issues = honest(input);
      if (input.endpoint !== "authorize" || ownText(input.body, "state") !== undefined) return issues;
      return issues.filter(({ path, keyword }) => path !== "/state" || keyword !== "required");
    },
    kills: foundBy("accepted", "AUTHZ-7.missing-state"),
  }),
  fault({
    id: "AUTHZ-7.null-is-a-state",
    requirement: "AUTHZ-7",
    sentence: "A member called state has to be there, and may be null.",
    rule: "body.issues",
    wrong: (honest) => (input) =>
      honest(input).filter(
        ({ path }) => input.endpoint !== "authorize" || path !== "/state" || own(input.body, "state") !== null,
      ),
    kills: foundBy("accepted", "AUTHZ-7.null-state"),
  }),
  fault({
    id: "AUTHZ-8.of-any-agent",
    requirement: "AUTHZ-8",
    sentence: "The redirect URIs of all agents are in one list, and any of them will do.",
    rule: "authorization.redirectUriIsRegistered",
    wrong: (honest) => (input) =>
      honest(input) ||
      (input.registered.length > 0 &&
        [...input.agents.values()].some(({ redirectUris }) => redirectUris.includes(input.uri))),
    kills: foundBy("accepted", "AUTHZ-8.other-agents-uri"),
  }),
  fault({
    id: "AUTHZ-8.unchecked",
    requirement: "AUTHZ-8",
    sentence: "An agent that registered some redirect URI may send the browser to any other.",
    rule: "authorization.redirectUriIsRegistered",
    wrong:
      () =>
      ({ registered }) =>
        registered.length > 0,
    kills: foundBy(
      "accepted",
      "AUTHZ-8.other-host",
      "AUTHZ-8.extra-path",
      "AUTHZ-8.extra-query",
      "AUTHZ-8.other-port",
      "AUTHZ-8.case",
      "AUTHZ-8.dot-segments",
      "AUTHZ-8.prefix",
      "AUTHZ-8.suffix",
      "AUTHZ-8.fragment",
      "AUTHZ-8.trailing-slash",
      "AUTHZ-8.scheme",
      "AUTHZ-8.user-info",
      "AUTHZ-8.percent-encoded",
      "AUTHZ-8.subdomain",
      "AUTHZ-8.pattern",
      "AUTHZ-8.other-agents-uri",
    ),
  }),
  ...[
    {
      id: "AUTHZ-8.prefix-match",
      sentence: "A redirect URI only has to begin with a registered one.",
      fits: (uri: string, registered: string) => uri.startsWith(registered),
      checks: ["AUTHZ-8.extra-path", "AUTHZ-8.extra-query"],
    },
    {
      id: "AUTHZ-8.host-only",
      sentence: "Of a redirect URI only the host is compared with the registered one.",
      fits: (uri: string, registered: string) => new URL(uri).hostname === new URL(registered).hostname,
      checks: [
        "AUTHZ-8.other-port",
        "AUTHZ-8.extra-path",
        "AUTHZ-8.extra-query",
        "AUTHZ-8.case",
        "AUTHZ-8.prefix",
        "AUTHZ-8.dot-segments",
      ],
    },
    {
      id: "AUTHZ-8.case-insensitive",
      sentence: "Redirect URIs are compared without regard to upper and lower case.",
      fits: (uri: string, registered: string) => uri.toLowerCase() === registered.toLowerCase(),
      checks: ["AUTHZ-8.case"],
    },
    {
      id: "AUTHZ-8.normalised",
      sentence: "Redirect URIs are compared after dot segments were resolved.",
      fits: (uri: string, registered: string) => new URL(uri).href === new URL(registered).href,
      checks: ["AUTHZ-8.dot-segments"],
    },
    {
      id: "AUTHZ-8.reverse-prefix",
      sentence:
        "The comparison stops at the end of the shorter URI, so that a beginning of a registered one is enough.",
      fits: (uri: string, registered: string) => registered.startsWith(uri),
      checks: ["AUTHZ-8.prefix"],
    },
    {
      id: "AUTHZ-8.anywhere",
      sentence: "A registered redirect URI only has to stand somewhere in the one that is sent.",
      fits: (uri: string, registered: string) => uri.includes(registered),
      checks: ["AUTHZ-8.suffix", "AUTHZ-8.fragment", "AUTHZ-8.trailing-slash"],
    },
    {
      id: "AUTHZ-8.without-fragment",
      sentence: "Redirect URIs are compared without their fragments.",
      fits: (uri: string, registered: string) => uri.split("#")[0] === registered,
      checks: ["AUTHZ-8.fragment"],
    },
    {
      id: "AUTHZ-8.slash-trimmed",
      sentence: "Redirect URIs are compared after a slash at their ends was cut off.",
      fits: (uri: string, registered: string) => uri.replace(/\/$/, "") === registered.replace(/\/$/, ""),
      checks: ["AUTHZ-8.trailing-slash"],
    },
    {
      id: "AUTHZ-8.by-parts",
      sentence: "Redirect URIs are compared by host, port, path and query, and neither by scheme nor by user name.",
      fits: (uri: string, registered: string) => beyondScheme(uri) === beyondScheme(registered),
      checks: ["AUTHZ-8.scheme", "AUTHZ-8.user-info"],
    },
    {
      id: "AUTHZ-8.decoded",
      sentence: "Redirect URIs are compared after they were percent-decoded.",
      fits: (uri: string, registered: string) => decodeURI(uri) === registered,
      checks: ["AUTHZ-8.percent-encoded"],
    },
    {
      id: "AUTHZ-8.subdomains-too",
      sentence: "The host of a redirect URI may be any below the registered one.",
      fits: (uri: string, registered: string) => {
        const [sent, known] = [new URL(uri), new URL(registered)];
        const below = sent.host === known.host || sent.host.endsWith(`.${known.host}`);
        return below && sent.pathname === known.pathname && sent.search === known.search;
      },
      checks: ["AUTHZ-8.subdomain"],
    },
    {
      id: "AUTHZ-8.as-pattern",
      sentence: "A registered redirect URI is used as a regular expression, in which a dot is any character.",
      fits: (uri: string, registered: string) => new RegExp(`^${registered.replaceAll("?", "[?]")}$`).test(uri),
      checks: ["AUTHZ-8.pattern"],
    },
  ].map(({ id, sentence, fits, checks }) =>
    fault({
      id,
      requirement: "AUTHZ-8",
      sentence,
      rule: "authorization.redirectUriIsRegistered",
      wrong:
        () =>
        ({ uri, registered }) =>
          registered.some((one) => fits(uri, one)),
      kills: foundBy("accepted", ...checks),
    }),
  ),
  fault({
    id: "AUTHZ-9.any-when-none",
    requirement: "AUTHZ-9",
    sentence: "An agent that registered no redirect URI may send the browser anywhere.",
    rule: "authorization.redirectUriIsRegistered",
    wrong: (honest) => (input) => input.registered.length === 0 || honest(input),
    kills: foundBy("accepted", "AUTHZ-9.none-registered", "AUTHZ-9.empty-list"),
  }),
];
