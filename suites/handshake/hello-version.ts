import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { parseJson, strings, text } from "../engine/json.ts";
import { property } from "../kinds/property.ts";
import { refused } from "./shared/refused.ts";
import { pressOn } from "./shared/steps.ts";

/** Versions that nobody speaks, one below and the others above all that anybody does. */
const unknownVersions = ["0.0", "98.7", "99.0"] as const;

/** Orders dotted numbers: 0.10 comes after 0.9. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function judgeHighest(evidence: Evidence): Finding {
  const exchange = marked(evidence, "subject")[0];
  const supported = strings(evidence.facts["supported"]) ?? [];
  const offered = strings(evidence.facts["input"]) ?? [];
  const highest = offered
    .filter((version) => supported.includes(version))
    .toSorted(compareVersions)
    .at(-1);
  const expected = `version ${highest}, the highest of ${JSON.stringify(offered)} that the target supports`;
  if (exchange === undefined || exchange.response?.status === 429) {
    return untested({ reasonCode: "no-answer", expected, actual: "no answer that could be judged" });
  }
  const version = text(parseJson(exchange.response?.body), "version");
  if (granted(exchange) && version === highest) return pass([exchange]);
  const actual = granted(exchange) ? `version ${version ?? "that is no text"}` : answerOf(exchange);
  return violated({ reasonCode: "wrong-version", expected, actual, exchanges: [exchange] });
}

/** One that is far from any, and one that begins like those of today. */
const noCommonVersions = [["99.0"], ["0.999"]];

/** The protocol version (HS-3). */
export const versionChecks: readonly Check<HandshakeWorld>[] = [
  property<string[], HandshakeWorld>({
    id: "HS-3.highest",
    requirement: "HS-3",
    title: "the version chosen is the highest that both sides speak",
    given(fc, { handshake: { versions } }) {
      const common = fc.subarray([...versions], { minLength: 1 });
      const unknown = fc.subarray([...unknownVersions]);
      return fc
        .tuple(common, unknown)
        .chain(([some, others]) =>
          fc.shuffledSubarray([...some, ...others], { minLength: some.length + others.length }),
        );
    },
    async drive(world, versions) {
      world.fact("supported", [...world.handshake.versions]);
      await world.newAgent().opened();
      world.mark("subject", (await world.agent.hello({ versions })).reply);
    },
    judge: judgeHighest,
  }),
  refused({
    id: "HS-3.none-common",
    requirement: "HS-3",
    title: "an offer without a common version is refused",
    control: ({ agent }) => agent.opened(),
    async attempt(world) {
      const replies: Reply[] = [];
      for (const versions of noCommonVersions) replies.push((await world.newAgent().hello({ versions })).reply);
      return replies;
    },
  }),
  refused({
    id: "HS-3.empty-versions",
    requirement: "HS-3",
    title: "an offer of no version at all is refused",
    control: ({ agent }) => agent.opened(),
    attempt: async (world) => (await world.newAgent().hello({ versions: [] })).reply,
  }),
  refused({
    id: "HS-3.no-session",
    requirement: "HS-3",
    title: "an offer without a common version opens no handshake",
    control: ({ agent }) => agent.connected(),
    attempt: async (world) => pressOn(await world.newAgent().hello({ versions: ["99.0"] }), "handshake_request"),
    reasonCode: "session-made",
  }),
];
