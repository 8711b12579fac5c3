import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { property } from "../kinds/property.ts";
import { placeholderCode } from "./shared/callback-journey.ts";
import { providerSettings } from "./shared/operations.ts";
import { withheld } from "./shared/withheld.ts";
import { sessionFor } from "./token-scopes.ts";

type Disjoint = { readonly requested: readonly string[]; readonly consented: readonly string[] };

/** The exchange of a session whose user consented to none of the scopes asked for. */
async function exchangeWithout(world: World, { requested, consented }: Disjoint) {
  const session = await world.agent.session({ scopes: requested });
  const { code = placeholderCode } = await world.user.consent(session, { grant: consented });
  return world.agent.token(session, { code });
}

const nothingConsented = withheld({
  id: "TOK-3.nothing-consented",
  requirement: "TOK-3",
  title: "a user who consents to nothing gives no token",
  control: ({ agent }) => agent.grant(),
  attempt: async (world, { session: { scopes } }) => exchangeWithout(world, { requested: scopes, consented: [] }),
});

/** No token when the intersection is empty (TOK-3). */
export const emptyChecks: readonly Check[] = [
  nothingConsented,
  withheld({
    id: "TOK-3.nothing-requested",
    requirement: "TOK-3",
    title: "an authorization that asks for no scope gives no token",
    control: ({ agent }) => agent.grant(),
    async attempt({ agent, user }) {
      const asked = await agent.authorize({ scopes: [] });
      const session = agent.readSession(asked, { scopes: [] });
      if (session === undefined) return asked;
      const { code = placeholderCode } = await user.consent(session);
      return agent.token(session, { code });
    },
  }),
  property<Disjoint>({
    id: "TOK-3.disjoint-consent",
    requirement: "TOK-3",
    title: "consent to other scopes than those asked for gives no token",
    needs: ["kit-provider", "two-scopes"],
    // Two whole journeys for each case, and few ways to choose from a handful of scopes.
    share: 0.4,
    given(fc, world) {
      const { scopes } = providerSettings(world);
      return fc
        .tuple(fc.subarray([...scopes], { minLength: 1, maxLength: scopes.length - 1 }), fc.array(fc.boolean()))
        .map(([requested, picks]) => {
          const others = scopes.filter((scope) => !requested.includes(scope));
          const consented = others.filter((_, index) => picks[index] ?? index === 0);
          return { requested, consented: consented.length === 0 ? others.slice(0, 1) : consented };
        });
    },
    async drive(world, { requested, consented }) {
      const { scopes } = providerSettings(world);
      const session = await sessionFor(world, { approved: scopes, requested, consented: requested });
      const { code = placeholderCode } = await world.user.consent(session, { grant: requested });
      const control = await world.agent.token(session, { code });
      world.mark("control", control);
      requireGranted(control, "control");
      world.fact("consented", consented);
      world.mark("attempt", await exchangeWithout(world, { requested, consented }));
    },
    judge: nothingConsented.judge,
  }),
];
