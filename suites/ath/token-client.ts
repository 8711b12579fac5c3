import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { refusal } from "../kinds/refusal.ts";
import { inTurn } from "./shared/in-turn.ts";

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
  {
    id: "TOK-9.password",
    title: "the grant type password is refused",
    body: async () => ({ grant_type: "password", username: "alice", password: "gateproof-no-such-password" }),
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

/** Secrets that a careless comparison takes for the right one. */
function nearSecrets(secret: string): readonly unknown[] {
  const middle = Math.floor(secret.length / 2);
  const changed = secret[middle] === "a" ? "b" : "a";
  const swapped = secret.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
  // Hexadecimal digits, also those of a UUID, may be compared as the number they are.
  const near = /^[\da-f-]*$/i.test(secret) ? [] : [swapped];
  return [...near, secret.slice(0, middle) + changed + secret.slice(middle + 1), secret.slice(0, -4)];
}

/** A granted exchange, then one of a session of its own with each of several secrets. */
function refusedSecrets(id: string, title: string, secrets: (secret: string) => readonly unknown[]): Check {
  return refusal({
    id,
    requirement: "TOK-5",
    title,
    control: ({ agent }) => agent.grant(),
    async attempt({ agent }) {
      const { clientSecret } = await agent.registered();
      return inTurn(secrets(clientSecret), async (secret) =>
        agent.token(await agent.consented(), { body: { client_secret: secret } }),
      );
    },
  });
}

/** The client's credentials at the exchange (TOK-5). */
export const clientSecretChecks: readonly Check[] = [
  ...bentSecrets.map(refusedBody),
  refusedSecrets(
    "TOK-5.near-secret",
    "an exchange with a client_secret that differs from the right one in a character, in case or in length is refused",
    nearSecrets,
  ),
  refusedSecrets("TOK-5.empty-secret", "an exchange whose client_secret is empty or null is refused", () => ["", null]),
];
/** The grant type (TOK-9). */
export const grantTypeChecks: readonly Check[] = bentGrantTypes.map(refusedBody);
