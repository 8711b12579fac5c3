import { createHash } from "node:crypto";
import { fault, foundBy } from "./fault.ts";

/** What a registration decides and answers (REG-1, REG-2, REG-3, REG-5, REG-6). */
export const registrationFaults = [
  fault({
    id: "REG-1.approval-expires-missing",
    requirement: "REG-1",
    sentence: "The answer to a registration does not say when the approval ends.",
    rule: "registration.body",
    wrong:
      () =>
      ({ response: { approval_expires: _, ...rest } }) =>
        rest,
    kills: foundBy("schema", "REG-1.shape"),
  }),
  fault({
    id: "REG-1.denied-scopes-null",
    requirement: "REG-1",
    sentence: "When no scope was denied, denied_scopes is null and not an empty list.",
    rule: "registration.body",
    wrong:
      () =>
      ({ response }) => ({
        ...response,
        approved_providers: response.approved_providers.map((approval) => ({
          ...approval,
          denied_scopes: approval.denied_scopes.length === 0 ? null : approval.denied_scopes,
        })),
      }),
    kills: foundBy("schema", "REG-1.shape"),
  }),
  fault({
    id: "REG-2.denied-omitted",
    requirement: "REG-2",
    sentence: "Scopes that were not approved are passed over in silence and not listed as denied.",
    rule: "registration.approvals",
    wrong: (honest) => (input) => honest(input).map((approval) => ({ ...approval, denied_scopes: [] })),
    kills: foundBy("missing-scope", "REG-2.partition"),
  }),
  fault({
    id: "REG-2.overlap",
    requirement: "REG-2",
    sentence: "Every requested scope is listed as denied, the approved ones too.",
    rule: "registration.approvals",
    wrong: (honest) => (input) =>
      honest(input).map((approval) => ({
        ...approval,
        denied_scopes: [...approval.approved_scopes, ...approval.denied_scopes],
      })),
    kills: foundBy("overlap", "REG-2.partition"),
  }),
  fault({
    id: "REG-2.extra-approved",
    requirement: "REG-2",
    sentence: "An agent is approved for all scopes of a provider, whichever of them it asked for.",
    rule: "registration.approvals",
    wrong: (honest) => (input) => {
      const { wishes, findProvider } = input;
      const everything = honest({
        ...input,
        wishes: wishes.map(({ providerId }) => ({ providerId, scopes: findProvider(providerId)?.scopes ?? [] })),
      });
      return honest(input).map((approval) => ({
        ...approval,
        approved_scopes:
          everything.find(({ provider_id }) => provider_id === approval.provider_id)?.approved_scopes ??
          approval.approved_scopes,
      }));
    },
    kills: foundBy("extra-scope", "REG-2.partition"),
  }),
  fault({
    id: "REG-2.wildcard-expanded",
    requirement: "REG-2",
    sentence: "Whoever asks for the scope * is approved for every scope of the provider.",
    rule: "registration.approvals",
    wrong: (honest) => (input) =>
      honest({
        ...input,
        wishes: input.wishes.map((wish) =>
          wish.scopes.includes("*") ? { ...wish, scopes: input.findProvider(wish.providerId)?.scopes ?? [] } : wish,
        ),
      }),
    kills: foundBy("extra-scope", "REG-2.partition"),
  }),
  fault({
    id: "REG-2.first-provider-only",
    requirement: "REG-2",
    sentence: "Of several requested providers only the first one is decided on and answered.",
    rule: "registration.approvals",
    wrong: (honest) => (input) => honest({ ...input, wishes: input.wishes.slice(0, 1) }),
    kills: foundBy("missing-provider", "REG-2.several-providers"),
  }),
  fault({
    id: "REG-3.duplicate-accepted",
    requirement: "REG-3",
    sentence: "An agent_id that is registered already is registered once more.",
    rule: "registration.isNew",
    wrong: () => () => true,
    kills: foundBy("accepted", "REG-3.duplicate"),
  }),
  fault({
    id: "REG-5.unknown-provider-approved",
    requirement: "REG-5",
    sentence: "Whatever is asked for at a provider that does not exist is approved.",
    rule: "registration.approvals",
    wrong: (honest) => (input) =>
      honest(input).map((approval) =>
        input.findProvider(approval.provider_id) === undefined
          ? { provider_id: approval.provider_id, approved_scopes: approval.denied_scopes, denied_scopes: [] }
          : approval,
      ),
    kills: foundBy("accepted", "REG-5.unknown-provider"),
  }),
  fault({
    id: "REG-6.same-secret",
    requirement: "REG-6",
    sentence: "One client_secret is made when the implementor starts, and every agent gets it.",
    rule: "registration.credentials",
    wrong: (honest) => {
      let shared: string | undefined;
      return (input) => {
        const { clientId, clientSecret } = honest(input);
        shared ??= clientSecret;
        return { clientId, clientSecret: shared };
      };
    },
    kills: foundBy("repeated", "REG-6.unique"),
  }),
  fault({
    id: "REG-6.sequential-secret",
    requirement: "REG-6",
    sentence: "Client secrets are numbered in the order of registration.",
    rule: "registration.credentials",
    wrong: (honest) => {
      let number = 100_000;
      return (input) => {
        number += 1;
        return { clientId: honest(input).clientId, clientSecret: `secret-${number}` };
      };
    },
    kills: foundBy("guessable", "REG-6.unguessable"),
  }),
  fault({
    id: "REG-6.secret-derived",
    requirement: "REG-6",
    sentence: "A client_secret is the SHA-256 of its client_id, which is no secret.",
    rule: "registration.credentials",
    wrong: (honest) => (input) => {
      const { clientId } = honest(input);
      return { clientId, clientSecret: createHash("sha256").update(clientId).digest("hex") };
    },
    kills: foundBy("derived", "REG-6.underived"),
  }),
];
