import { createHash } from "node:crypto";
import type { ProviderTokenRequest } from "../drivers/behind.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { type Json, member, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";

/**
 * Goes through the handshake as far as it leads. The exchange may well fail: the kit's provider refuses the very token
 * requests that these checks look for, so what arrived there is judged and not what the agent got.
 */
async function redeem(world: World): Promise<void> {
  const { agent, user } = world;
  const session = await agent.session();
  const { code } = await user.consent(session);
  world.mark("exchange", await agent.token(session, code === undefined ? {} : { code }));
  const redemptions = world.provider.tokenRequests().filter(({ form }) => form["grant_type"] !== "refresh_token");
  world.fact("redemptions", redemptions.map(summary));
}

/** A verifier is a secret and redacted, so the digest that has to equal the challenge is written down (RFC 7636 § 4.6). */
function summary({ exchange, contentType, form, ...authorized }: ProviderTokenRequest): Json {
  const { challenge, challengeMethod, redirectUri } = authorized;
  const verifier = form["code_verifier"];
  return {
    exchange,
    contentType,
    challenge: challenge ?? null,
    verifierForm: verifier !== undefined && /^[\w.~-]{43,128}$/.test(verifier),
    verifierSha256: verifier === undefined ? null : createHash("sha256").update(verifier).digest("base64url"),
    // Plain PKCE is what AUTHZ-6 is about; its verifier is the challenge itself.
    provesPlain: challengeMethod !== "S256" && verifier !== undefined && verifier === challenge,
    redirectUri: form["redirect_uri"] ?? null,
    authorizedRedirectUri: redirectUri ?? null,
  };
}

interface Broken {
  readonly reasonCode: string;
  readonly actual: string;
}

interface RedemptionRule {
  readonly variant: string;
  readonly title: string;
  readonly expected: string;
  /** What is wrong with a token request; undefined: nothing; "unknown": it cannot be told from this request. */
  readonly broken: (redemption: unknown) => Broken | "unknown" | undefined;
}

const isForm = (redemption: unknown) =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(text(redemption, "contentType") ?? "");

const rules: readonly RedemptionRule[] = [
  {
    variant: "form-encoded",
    title: "the bridge sends its token request as a form",
    expected: "Content-Type: application/x-www-form-urlencoded (RFC 6749 § 4.1.3)",
    broken: (redemption) =>
      isForm(redemption)
        ? undefined
        : { reasonCode: "not-form-encoded", actual: `Content-Type: ${text(redemption, "contentType") || "none"}` },
  },
  {
    variant: "code-verifier",
    title: "the bridge's token request proves possession of the code_verifier",
    expected:
      "a code_verifier of 43 to 128 unreserved characters (RFC 7636 § 4.1) whose SHA-256 is the code_challenge of the authorization request",
    broken(redemption) {
      const challenge = text(redemption, "challenge");
      const digest = text(redemption, "verifierSha256");
      // Without a challenge there is nothing to prove (AUTHZ-6 says so); what is no form cannot be read.
      if (challenge === undefined || !isForm(redemption)) return "unknown";
      if (digest === undefined) return { reasonCode: "verifier-missing", actual: "no code_verifier" };
      if (digest === challenge && member(redemption, "verifierForm") === false) {
        return { reasonCode: "verifier-malformed", actual: "a code_verifier of another form" };
      }
      if (digest === challenge || member(redemption, "provesPlain") === true) return undefined;
      return { reasonCode: "verifier-wrong", actual: "a code_verifier that does not match the challenge" };
    },
  },
  {
    variant: "redirect-uri",
    title: "the bridge's token request repeats the redirect_uri of the authorization request",
    expected: "the redirect_uri of the authorization request (RFC 6749 § 4.1.3)",
    broken(redemption) {
      const authorized = text(redemption, "authorizedRedirectUri");
      const repeated = text(redemption, "redirectUri");
      if (!isForm(redemption)) return "unknown";
      if (authorized === undefined || repeated === authorized) return undefined;
      return { reasonCode: "redirect-uri-differs", actual: repeated ?? "no redirect_uri" };
    },
  },
];

function judgeRedemptions(evidence: Evidence, { expected, broken }: RedemptionRule): Finding {
  const fact = evidence.facts["redemptions"];
  const redemptions: readonly unknown[] = Array.isArray(fact) ? fact : [];
  const exchanges = redemptions.map((redemption) => ({ id: Number(member(redemption, "exchange")) }));
  const problems = redemptions.map(broken);
  const problem = problems.find((found) => typeof found === "object");
  if (typeof problem === "object") {
    return violated({ reasonCode: problem.reasonCode, expected, actual: problem.actual, exchanges });
  }
  if (problems.includes(undefined)) return pass(exchanges);
  const actual =
    problems.length === 0 ? "the provider got no token request" : "a token request that does not show it either way";
  return untested({ reasonCode: "nothing-to-judge", expected, actual, exchanges });
}

export const redemptionChecks: readonly Check[] = rules.map((rule) =>
  check({
    id: `BRG-1.${rule.variant}`,
    requirement: "BRG-1",
    title: rule.title,
    needs: ["kit-provider"],
    drive: redeem,
    judge: (evidence) => judgeRedemptions(evidence, rule),
  }),
);
