import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, errorCode, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";

const providerTokenSeconds = 1;
const pastExpiryMs = 1200;

/**
 * A call with a lasting provider token as the control, then one whose provider token has expired meanwhile. Both tokens
 * come from the same agent and differ in nothing else.
 */
async function callAfterExpiry(world: World, refresh: "work" | "fail"): Promise<void> {
  const { agent, provider } = world;
  const control = await agent.call(await agent.grant());
  world.mark("control", control);
  requireGranted(control, "control");
  provider.issue({ accessSeconds: providerTokenSeconds, refresh });
  const grant = await agent.grant();
  world.fact("expiresIn", grant.expiresIn);
  await world.wait(pastExpiryMs);
  world.mark("attempt", await agent.call(grant));
}

function judgeAttempt(evidence: Evidence, expected: string, judge: (attempt: Exchange) => Finding): Finding {
  const [attempt] = marked(evidence, "attempt");
  if (attempt === undefined || !marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const details = { expected, exchanges: [attempt] };
  const lifetime = evidence.facts["expiresIn"];
  if (typeof lifetime === "number" && lifetime * 1000 <= pastExpiryMs) {
    const actual = `the ATH token itself lives for ${lifetime} s, no longer than the provider's`;
    return inapplicable({ reasonCode: "lifetime-follows-provider", ...details, actual });
  }
  if (attempt.response === null || attempt.response.status === 429) {
    return untested({ reasonCode: "no-answer", ...details, actual: answerOf(attempt) });
  }
  return judge(attempt);
}

export const refreshChecks: readonly Check[] = [
  check({
    id: "BRG-3.refresh",
    requirement: "BRG-3",
    title: "a call works on after the provider's token has expired",
    needs: ["kit-provider", "operations"],
    drive: (world) => callAfterExpiry(world, "work"),
    judge(evidence) {
      const expected = "the bridge renews the provider's token and the call is answered";
      return judgeAttempt(evidence, expected, (attempt) =>
        granted(attempt)
          ? pass([attempt])
          : violated({ reasonCode: "not-refreshed", expected, actual: answerOf(attempt), exchanges: [attempt] }),
      );
    },
  }),
  check({
    id: "BRG-3.refresh-fails",
    requirement: "BRG-3",
    title: "a provider token that cannot be renewed is told to the agent as OAUTH_ERROR",
    needs: ["kit-provider", "operations"],
    drive: (world) => callAfterExpiry(world, "fail"),
    judge(evidence) {
      const expected = "an ATHError with the code OAUTH_ERROR";
      return judgeAttempt(evidence, expected, (attempt) =>
        errorCode(attempt) === "OAUTH_ERROR"
          ? pass([attempt])
          : violated({ reasonCode: "unclear-error", expected, actual: answerOf(attempt), exchanges: [attempt] }),
      );
    },
  }),
];
