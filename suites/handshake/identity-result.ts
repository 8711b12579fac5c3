import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { isObject, member, parseJson } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";

function judgeFailure(evidence: Evidence): Finding {
  const exchange = marked(evidence, "subject")[0];
  const expected = "a refusal that says why: a 4xx, or success: false with an error";
  const response = exchange?.response;
  if (exchange === undefined || response === undefined || response === null || response.status === 429) {
    return untested({ reasonCode: "no-answer", expected, actual: "no answer that could be judged" });
  }
  const details = { expected, actual: answerOf(exchange), exchanges: [exchange] };
  if (response.status >= 400 && response.status < 500) return pass([exchange]);
  const body = parseJson(response.body);
  if (member(body, "success") !== false) {
    const actual = `the failed proof was not refused: ${details.actual}`;
    return untested({ reasonCode: "not-refused", ...details, actual, cause: "target" });
  }
  const error = member(body, "error");
  if ((typeof error === "string" && error !== "") || isObject(error)) return pass([exchange]);
  return violated({ reasonCode: "no-error", ...details, actual: "success: false without an error" });
}

/** What identity_result tells (HS-10). */
export const resultChecks: readonly Check<HandshakeWorld>[] = [
  conforms({
    id: "HS-10.success",
    requirement: "HS-10",
    title: "identity_result tells the scopes there are and the longest life of a token",
    subject: async ({ agent }: HandshakeWorld) => (await agent.opened()).prove(),
    shape: "IdentityResult",
    relations: [
      {
        reasonCode: "schema",
        expected: "metadata with scopes_supported and token_max_ttl",
        broken: (body) => (isObject(member(body, "metadata")) ? undefined : "no metadata"),
      },
    ],
  }),
  check({
    id: "HS-10.failure",
    requirement: "HS-10",
    title: "a failed proof is answered with an error",
    async drive(world: HandshakeWorld) {
      const handshake = await world.agent.opened();
      world.mark("subject", await handshake.prove({ signWith: world.newKey() }));
    },
    judge: judgeFailure,
  }),
];
