import type { CallOptions, Grant } from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import type { Check, CheckRow } from "../../engine/check.ts";
import { type Evidence, type Exchange, header, marked, type RecordedBody } from "../../engine/evidence.ts";
import { ambiguous, type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { answerOf, granted } from "../../engine/granted.ts";
import { check } from "../../kinds/check.ts";
import { requireGranted } from "../../kinds/control.ts";
import { watchUpstream } from "./arrivals.ts";

/** What the kit's API is told to answer. */
export type Answer = Parameters<World["provider"]["answer"]>[0];

/** One call on its way: with what it is sent, and what the API behind the target answers to it. */
interface Passage {
  readonly operation?: string;
  readonly call?: CallOptions;
  readonly answer?: Answer;
}

export interface PassageRow extends CheckRow {
  readonly passages: (world: World, grant: Grant) => readonly Passage[];
  /** What the target changed between the agent's side and the provider's; undefined: nothing. */
  readonly altered: (agentSide: Exchange, providerSide: Exchange) => string | undefined;
  readonly expected: string;
}

/**
 * A passage: a call through the proxy, seen from both sides. The agent's exchange with the target and the target's with
 * the API behind it must agree (ATH 0.1 server/proxy § Behavior).
 */
export function passage(row: PassageRow): Check {
  const { passages, altered, expected, id, requirement, title, needs = [], traits = [] } = row;
  return check({
    id,
    requirement,
    title,
    needs: ["kit-provider", "operations", ...needs],
    traits,
    async drive(world) {
      const grant = await world.agent.grant();
      const control = await watchUpstream(world, () => world.agent.call(grant));
      world.mark("control", control.result);
      requireGranted(control.result, "control");
      const arrivals: number[] = [];
      for (const { operation, call, answer } of passages(world, grant)) {
        world.provider.answer(answer ?? {});
        const options = { ...call, ...(operation === undefined ? {} : { operation }) };
        const { result, arrived } = await watchUpstream(world, (): Promise<Reply> => world.agent.call(grant, options));
        world.mark("sent", result);
        arrivals.push(arrived[0]?.exchange ?? 0);
      }
      world.fact("arrivals", arrivals);
    },
    judge: (evidence) => judgePassages(evidence, expected, altered),
  });
}

function judgePassages(evidence: Evidence, expected: string, altered: PassageRow["altered"]): Finding {
  const sent = marked(evidence, "sent");
  const arrivals = evidence.facts["arrivals"];
  if (!marked(evidence, "control").some(granted) || sent.length === 0 || !Array.isArray(arrivals)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const findings = sent.map((agentSide, index) => {
    const providerSide = evidence.exchanges.find(({ id }) => id === arrivals[index]);
    return judgePassage(agentSide, providerSide, expected, altered);
  });
  return findings.find(({ outcome }) => outcome !== "pass") ?? pass(sent);
}

function judgePassage(
  agentSide: Exchange,
  providerSide: Exchange | undefined,
  expected: string,
  altered: PassageRow["altered"],
): Finding {
  const status = agentSide.response?.status;
  if (providerSide === undefined) {
    const details = { expected, actual: `${answerOf(agentSide)}, and nothing arrived`, exchanges: [agentSide] };
    if (status === 429) return untested({ reasonCode: "rate-limited", ...details });
    // A limit on what one call may carry is no change of the message.
    if (status === 413) return ambiguous({ reasonCode: "over-a-limit", ...details });
    // A server may insist on a length (RFC 9110 § 15.5.12).
    if (status === 411) return ambiguous({ reasonCode: "length-required", ...details });
    return violated({ reasonCode: "altered", ...details });
  }
  const actual = altered(agentSide, providerSide);
  if (actual === undefined) return pass([agentSide, providerSide]);
  return violated({ reasonCode: "altered", expected, actual, exchanges: [agentSide, providerSide] });
}

/** The difference of two bodies by length and digest; undefined when they are the same. */
export function bodyDifference(from: RecordedBody, to: RecordedBody): string | undefined {
  if (from.bodyBytes !== to.bodyBytes) return `${to.bodyBytes} bytes instead of ${from.bodyBytes}`;
  return from.bodySha256 === to.bodySha256 ? undefined : `other bytes (${to.bodyBytes}, as many as there should be)`;
}

/** The difference of two messages' content types, blanks and case of no account; undefined when they are the same. */
export function contentTypeDifference(
  from: Pick<Exchange["request"], "headers">,
  to: Pick<Exchange["request"], "headers">,
): string | undefined {
  const [sent, got] = [header(from, "content-type"), header(to, "content-type")];
  const normal = (type: string | undefined) => type?.toLowerCase().replaceAll(/[\s"]/g, "");
  return normal(sent) === normal(got) ? undefined : `Content-Type: ${got ?? "none"} instead of ${sent ?? "none"}`;
}

/** The operation lines of the token's scopes, each method once. */
export function byMethod(operations: readonly string[]): readonly string[] {
  const methods = new Map(operations.map((operation) => [operation.split(" ")[0] ?? "", operation]));
  return [...methods.values()];
}
