import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { type AskedUser, askedIn, noteAsked, untilAsked } from "./shared/asked-users.ts";
import { refused } from "./shared/refused.ts";

/** So long a user thinks at least. A gateway that does not wait has answered long before. */
const thinkingMs = 150;

function judgeQuestion(evidence: Evidence): Finding {
  const { facts } = evidence;
  const [asked] = askedIn(facts);
  const requested = Array.isArray(facts["requested"]) ? facts["requested"].map(String) : [];
  const expected = `the user is asked about ${String(facts["agent"])} and ${requested.join(" ")}`;
  const [reply] = marked(evidence, "subject");
  if (requested.length === 0) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "no scope_request is in the evidence" });
  }
  if (asked === undefined) {
    const what = reply === undefined ? "no answer" : answerOf(reply);
    const details = {
      expected,
      actual: `the user was not asked (${what})`,
      exchanges: reply === undefined ? [] : [reply],
    };
    return reply === undefined || granted(reply)
      ? violated({ reasonCode: "not-sent", ...details })
      : untested({ reasonCode: "prerequisite-refused", ...details });
  }
  const exchanges = [{ id: asked.exchange }];
  if (asked.clientDid !== facts["agent"]) {
    return violated({ reasonCode: "wrong-agent", expected, actual: `client_did: ${asked.clientDid}`, exchanges });
  }
  if ([...asked.scopes].sort().join(" ") !== [...requested].sort().join(" ")) {
    const actual = `requested_scopes: ${asked.scopes.join(" ")}`;
    return violated({ reasonCode: "wrong-scopes", expected, actual, exchanges });
  }
  const missing = missingOf(asked);
  if (missing.length === 0) return pass(exchanges);
  return violated({
    reasonCode: "schema",
    expected: "request_id, client_info with name and developer, and expires_at in Unix seconds",
    actual: `missing or of another type: ${missing.join(", ")}`,
    exchanges,
  });
}

/** Members of authorization_confirmation_request that a user could not do without. */
function missingOf({ message, requestId }: AskedUser): readonly string[] {
  const info = member(message, "client_info");
  return [
    ...(requestId === "" ? ["request_id"] : []),
    ...["name", "developer"].filter((name) => (text(info, name) ?? "") === "").map((name) => `client_info.${name}`),
    ...(Number.isInteger(member(message, "expires_at")) ? [] : ["expires_at"]),
  ];
}

/** What the user is asked, and that the answer is waited for (HS-14). */
export const questionChecks: readonly Check<HandshakeWorld>[] = [
  check<HandshakeWorld>({
    id: "HS-14.reaches-user",
    requirement: "HS-14",
    title: "the user is asked about this agent and exactly the requested scopes, and told whose agent it is",
    async drive(world) {
      const { agent, scopes } = world;
      const handshake = await agent.proven();
      world.fact("agent", agent.did);
      world.fact("requested", scopes);
      const { confirmation, reply } = await untilAsked(world, handshake);
      // A question about another agent was not answered: nobody waits for what becomes of it.
      if (confirmation === undefined || !confirmation.stray) world.mark("subject", await reply);
      noteAsked(world, agent.confirmations());
    },
    judge: judgeQuestion,
  }),
  check<HandshakeWorld>({
    id: "HS-14.request-ids",
    requirement: "HS-14",
    title: "each confirmation request has a request_id of its own",
    async drive(world) {
      const { agent } = world;
      const replies: Promise<Reply>[] = [];
      for (let handshakes = 0; handshakes < 3; handshakes++) {
        replies.push((await untilAsked(world, await agent.proven())).reply);
      }
      const asked = agent.confirmations();
      noteAsked(world, asked);
      // Where ids are used twice, nobody knows which request gets which answer.
      const distinct = new Set(asked.map(({ requestId }) => requestId)).size === asked.length;
      if (distinct) world.mark("control", ...(await Promise.all(replies)));
    },
    judge(evidence) {
      const asked = askedIn(evidence.facts);
      const expected = "three confirmation requests with three request_ids";
      const exchanges = asked.map(({ exchange }) => ({ id: exchange }));
      const ids = new Set(asked.map(({ requestId }) => requestId));
      if (ids.size < asked.length) {
        const actual = `${asked.length} requests with ${ids.size} request_ids`;
        return violated({ reasonCode: "repeated", expected, actual, exchanges });
      }
      if (asked.length >= 2 && marked(evidence, "control").some(granted)) return pass(exchanges);
      return untested({ reasonCode: "not-asked", expected, actual: `${asked.length} confirmation requests` });
    },
  }),
  refused({
    id: "HS-14.asked-again",
    requirement: "HS-14",
    title: "a user who approved an agent once is asked again the next time",
    control: ({ agent }) => agent.connected(),
    async attempt({ agent }) {
      const handshake = await agent.proven();
      const reply = await handshake.request({ answer: (asked) => [asked.user.answer(asked, { grant: "deny" })] });
      return [reply, await handshake.complete()];
    },
  }),
  check<HandshakeWorld>({
    id: "HS-14.waits",
    requirement: "HS-14",
    title: "scope_result comes after the user's answer",
    async drive(world) {
      const handshake = await world.agent.proven();
      let answered = false;
      const reply = await handshake.request({
        async answer(asked) {
          await world.wait(thinkingMs);
          answered = true;
          return [asked.user.answer(asked)];
        },
      });
      world.fact("answeredFirst", answered);
      world.mark("subject", reply);
    },
    judge(evidence) {
      const [subject] = marked(evidence, "subject");
      const expected = "no grant before the user has answered";
      if (subject === undefined || !granted(subject)) {
        const actual = subject === undefined ? "no scope_request is in the evidence" : answerOf(subject);
        return untested({ reasonCode: "prerequisite-refused", expected, actual });
      }
      if (evidence.facts["answeredFirst"] === true) return pass([subject]);
      const actual = "scopes were granted before the user answered, or without asking";
      return violated({ reasonCode: "not-awaited", expected, actual, exchanges: [subject] });
    },
  }),
];
