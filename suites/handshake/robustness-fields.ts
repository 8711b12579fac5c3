import type { MessageBend } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import type { Json } from "../engine/json.ts";
import { parseJson, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { property } from "../kinds/property.ts";
import { fields, without } from "./shared/fields.ts";
import { judgeEach, judgeMessage, judgeRefused, refusalMessage, refused, saysNo } from "./shared/refused.ts";
import { reach, type Step } from "./shared/steps.ts";

type Missing = { readonly step: Step; readonly name: string };
type Wrong = Missing & { readonly value: Json };

async function sendBent(world: HandshakeWorld, step: Step, bend: MessageBend): Promise<void> {
  const { send, shown } = await reach(world, step);
  world.mark("control", shown);
  world.mark("attempt", await send(bend));
}

const unknownTypes: readonly Json[] = ["handshake_hello", "", null, 7, "constructor", "handshake_response"];
const noMessages = ["null", "[]", '"x"', "7", "true", '{"type":', "", "\u0000", "[{}]"];

/** One refusal of each sort that the target knows. */
async function refusals(world: HandshakeWorld): Promise<readonly Reply[]> {
  const { agent } = world;
  const [hello, opened] = [await agent.hello({ versions: ["99.0"] }), await agent.opened()];
  return [
    hello.reply,
    (await agent.hello({ body: { type: "handshake_hello" } })).reply,
    (await agent.hello({ rawBody: "{" })).reply,
    (await agent.hello({ timeShiftS: -3600 })).reply,
    await opened.complete(),
    await opened.prove({ signWith: world.newKey() }),
  ];
}

function judgeShape(evidence: Evidence): Finding {
  return judgeEach(evidence, (attempt) => {
    const finding = judgeMessage(attempt);
    if (finding.outcome !== "pass" || saysNo(attempt)) return finding;
    const body = parseJson(attempt.response?.body);
    if (text(body, "code") !== undefined && text(body, "message") !== undefined) return finding;
    // The message for a refusal may come with the status for one (HS-7).
    if (refusalMessage(body)) return finding;
    return violated({
      reasonCode: "error-shape",
      expected: "a JSON body with code and message",
      actual: `${answerOf(attempt)} with ${body === undefined ? "a body that is no JSON" : "another body"}`,
      exchanges: [attempt],
    });
  });
}

/** Messages that are not what they should be (HS-5). */
export const fieldChecks: readonly Check<HandshakeWorld>[] = [
  property<Missing, HandshakeWorld>({
    id: "HS-5.missing-field",
    requirement: "HS-5",
    title: "a message that lacks a required member is refused",
    given: (fc) => fc.constantFrom(...fields).map(({ step, name }) => ({ step, name })),
    drive: (world, missing) => sendBent(world, missing.step, without(missing)),
    judge: (evidence) => judgeRefused(evidence),
  }),
  property<Wrong, HandshakeWorld>({
    id: "HS-5.wrong-type",
    requirement: "HS-5",
    title: "a message with a member of a wrong type is refused",
    given: (fc) =>
      fc
        .constantFrom(...fields)
        .chain(({ step, name, wrong }) => fc.constantFrom(...wrong).map((value) => ({ step, name, value }))),
    drive: (world, { step, name, value }) => sendBent(world, step, { body: { [name]: value } }),
    judge: (evidence) => judgeRefused(evidence),
  }),
  refused({
    id: "HS-5.unknown-type",
    requirement: "HS-5",
    title: "a message of no known type is refused",
    control: ({ agent }) => agent.connected(),
    async attempt({ agent }) {
      const replies: Reply[] = [(await agent.hello({ body: { type: undefined } })).reply];
      for (const type of unknownTypes) replies.push((await agent.hello({ body: { type } })).reply);
      return [...replies, await (await agent.opened()).prove({ body: { type: "identity_prove" } })];
    },
  }),
  refused({
    id: "HS-5.not-an-object",
    requirement: "HS-5",
    title: "a body that is no JSON object is refused",
    control: ({ agent }) => agent.connected(),
    async attempt({ agent }) {
      const replies: Reply[] = [];
      for (const rawBody of noMessages) replies.push((await agent.hello({ rawBody })).reply);
      return replies;
    },
  }),
  check({
    id: "HS-5.error-shape",
    requirement: "HS-5",
    title: "refusals are ATHErrors",
    async drive(world: HandshakeWorld) {
      world.mark("control", (await world.agent.connected()).reply);
      world.mark("attempt", ...(await refusals(world)));
    },
    judge: judgeShape,
  }),
];
