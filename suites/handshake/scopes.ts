import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { check } from "../kinds/check.ts";
import { property } from "../kinds/property.ts";
import { deniedChecks } from "./scopes-denied.ts";
import { lifetimeChecks } from "./scopes-lifetime.ts";
import { judgeGrant, requestScopes, type ScopeSets, unsupportedScopes } from "./shared/granted-scopes.ts";

interface Limited {
  readonly variant: string;
  readonly title: string;
  readonly sets: (scopes: readonly string[]) => ScopeSets;
}

/** One set at a time is smaller than the others. */
const limited: readonly Limited[] = [
  {
    variant: "partial-approval",
    title: "a scope that the user did not approve is not granted",
    sets: (scopes) => ({ requested: scopes, credential: scopes, approved: scopes.slice(0, 1) }),
  },
  {
    variant: "narrow-credential",
    title: "a scope that is not in the user's credential is not granted",
    sets: (scopes) => ({ requested: scopes, credential: scopes.slice(0, 1), approved: scopes }),
  },
  {
    variant: "unsupported-scope",
    title: "a scope that the gateway's policy does not know is not granted",
    sets(scopes) {
      const all = [...scopes.slice(0, 1), ...unsupportedScopes];
      return { requested: all, credential: all, approved: all };
    },
  },
];

/** The same name in other letters. */
const otherCase = (scope: string) => (scope === scope.toUpperCase() ? scope.toLowerCase() : scope.toUpperCase());

/** Names that look like the scope they are not. */
const lookalikes: readonly Limited[] = [
  {
    variant: "other-case",
    title: "a scope that differs in case from the one in the credential is not granted",
    sets(scopes) {
      const [scope = ""] = scopes;
      const others = [otherCase(scope)];
      return { requested: others, credential: [scope], approved: others };
    },
  },
  {
    variant: "wildcards",
    title: "a credential for * is no credential for a scope",
    sets(scopes) {
      const own = scopes.slice(0, 1);
      const wildcards = own.map((scope) => scope.replace(/[^:./]*$/, "*"));
      return { requested: own, credential: ["*", ...wildcards], approved: own };
    },
  },
];

/** What is granted, and for how long (HS-12, HS-13, HS-17). */
export const scopes: Section<HandshakeWorld> = {
  id: "scopes",
  title: "Granted scopes",
  checks: [
    property<ScopeSets, HandshakeWorld>({
      id: "HS-12.intersection",
      requirement: "HS-12",
      title: "granted is what was requested, authorized, approved and is allowed by policy, and all of that",
      needs: ["two-handshake-scopes"],
      given(fc, { scopes: configured }) {
        const universe = [...configured, ...unsupportedScopes];
        const roles = fc.record({ requested: fc.boolean(), credential: fc.boolean(), approved: fc.boolean() });
        return fc
          .record({
            common: fc.nat({ max: universe.length - 1 }),
            roles: fc.array(roles, { minLength: universe.length, maxLength: universe.length }),
          })
          .map(({ common, roles: chosen }): ScopeSets => {
            // One scope is in all of them, so that no message is odd for being empty.
            const having = (role: keyof ScopeSets) =>
              universe.filter((_, index) => index === common || chosen[index]?.[role]);
            return {
              requested: having("requested"),
              credential: having("credential"),
              approved: having("approved"),
            };
          });
      },
      drive: requestScopes,
      judge: judgeGrant,
    }),
    ...[...limited, ...lookalikes].map(({ variant, title, sets }) =>
      check<HandshakeWorld>({
        id: `HS-12.${variant}`,
        requirement: "HS-12",
        title,
        needs: ["two-handshake-scopes"],
        drive: (world) => requestScopes(world, sets(world.scopes)),
        judge: judgeGrant,
      }),
    ),
    ...deniedChecks,
    ...lifetimeChecks,
  ],
};
