import type { Claims } from "../rules/attestation.ts";
import { fault, foundBy } from "./fault.ts";

interface OptionalClaim {
  readonly claim: keyof Claims;
  readonly requirement: string;
  readonly sentence: string;
  /** Checks that find it besides the one that drops the claim. */
  readonly also?: readonly string[];
}

const optionalClaims: readonly OptionalClaim[] = [
  {
    claim: "exp",
    requirement: "ATT-2",
    sentence: "The expiry is judged when there is one; an attestation without exp lives for ever.",
  },
  {
    claim: "aud",
    requirement: "ATT-3",
    sentence: "The audience is judged when there is one; an attestation without aud is good for every server.",
  },
  { claim: "iss", requirement: "ATT-6", sentence: "An attestation without iss is accepted." },
  {
    claim: "sub",
    requirement: "ATT-6",
    sentence: "An attestation without sub is taken as one of the agent that the request names.",
  },
  {
    claim: "iat",
    requirement: "ATT-6",
    sentence: "The issue time is judged when there is one; an attestation without iat is accepted.",
  },
  {
    claim: "jti",
    requirement: "ATT-6",
    sentence: "Replays are recognised by jti; an attestation without jti can be sent again and again.",
    also: ["ATT-5.empty-jti"],
  },
];

/** How far an issue time may be away for an impatient implementor, in milliseconds. */
const NARROW_WINDOW_MS = 60_000;
const LENIENCE_MS = 10 * 60 * 1000;

