import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { ambiguous, inconclusive, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { grantedAtRegistration, refusedAtRegistration } from "./shared/attested-registration.ts";
import { type BendFor, bends } from "./shared/bent-attestations.ts";

interface ClaimRow {
  readonly requirement: string;
  readonly variant: string;
  readonly title: string;
  readonly bend: BendFor;
}

/** The same URL with a port that is not its own. */
function onAnotherPort(base: string): string {
  const url = new URL(base);
  url.port = url.port === "8443" ? "9443" : "8443";
  return url.href.replace(/\/$/, base.endsWith("/") ? "/" : "");
}

const refusedClaims: readonly ClaimRow[] = [
  {
    requirement: "ATT-2",
    variant: "expired",
    title: "an attestation that has expired is refused",
    bend: bends.expired,
  },
  {
    requirement: "ATT-2",
    variant: "no-exp",
    title: "an attestation without exp is refused",
    bend: () => ({ claims: { exp: undefined } }),
  },
  {
    requirement: "ATT-2",
    variant: "exp-no-number",
    title: "an attestation whose exp is no number is refused",
    // RFC 7519 § 4.1.4. Compared with a number, such a text is neither before nor after it.
    bend: () => ({ claims: { exp: "never" } }),
  },
  {
    requirement: "ATT-3",
    variant: "other-audience",
    title: "an attestation for another audience is refused",
    bend: bends.otherAudience,
  },
  {
    requirement: "ATT-3",
    variant: "lookalike-audience",
    title: "an attestation for an audience that only begins like the target is refused",
    bend: ({ base }) => ({ claims: { aud: `${base}.evil.example` } }),
  },
  {
    requirement: "ATT-3",
    variant: "no-audience",
    title: "an attestation without aud is refused",
    bend: () => ({ claims: { aud: undefined } }),
  },
  {
    requirement: "ATT-3",
    variant: "other-audiences",
    title: "an attestation for several other audiences is refused",
    bend: () => ({ claims: { aud: ["https://one.gateproof.example", "https://two.gateproof.example"] } }),
  },
  {
    requirement: "ATT-3",
    variant: "other-path",
    title: "an attestation for another gateway on the same host is refused",
    bend: ({ base }) => ({ claims: { aud: `${new URL(base).origin}/gateproof-another-gateway` } }),
  },
  {
    requirement: "ATT-3",
    variant: "other-port",
    title: "an attestation for another gateway on another port of the same host is refused",
    bend: ({ base }) => ({ claims: { aud: onAnotherPort(base) } }),
  },
  {
    requirement: "ATT-3",
    variant: "embedded-audience",
    title: "an attestation for an audience that only contains the target's URL is refused",
    bend: ({ base }) => ({ claims: { aud: `https://other-gateway.example/?next=${base}` } }),
  },
  {
    requirement: "ATT-4",
    variant: "iat-past",
    title: "an attestation issued six minutes ago is refused",
    bend: bends.issuedSixMinutesAgo,
  },
  {
    requirement: "ATT-4",
    variant: "iat-future",
    title: "an attestation issued six minutes ahead of the present is refused",
    bend: bends.issuedInSixMinutes,
  },
  {
    requirement: "ATT-4",
    variant: "iat-no-number",
    title: "an attestation whose iat is no number is refused",
    bend: () => ({ claims: { iat: "now" } }),
  },
];

const grantedClaims: readonly ClaimRow[] = [
  {
    requirement: "ATT-4",
    variant: "past-window",
    title: "an attestation issued four minutes ago is accepted",
    bend: bends.issuedFourMinutesAgo,
  },
  {
    requirement: "ATT-4",
    variant: "future-window",
    title: "an attestation issued four minutes ahead of the present is accepted",
    bend: bends.issuedInFourMinutes,
  },
];

/** Expiry, audience and issue time (ATT-2 to ATT-4). */
export const timeAndAudienceChecks: readonly Check[] = [
  ...refusedClaims.map(({ requirement, variant, title, bend }) =>
    refusedAtRegistration({ id: `${requirement}.${variant}`, requirement, title, attestations: [bend] }),
  ),
  ...grantedClaims.map(({ requirement, variant, title, bend }) =>
    grantedAtRegistration({ id: `${requirement}.${variant}`, requirement, title, attestations: [bend] }),
  ),
];

// exp and aud are dropped by ATT-2.no-exp and ATT-3.no-audience.
const droppedClaims = ["iss", "sub", "iat", "jti"] as const;

/** Claims that have to be there, and the one that may be read in two ways (ATT-6). */
export const presenceChecks: readonly Check[] = [
  ...droppedClaims.map((claim) =>
    refusedAtRegistration({
      id: `ATT-6.no-${claim}`,
      requirement: "ATT-6",
      title: `an attestation without ${claim} is refused`,
      attestations: [() => ({ claims: { [claim]: undefined } })],
    }),
  ),
  check({
    id: "ATT-6.iss-as-origin",
    requirement: "ATT-6",
    title: "an attestation whose iss is the origin of the agent_id is answered in order",
    async drive(world) {
      const control = await world.agent.register();
      world.mark("control", control);
      requireGranted(control, "control");
      const agent = world.newAgent();
      const { origin } = new URL(agent.id);
      world.mark("attempt", await agent.register({ attestation: { claims: { iss: origin } } }));
    },
    judge(evidence) {
      const [attempt] = marked(evidence, "attempt");
      const expected = "granted, or refused with a 4xx";
      if (attempt === undefined || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
      const { response } = attempt;
      if (response === null) return violated({ reasonCode: "no-answer", ...details });
      if (response.status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
      if (response.status >= 500) return violated({ reasonCode: "server-error", ...details });
      if (granted(attempt))
        return pass([attempt], ["the target takes iss to be the agent's origin or its full agent_id"]);
      if (!refused(attempt)) return inconclusive({ reasonCode: "neither-granted-nor-refused", ...details });
      return ambiguous({
        reasonCode: "iss-origin-refused",
        ...details,
        expected: "the text calls iss the agent's domain, and every known agent sends its full agent_id",
        notes: ["the target wants the full agent_id as iss"],
      });
    },
  }),
];

/** Whose attestation it is (ATT-8). */
export const subjectChecks: readonly Check[] = [
  refusal({
    id: "ATT-8.sub-of-another",
    requirement: "ATT-8",
    title: "a valid attestation of another agent does not register this one",
    control: ({ agent }) => agent.register(),
    async attempt(world) {
      const other = world.newAgent();
      return world.newAgent().register({ attestation: await other.attestation() });
    },
  }),
];
