import type { AttestationBend, Session } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { refusal } from "../kinds/refusal.ts";
import { bends } from "./shared/bent-attestations.ts";
import { forgeries, incomplete } from "./shared/forgeries.ts";
import { inTurn } from "./shared/in-turn.ts";

interface Bent {
  readonly variant: string;
  readonly title: string;
  /** The attestation to send in the place of a valid one; null: none. */
  readonly attestation: (world: World) => Promise<AttestationBend | string | null>;
}

const seconds = (world: World) => Math.floor(world.now() / 1000);

const bent: readonly Bent[] = [
  {
    variant: "missing",
    title: "an exchange without attestation is refused",
    attestation: async () => null,
  },
  {
    variant: "wrong-key",
    title: "an exchange whose attestation another key signed is refused",
    attestation: async (world) => ({ key: world.newKey() }),
  },
  {
    variant: "expired",
    title: "an exchange with an expired attestation is refused",
    attestation: async (world) => bends.expired(world),
  },
  {
    variant: "base-audience",
    title: "an exchange whose attestation is for the base URL and not for the token endpoint is refused",
    attestation: async ({ base }) => ({ claims: { aud: base } }),
  },
  {
    variant: "other-audience",
    title: "an exchange whose attestation is for another server is refused",
    attestation: async () => ({ claims: { aud: "https://other-gateway.example/ath/token" } }),
  },
  {
    variant: "other-agent",
    title: "an exchange with the attestation of another registered agent is refused",
    async attestation(world) {
      const other = world.newAgent();
      await other.registered();
      return other.attestation({}, world.tokenEndpoint);
    },
  },
  {
    variant: "iat-past",
    title: "an exchange whose attestation is six minutes old is refused",
    attestation: async (world) => ({ claims: { iat: seconds(world) - 360 } }),
  },
];

/** Exchanges a fresh, consented session with a given attestation. */
async function exchange(world: World, attestation: AttestationBend | string | null): Promise<Reply> {
  const session: Session = await world.agent.consented();
  return world.agent.token(session, { attestation });
}

const bentChecks = bent.map(({ variant, title, attestation }) =>
  refusal({
    id: `TOK-4.${variant}`,
    requirement: "TOK-4",
    title,
    control: ({ agent }) => agent.grant(),
    attempt: async (world) => exchange(world, await attestation(world)),
  }),
);

/** The attestation at the token endpoint (TOK-4). */
export const tokenAttestationChecks: readonly Check[] = [
  check({
    id: "TOK-4.token-endpoint-audience",
    requirement: "TOK-4",
    title: "an attestation for the URL of the token endpoint is accepted there",
    async drive(world) {
      const attempt = await exchange(world, { claims: { aud: world.tokenEndpoint } });
      world.mark("attempt", attempt);
      // When it is refused, the base URL tells whether it is the audience that the target minds.
      if (!attempt.granted) world.mark("base", await exchange(world, { claims: { aud: world.base } }));
    },
    judge(evidence) {
      const [attempt] = marked(evidence, "attempt");
      const expected = "the URL of the token endpoint is accepted as audience";
      if (attempt === undefined) {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange is in the evidence" });
      }
      if (granted(attempt)) return pass([attempt]);
      const base = marked(evidence, "base");
      const details = { expected, exchanges: [attempt, ...base] };
      return base.some(granted)
        ? violated({ reasonCode: "refused", ...details, actual: `${answerOf(attempt)}, and the base URL is accepted` })
        : untested({ reasonCode: "request-refused", ...details, actual: answerOf(attempt), cause: "target" });
    },
  }),
  ...bentChecks.slice(0, -1),
  refusal({
    id: "TOK-4.replayed",
    requirement: "TOK-4",
    title: "an attestation that was used for an exchange is refused for the next one",
    async control(world) {
      const attestation = await world.agent.attestation({}, world.tokenEndpoint);
      return { reply: await exchange(world, attestation), attestation };
    },
    attempt: (world, { attestation }) => exchange(world, attestation),
  }),
  ...bentChecks.slice(-1),
  refusal({
    id: "TOK-4.unsigned",
    requirement: "TOK-4",
    title: "an exchange whose attestation has alg none, or was changed after signing, is refused",
    control: ({ agent }) => agent.grant(),
    attempt: (world) => inTurn([bends.unsigned(), bends.tamperedPayload()], (bend) => exchange(world, bend)),
  }),
  refusal({
    id: "TOK-4.forged",
    requirement: "TOK-4",
    title: "an exchange whose attestation was signed by a key of the forger's choice is refused",
    control: ({ agent }) => agent.grant(),
    attempt: async (world) => inTurn(await forgeries(world), (bend) => exchange(world, bend)),
  }),
  refusal({
    id: "TOK-4.incomplete",
    requirement: "TOK-4",
    title: "an exchange whose attestation lacks exp, iat or jti is refused",
    control: ({ agent }) => agent.grant(),
    attempt: (world) => inTurn(incomplete, (bend) => exchange(world, bend)),
  }),
  refusal({
    id: "TOK-4.iat-future",
    requirement: "TOK-4",
    title: "an exchange whose attestation is issued six minutes ahead of the present is refused",
    control: ({ agent }) => agent.grant(),
    attempt: (world) => exchange(world, bends.issuedInSixMinutes(world)),
  }),
];
