import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { refusal } from "../kinds/refusal.ts";

interface BentBody {
  readonly id: string;
  readonly title: string;
  /** Members of the exchange's body to replace; undefined leaves one out. */
  readonly body: (world: World) => Promise<Readonly<Record<string, unknown>>>;
}

const bentSecrets: readonly BentBody[] = [
  {
    id: "TOK-5.wrong-secret",
    title: "an exchange with a wrong client_secret is refused",
    body: async () => ({ client_secret: "not-the-secret-of-this-client" }),
  },
  {
    id: "TOK-5.missing-secret",
    title: "an exchange without client_secret is refused",
    body: async () => ({ client_secret: undefined }),
  },
  {
    id: "TOK-5.other-agents-secret",
    title: "an exchange with the client_secret of another agent is refused",
    async body(world) {
      const { clientSecret } = await world.newAgent().registered();
      return { client_secret: clientSecret };
    },
  },
  {
    id: "TOK-5.longer-secret",
    title: "an exchange with a client_secret that goes on after the right one is refused",
    body: async ({ agent }) => ({ client_secret: `${(await agent.registered()).clientSecret}x` }),
  },
];

const bentGrantTypes: readonly BentBody[] = [
  {
    id: "TOK-9.client-credentials",
    title: "the grant type client_credentials is refused",
    body: async () => ({ grant_type: "client_credentials" }),
  },
  {
    id: "TOK-9.missing-grant-type",
    title: "an exchange without grant_type is refused",
    body: async () => ({ grant_type: undefined }),
  },
  {
    id: "TOK-9.refresh-token",
    title: "the grant type refresh_token is refused",
    body: async () => ({ grant_type: "refresh_token", refresh_token: "gateproof-no-such-refresh-token" }),
  },
];

/** A granted exchange, then the same with other members in the body of a session of its own. */
function refusedBody({ id, title, body }: BentBody): Check {
  return refusal({
    id,
    requirement: id.split(".")[0] ?? id,
    title,
    control: ({ agent }) => agent.grant(),
    async attempt(world) {
      const { agent } = world;
      const session = await agent.consented();
      return agent.token(session, { body: await body(world) });
    },
  });
}

/** The client's credentials at the exchange (TOK-5). */
export const clientSecretChecks: readonly Check[] = bentSecrets.map(refusedBody);
/** The grant type (TOK-9). */
export const grantTypeChecks: readonly Check[] = bentGrantTypes.map(refusedBody);
