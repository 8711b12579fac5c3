import { ownText } from "../json.ts";
import { fault, foundBy } from "./fault.ts";

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
    id: "AUTHZ-5.scopes-trimmed",
    requirement: "AUTHZ-5",
    sentence: "Scopes that were not approved are left out in silence, and the authorization goes on with the rest.",
    rule: "authorization.scopes",
    wrong: (honest) => (input) =>
      input.requested.length === 0 ? honest(input) : input.requested.filter((scope) => input.approved.includes(scope)),
    kills: foundBy("accepted", "AUTHZ-5.extra-scope", "AUTHZ-5.denied-scope"),
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
