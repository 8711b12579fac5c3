import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { placeholderCode } from "./shared/callback-journey.ts";
import { placeholderFact, providerTokens, responseText, seenByAgentOrUser } from "./shared/leaks.ts";

/** The whole life of a token. The API answers with fixed text: an echo would send the provider's token back by itself. */
async function wholeLife(world: World): Promise<void> {
  const { agent, provider } = world;
  announceSecret(world);
  provider.answer({ body: '{"messages":[]}', headers: { "content-type": "application/json" } });
  const grant = await agent.grant();
  world.mark("control", grant.reply);
  // A JWT can be read by whoever holds it. Written down as a fact, a secret inside becomes its placeholder.
  world.fact("readInToken", readable(grant.token));
  const hasOperation = Object.values(world.settings.providers[0]?.operations ?? {}).some((list) => list.length > 0);
  if (hasOperation) await agent.call(grant);
  await agent.revoke(grant.token);
}

/** The parts of a JWT as text; what is no JWT gives nothing that can be read. */
function readable(token: string): string {
  const parts = token.split(".");
  return parts.length < 2 ? "" : parts.map((part) => Buffer.from(part, "base64url").toString("utf8")).join("\n");
}

/** Written down as a fact, the secret becomes the placeholder that stands for it in the rest of the evidence. */
function announceSecret(world: World): void {
  const { consent } = world.settings;
  if (consent.driver === "provider") world.fact("providerClientSecret", consent.clientSecret);
}

function judgeLeak(evidence: Evidence, secrets: readonly string[], expected: string): Finding {
  const control = marked(evidence, "control");
  if (!control.some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no token was issued", exchanges: control });
  }
  if (secrets.length === 0) {
    return untested({ reasonCode: "no-secret-seen", expected, actual: "no secret of the provider is in the evidence" });
  }
  const leaks = seenByAgentOrUser(evidence, secrets);
  const inToken = evidence.facts["readInToken"];
  if (leaks.length === 0 && typeof inToken === "string" && secrets.some((secret) => inToken.includes(secret))) {
    const actual = "it can be read in the token that the agent was given";
    return violated({ reasonCode: "provider-secret-leaked", expected, actual, exchanges: control });
  }
  if (leaks.length === 0) return pass(control);
  const places = leaks.map(({ from, purpose }) => `${purpose} (${from})`);
  return violated({
    reasonCode: "provider-secret-leaked",
    expected,
    actual: `seen in ${[...new Set(places)].join(", ")}`,
    exchanges: leaks,
  });
}

function listed(secret: string | undefined): readonly string[] {
  return secret === undefined ? [] : [secret];
}

export const leakChecks: readonly Check[] = [
  check({
    id: "BRG-2.provider-tokens",
    requirement: "BRG-2",
    title: "the provider's tokens reach neither the agent nor the browser",
    needs: ["kit-provider"],
    drive: wholeLife,
    judge: (evidence) =>
      judgeLeak(evidence, providerTokens(evidence), "no token of the provider in any body, header or URL"),
  }),
  check({
    id: "BRG-2.client-secret",
    requirement: "BRG-2",
    title: "the gateway's client secret reaches neither the agent nor the browser",
    needs: ["kit-provider"],
    drive: wholeLife,
    judge: (evidence) =>
      judgeLeak(
        evidence,
        listed(placeholderFact(evidence, "providerClientSecret")),
        "the gateway's client secret in no body, header or URL",
      ),
  }),
  check({
    id: "BRG-2.on-error",
    requirement: "BRG-2",
    title: "an error of the provider that quotes secrets is not passed on",
    needs: ["kit-provider"],
    async drive(world) {
      const { agent, user, provider } = world;
      announceSecret(world);
      const control = await agent.grant();
      world.mark("control", control.reply);
      requireGranted(control.reply, "control");
      provider.issue({ exchange: "quote-secret" });
      const session = await agent.session();
      const { code = placeholderCode } = await user.consent(session);
      world.mark("attempt", await agent.token(session, { code }));
    },
    judge(evidence) {
      const secrets = listed(placeholderFact(evidence, "providerClientSecret"));
      const expected = "none of the provider's words about credentials in any body, header or URL";
      const quoted = evidence.exchanges.filter(
        (exchange) =>
          exchange.purpose === "provider-token" && secrets.some((secret) => responseText(exchange).includes(secret)),
      );
      if (quoted.length === 0) {
        return untested({ reasonCode: "no-secret-seen", expected, actual: "the provider quoted no secret" });
      }
      return judgeLeak(evidence, secrets, expected);
    },
  }),
];
