import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, inconclusive, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { factNumber } from "./shared/facts.ts";

const slowHosts = [
  {
    variant: "never-answers",
    title: "a document host that never answers does not make the target hang",
    behaviour: "never-answer",
  },
  {
    variant: "drips",
    title: "a document host that sends a byte now and then does not make the target hang",
    behaviour: "drip",
  },
] as const;

async function controlled(world: World): Promise<void> {
  const control = await world.agent.register();
  world.mark("control", control);
  requireGranted(control, "control");
}

function judgeSlowHost(evidence: Evidence): Finding {
  const [attempt] = marked(evidence, "attempt");
  const expected = "an answer within the time that the kit waits for one exchange (--timeout)";
  if (attempt === undefined || !marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
  if (granted(attempt) || (factNumber(evidence, "fetches") ?? 0) === 0) {
    return untested({
      ...details,
      reasonCode: "document-not-fetched",
      expected: "the document is fetched before an unknown agent is answered",
      cause: "target",
    });
  }
  const { response } = attempt;
  if (response === null) return violated({ reasonCode: "no-answer", ...details });
  if (response.status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  if (response.status < 400) return inconclusive({ reasonCode: "neither-granted-nor-refused", ...details });
  return pass([attempt]);
}

/**
 * Whether a registration usually takes so much of the time in which a document is waited for (a target that is far away
 * or has much to do) that one which came after that time says nothing.
 */
function isTooSlow(evidence: Evidence): boolean {
  const tookMs = (role: string) => marked(evidence, role).map(({ durationMs }) => durationMs);
  return Math.min(...tookMs("stuck")) < 4 * Math.max(...tookMs("control"));
}

/** How long the kit waits for the target's fetch to arrive, in steps of milliseconds. */
const fetchSteps = 100;
const stepMs = 20;

/**
 * One agent whose document hangs, and another one that registers meanwhile. True when the second was answered while the
 * first was still waiting.
 */
async function servedMeanwhile(world: World): Promise<boolean> {
  const stuck = world.newAgent();
  stuck.identity.behave("never-answer");
  let waiting = true;
  const answer = stuck.register().finally(() => {
    waiting = false;
  });
  for (let step = 0; step < fetchSteps && waiting && stuck.identity.fetches() === 0; step += 1) {
    await world.wait(stepMs);
  }
  const fetching = waiting && stuck.identity.fetches() > 0;
  const other = fetching ? await world.newAgent().register() : undefined;
  const meanwhile = waiting;
  world.mark("stuck", await answer);
  if (other === undefined) return false;
  world.mark("attempt", other);
  return meanwhile && other.granted;
}

/** Documents that do not arrive (ATT-12). */
export const hostChecks: readonly Check[] = [
  ...slowHosts.map(({ variant, title, behaviour }) =>
    check({
      id: `ATT-12.${variant}`,
      requirement: "ATT-12",
      title,
      async drive(world) {
        await controlled(world);
        const agent = world.newAgent();
        agent.identity.behave(behaviour);
        world.mark("attempt", await agent.register());
        world.fact("fetches", agent.identity.fetches());
      },
      judge: judgeSlowHost,
    }),
  ),
  check({
    id: "ATT-12.serves-others",
    requirement: "ATT-12",
    title: "while one agent's document does not arrive, other agents are served",
    async drive(world) {
      await controlled(world);
      // Once more when the first try fails: the wait for the document may have ended just then.
      const served = (await servedMeanwhile(world)) || (await servedMeanwhile(world));
      world.fact("servedMeanwhile", served);
    },
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const expected = "another agent's registration is granted while the document is still awaited";
      if (!marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (evidence.facts["servedMeanwhile"] === true) return pass(attempts);
      if (attempts.length === 0) {
        return untested({
          reasonCode: "document-not-fetched",
          expected: "the target waits for a document while another agent registers",
          actual: "it answered before, or never fetched the document",
          exchanges: marked(evidence, "stuck"),
          cause: "target",
        });
      }
      const limited = attempts.find(({ response }) => response?.status === 429);
      if (limited !== undefined) {
        return untested({ reasonCode: "rate-limited", expected, actual: answerOf(limited), exchanges: [limited] });
      }
      const isLate = attempts.every(granted);
      const actual = isLate
        ? "it was granted only after the wait for the document had ended"
        : attempts.map(answerOf).join(", then ");
      const details = { expected, actual, exchanges: attempts };
      if (isLate && isTooSlow(evidence)) return untested({ reasonCode: "too-slow", ...details, cause: "environment" });
      return violated({ reasonCode: "others-blocked", ...details });
    },
  }),
];
