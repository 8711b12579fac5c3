import type { AuthorizeOptions, Session } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { member, strings, text } from "../engine/json.ts";
import { notApplicable, notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { providerUrlOf } from "./shared/callback-journey.ts";

/** The parameters of the URL that reached the provider; a browser goes there, since the way may lead past the target. */
async function parametersAtProvider(world: World, options: AuthorizeOptions = {}): Promise<URLSearchParams> {
  const session = await world.agent.session(options);
  world.mark("subject", session.reply);
  const journey = await world.user.consentUntilCallback(session);
  return plainParameters(providerUrlOf(world, journey), session);
}

/**
 * The same for the proof key alone. A target that asks no provider shows it where the text says: "authorization_url
 * carries code_challenge" (ATH 0.1 server/authorization § Behavior).
 */
async function proofKeyParameters(world: World): Promise<URLSearchParams> {
  const session = await world.agent.session();
  world.mark("subject", session.reply);
  const journey = await world.user.consentUntilCallback(session);
  const { providerUrl } = journey;
  const own = URL.canParse(session.authorizationUrl) ? new URL(session.authorizationUrl).searchParams : undefined;
  if (providerUrl === undefined && own?.has("code_challenge")) return own;
  return plainParameters(providerUrlOf(world, journey), session);
}

function plainParameters(providerUrl: string, { reply }: Session): URLSearchParams {
  const { searchParams } = new URL(providerUrl);
  if (searchParams.has("request_uri") || searchParams.has("request")) {
    throw notTested(
      "parameters-hidden",
      "the parameters went to the provider in a request object (RFC 9101, RFC 9126)",
      {
        exchanges: [reply.exchange.id],
        mend: "let the target send plain parameters to the kit's provider",
      },
    );
  }
  return searchParams;
}

function challengeIn(parameters: URLSearchParams): Json {
  return { challenge: parameters.get("code_challenge"), method: parameters.get("code_challenge_method") };
}

/** SHA-256 in base64url (RFC 7636 § 4.2). */
const challengeShape = /^[A-Za-z0-9_-]{43}$/;

function judgeChallenge(evidence: Evidence): Finding {
  const subjects = marked(evidence, "subject");
  const expected = "code_challenge of 43 base64url characters and code_challenge_method=S256";
  const pkce = evidence.facts["pkce"];
  if (pkce === undefined || subjects.length === 0) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "no provider URL was seen" });
  }
  const challenge = text(pkce, "challenge") ?? "";
  // RFC 7636 § 4.3: without a method it is plain.
  const method = text(pkce, "method") ?? "plain";
  const details = { expected, exchanges: subjects };
  if (challenge === "") return violated({ reasonCode: "pkce-missing", ...details, actual: "no code_challenge" });
  if (method === "plain") {
    return violated({ reasonCode: "pkce-plain", ...details, actual: "the method is plain, or left out" });
  }
  if (method !== "S256" || !challengeShape.test(challenge)) {
    const actual = `code_challenge_method=${method}, a code_challenge of ${challenge.length} characters`;
    return violated({ reasonCode: "pkce-malformed", ...details, actual });
  }
  return pass(subjects);
}

/** So many sessions are compared. */
const sessions = 3;

/** The proof key in the URL that reaches the provider (AUTHZ-6). */
export const pkceChecks: readonly Check[] = [
  check({
    id: "AUTHZ-6.challenge",
    requirement: "AUTHZ-6",
    title: "the URL that reaches the provider carries an S256 code challenge",
    async drive(world) {
      world.fact("pkce", challengeIn(await proofKeyParameters(world)));
    },
    judge: judgeChallenge,
  }),
  check({
    id: "AUTHZ-6.fresh",
    requirement: "AUTHZ-6",
    title: "every session has a code challenge of its own",
    async drive(world) {
      const challenges: string[] = [];
      for (let session = 0; session < sessions; session += 1) {
        const challenge = (await proofKeyParameters(world)).get("code_challenge");
        if (challenge !== null) challenges.push(challenge);
      }
      world.fact("challenges", challenges);
    },
    judge(evidence) {
      const subjects = marked(evidence, "subject");
      const expected = `${sessions} sessions with ${sessions} different challenges`;
      const challenges = strings(evidence.facts["challenges"]) ?? [];
      if (challenges.length < sessions) {
        const actual = `${challenges.length} challenge(s) in ${sessions} sessions`;
        return untested({ reasonCode: "challenge-missing", expected, actual, exchanges: subjects });
      }
      const different = new Set(challenges).size;
      if (different === challenges.length) return pass(subjects);
      const actual = `${different} different challenge(s)`;
      return violated({ reasonCode: "pkce-reused", expected, actual, exchanges: subjects });
    },
  }),
];

/** With a query and an escape in it, so that a careless copy shows. */
const resource = "https://api.gateproof.example/mail%20box?part=1&part=2";

/** The resource indicator in the same URL (AUTHZ-11). */
export const resourceChecks: readonly Check[] = [
  check({
    id: "AUTHZ-11.resource",
    requirement: "AUTHZ-11",
    title: "a resource indicator that is passed on reaches the provider unchanged",
    async drive(world) {
      const without = (await parametersAtProvider(world)).getAll("resource");
      const asked = await world.agent.authorize({ resource });
      if (asked.status >= 400 && asked.status < 500 && asked.status !== 429) {
        throw notApplicable("feature-absent", "the target takes no resource indicator", {
          exchanges: [asked.exchange.id],
        });
      }
      requireGranted(asked, "authorize with a resource");
      world.fact("resources", { without, given: (await parametersAtProvider(world, { resource })).getAll("resource") });
    },
    judge(evidence) {
      const subjects = marked(evidence, "subject");
      const resources = evidence.facts["resources"];
      const given = strings(member(resources, "given"));
      const configured = strings(member(resources, "without")) ?? [];
      const expected = `resource=${resource}`;
      if (given === undefined) {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no provider URL was seen" });
      }
      if (given.includes(resource)) return pass(subjects);
      // A provider may be configured with a resource of its own, which says nothing about the agent's.
      const added = given.filter((value) => !configured.includes(value));
      if (added.length === 0) {
        return inapplicable({ reasonCode: "not-passed-on", expected, actual: "the resource is not passed on" });
      }
      return violated({ reasonCode: "resource-altered", expected, actual: added.join(", "), exchanges: subjects });
    },
  }),
];