/** Claims and their values (ATT-2, ATT-3, ATT-4, ATT-6, ATT-8). */
export const attestationClaimFaults = [
  ...optionalClaims.map(({ claim, requirement, sentence, also = [] }) =>
    fault({
      id: `${requirement}.${claim}-optional`,
      requirement,
      sentence,
      rule: "attestation.missingClaims",
      wrong: (honest) => (input) => honest(input).filter((name) => name !== claim),
      kills: foundBy("accepted", `${requirement}.no-${claim === "aud" ? "audience" : claim}`, ...also),
    }),
  ),
  fault({
    id: "ATT-2.exp-ignored",
    requirement: "ATT-2",
    sentence: "Attestations have to have an expiry, and it is never compared with the time.",
    rule: "attestation.isUnexpired",
    wrong: () => () => true,
    kills: foundBy("accepted", "ATT-2.expired"),
  }),
  fault({
    id: "ATT-2.exp-text-endless",
    requirement: "ATT-2",
    sentence: "The expiry is compared with the time whatever it is, and nothing is later than a text.",
    rule: "attestation.time",
    wrong: (honest) => (input) =>
      input.claim === "exp" && typeof input.value === "string" ? Number.MAX_SAFE_INTEGER : honest(input),
    kills: foundBy("accepted", "ATT-2.exp-no-number"),
  }),
  fault({
    id: "ATT-4.iat-text-timeless",
    requirement: "ATT-4",
    sentence: "The distance of the issue time from now is taken whatever it is, and a text is at none.",
    rule: "attestation.time",
    wrong: (honest) => (input) =>
      input.claim === "iat" && typeof input.value === "string" ? input.now / 1000 : honest(input),
    kills: foundBy("accepted", "ATT-4.iat-no-number"),
  }),
  fault({
    id: "ATT-3.aud-list-unread",
    requirement: "ATT-3",
    sentence: "An audience is compared when it is a text; a list of them is taken as it is.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) => Array.isArray(input.aud) || honest(input),
    kills: foundBy("accepted", "ATT-3.other-audiences"),
  }),
  fault({
    id: "ATT-3.aud-by-host",
    requirement: "ATT-3",
    sentence: "Of the audience only the host is compared, so that gateways on one host cannot be told apart.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) => {
      const host = (url: string) => (URL.canParse(url) ? new URL(url).host : url);
      const ours = [input.aud ?? []].flat().some((audience) => host(audience) === host(input.baseUrl));
      return input.endpoint === "token" ? honest(input) : ours;
    },
    kills: foundBy("accepted", "ATT-3.other-path"),
  }),
  fault({
    id: "ATT-2.exp-lenient",
    requirement: "ATT-2",
    sentence: "An attestation is good for ten minutes after it has expired.",
    rule: "attestation.isUnexpired",
    wrong: (honest) => (input) => honest({ ...input, now: input.now - LENIENCE_MS }),
    kills: foundBy("accepted", "ATT-2.expired"),
  }),
  fault({
    id: "ATT-3.aud-without-port",
    requirement: "ATT-3",
    sentence: "Audiences are compared by host name and path, so that gateways on two ports of a host are one.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) => {
      const portless = (url: string) => (URL.canParse(url) ? new URL(url).hostname + new URL(url).pathname : url);
      const ours = [input.aud ?? []].flat().some((audience) => portless(audience) === portless(input.baseUrl));
      return honest(input) || (input.endpoint !== "token" && ours);
    },
    kills: foundBy("accepted", "ATT-3.other-port"),
  }),
  fault({
    id: "ATT-3.aud-anywhere",
    requirement: "ATT-3",
    sentence: "The implementor's URL only has to stand somewhere in the audience.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) =>
      honest(input) ||
      (input.endpoint !== "token" && [input.aud ?? []].flat().some((audience) => audience.includes(input.baseUrl))),
    kills: foundBy("accepted", "ATT-3.embedded-audience", "ATT-3.lookalike-audience"),
  }),
  fault({
    id: "ATT-3.aud-ignored",
    requirement: "ATT-3",
    sentence: "Attestations have to have an audience, and it may be any.",
    rule: "attestation.audienceFits",
    wrong: () => () => true,
    kills: foundBy(
      "accepted",
      "ATT-3.other-audience",
      "ATT-3.lookalike-audience",
      "ATT-3.other-audiences",
      "ATT-3.other-path",
    ),
  }),
  fault({
    id: "ATT-3.aud-by-prefix",
    requirement: "ATT-3",
    sentence: "The audience only has to begin with the implementor's URL, as that of a longer host name does.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) => {
      const { endpoint, aud, baseUrl, tokenUrl } = input;
      const own = endpoint === "token" ? tokenUrl : baseUrl;
      return honest(input) || [aud ?? []].flat().some((audience) => audience.startsWith(own));
    },
    kills: foundBy("accepted", "ATT-3.lookalike-audience"),
  }),
  fault({
    id: "ATT-4.iat-past-ignored",
    requirement: "ATT-4",
    sentence: "An attestation may be as old as it likes until it expires.",
    rule: "attestation.issueTimeFits",
    wrong: (honest) => (input) => (input.iat ?? 0) * 1000 <= input.now || honest(input),
    kills: foundBy("accepted", "ATT-4.iat-past"),
  }),
  fault({
    id: "ATT-4.iat-future-ignored",
    requirement: "ATT-4",
    sentence: "Attestations that will be issued at some later time are accepted today.",
    rule: "attestation.issueTimeFits",
    wrong: (honest) => (input) => (input.iat ?? 0) * 1000 >= input.now || honest(input),
    kills: foundBy("accepted", "ATT-4.iat-future"),
  }),
  fault({
    id: "ATT-4.window-too-narrow",
    requirement: "ATT-4",
    sentence: "An attestation issued more than a minute from now is refused, so that ordinary clocks are too wrong.",
    rule: "attestation.issueTimeFits",
    wrong: (honest) => (input) => honest(input) && Math.abs(input.now - (input.iat ?? 0) * 1000) <= NARROW_WINDOW_MS,
    kills: foundBy("refused", "ATT-4.past-window", "ATT-4.future-window"),
  }),
  fault({
    id: "ATT-6.iss-origin-crashes",
    requirement: "ATT-6",
    sentence: "An iss that is the agent's origin and not its full id ends in an internal error.",
    rule: "attestation.signer",
    wrong: (honest) => (input) => {
      const signer = honest(input);
      if (signer.ok && input.iss !== undefined && input.iss !== input.sub) {
        throw new TypeError(`no identity document is known for ${input.iss}`);
      }
      return signer;
    },
    kills: foundBy("server-error", "ATT-6.iss-as-origin"),
  }),
  fault({
    id: "ATT-8.sub-not-compared",
    requirement: "ATT-8",
    sentence: "A registration takes any agent's valid attestation, whatever agent_id the request names.",
    rule: "attestation.subjectIsAgent",
    wrong: (honest) => (input) => input.endpoint === "register" || honest(input),
    kills: foundBy("accepted", "ATT-8.sub-of-another"),
  }),
];
