import { leastSeconds } from "../rules/scopes.ts";
import { fault, foundBy } from "./fault.ts";

/** What is granted, and how long (HS-12, HS-13, HS-17, HS-18). */
export const scopeFaults = [
  fault({
    id: "HS-12.credential-ignored",
    requirement: "HS-12",
    sentence: "Scopes are granted that the user's credential does not hold.",
    rule: "scopes.granted",
    wrong: (honest) => (input) => honest({ ...input, credential: input.requested }),
    kills: foundBy("too-wide", "HS-12.intersection", "HS-12.narrow-credential"),
  }),
  fault({
    id: "HS-12.approval-ignored",
    requirement: "HS-12",
    sentence: "Scopes are granted that the user left out of his approval.",
    rule: "scopes.granted",
    wrong: (honest) => (input) => honest({ ...input, approved: input.requested }),
    kills: foundBy("too-wide", "HS-12.intersection", "HS-12.partial-approval"),
  }),
  fault({
    id: "HS-12.policy-ignored",
    requirement: "HS-12",
    sentence: "Scopes are granted that the gateway does not support.",
    rule: "scopes.granted",
    wrong: (honest) => (input) => honest({ ...input, allowed: input.requested }),
    kills: foundBy("too-wide", "HS-12.intersection", "HS-12.unsupported-scope"),
  }),
  fault({
    id: "HS-12.requested-ignored",
    requirement: "HS-12",
    sentence: "All that the user allows is granted, asked for or not.",
    rule: "scopes.granted",
    wrong: (honest) => (input) => honest({ ...input, requested: input.approved }),
    kills: foundBy("too-wide", "HS-12.intersection"),
  }),
  fault({
    id: "HS-12.first-scope-only",
    requirement: "HS-12",
    sentence: "One scope is granted at most.",
    rule: "scopes.granted",
    wrong: (honest) => (input) => honest(input).slice(0, 1),
    kills: foundBy("too-narrow", "HS-12.intersection"),
  }),
  fault({
    id: "HS-12.case-ignored",
    requirement: "HS-12",
    sentence: "Scopes are compared without regard to upper and lower case.",
    rule: "scopes.granted",
    wrong:
      () =>
      ({ requested, credential, approved, allowed }) => {
        const sets = [credential, approved, allowed].map((set) => set.map((scope) => scope.toLowerCase()));
        return [...new Set(requested)].filter((scope) => sets.every((set) => set.includes(scope.toLowerCase())));
      },
    kills: foundBy("too-wide", "HS-12.other-case"),
  }),
  fault({
    id: "HS-12.wildcards-honoured",
    requirement: "HS-12",
    sentence: "A credential for * is one for everything.",
    rule: "scopes.granted",
    wrong: (honest) => (input) =>
      honest(input.credential.includes("*") ? { ...input, credential: input.requested } : input),
    kills: foundBy("too-wide", "HS-12.wildcards"),
  }),
  fault({
    id: "HS-13.denied-omitted",
    requirement: "HS-13",
    sentence: "Scopes that are not granted are passed over in silence.",
    rule: "scopes.denied",
    wrong: () => () => [],
    kills: foundBy("missing-denial", "HS-13.denied-listed"),
  }),
  fault({
    id: "HS-13.reason-missing",
    requirement: "HS-13",
    sentence: "Denied scopes come without a reason.",
    rule: "scopes.denied",
    wrong: (honest) => (input) => honest(input).map(({ scope }) => ({ scope })),
    kills: foundBy("missing-reason", "HS-13.denied-listed"),
  }),
  fault({
    id: "HS-13.overlap",
    requirement: "HS-13",
    sentence: "A granted scope stands among the denied ones too.",
    rule: "scopes.denied",
    wrong: (honest) => (input) => [
      ...honest(input),
      ...input.granted.slice(0, 1).map((scope) => ({ scope, reason: "granted in part" })),
    ],
    kills: foundBy("overlap", "HS-13.disjoint"),
  }),
  fault({
    id: "HS-17.asked-ttl-granted",
    requirement: "HS-17",
    sentence: "The agent gets as much time as it asks for.",
    rule: "scopes.ttl",
    wrong:
      () =>
      ({ asked }) =>
        asked,
    kills: foundBy("too-long", "HS-17.bounds"),
  }),
  fault({
    id: "HS-17.credential-ignored",
    requirement: "HS-17",
    sentence: "A grant outlives the credential it comes from.",
    rule: "scopes.ttl",
    wrong:
      () =>
      ({ asked, most, confirmationLeft }) =>
        leastSeconds(asked, most, confirmationLeft),
    kills: foundBy("too-long", "HS-17.bounds"),
  }),
  fault({
    id: "HS-17.confirmation-ignored",
    requirement: "HS-17",
    sentence: "A grant outlives the user's confirmation.",
    rule: "scopes.ttl",
    wrong:
      () =>
      ({ asked, most, credentialLeft }) =>
        leastSeconds(asked, most, credentialLeft),
    kills: foundBy("too-long", "HS-17.bounds"),
  }),
  fault({
    id: "HS-17.zero-ttl",
    requirement: "HS-17",
    sentence: "Scopes are granted for no time at all.",
    rule: "scopes.ttl",
    wrong: () => () => 0,
    kills: foundBy("schema", "HS-17.positive"),
  }),
  fault({
    id: "HS-18.token-without-grants",
    requirement: "HS-18",
    sentence: "A handshake that was granted nothing is completed like any other.",
    rule: "scopes.stageAfter",
    wrong: () => () => "granted" as const,
    kills: foundBy("accepted", "HS-18.after-empty-grant"),
  }),
];
