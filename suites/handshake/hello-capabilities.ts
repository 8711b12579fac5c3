import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, parseJson, strings } from "../engine/json.ts";
import { property } from "../kinds/property.ts";
import { refused } from "./shared/refused.ts";

/** Offered beside the algorithm of the agent's key, in any order; two are of nobody's making. */
const optional = ["ES256", "EdDSA", "TLS1.3", "gateproof-unknown-1", "gateproof-unknown-2"] as const;

function judgeSubset(evidence: Evidence): Finding {
  const exchange = marked(evidence, "subject")[0];
  const offered = strings(evidence.facts["input"]) ?? [];
  const expected = `capabilities out of ${JSON.stringify(offered)}`;
  if (exchange === undefined || !granted(exchange)) {
    const actual = exchange === undefined ? "no exchange" : answerOf(exchange);
    return untested({ reasonCode: "prerequisite-refused", expected, actual });
  }
  const answered = member(parseJson(exchange.response?.body), "capabilities");
  const known = strings(answered) ?? [];
  const foreign = known.filter((capability) => !offered.includes(capability));
  if (foreign.length === 0) return pass([exchange]);
  const actual = `${JSON.stringify(foreign)} besides`;
  return violated({ reasonCode: "not-offered", expected, actual, exchanges: [exchange] });
}

/** Capabilities and signature algorithms (HS-4). */
export const capabilityChecks: readonly Check<HandshakeWorld>[] = [
  property<string[], HandshakeWorld>({
    id: "HS-4.subset",
    requirement: "HS-4",
    title: "the gateway answers with capabilities that were offered",
    given(fc, { handshake: { algorithm: own = "ES256" } }) {
      return fc
        .subarray(optional.filter((capability) => capability !== own))
        .chain((some) => fc.shuffledSubarray([own, ...some], { minLength: some.length + 1 }));
    },
    async drive(world, capabilities) {
      world.mark("subject", (await world.agent.hello({ capabilities })).reply);
    },
    judge: judgeSubset,
  }),
  refused({
    id: "HS-4.no-common-algorithm",
    requirement: "HS-4",
    title: "an offer without a signature algorithm that both sides know is refused",
    control: ({ agent }) => agent.opened(),
    attempt: (world) =>
      Promise.all(
        [["RSA-1024"], []].map(async (capabilities) => (await world.newAgent().hello({ capabilities })).reply),
      ),
  }),
];
