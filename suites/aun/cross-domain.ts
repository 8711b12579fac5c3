import type { AunWorld, Session } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { type Evidence, type Frame, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { type Arrival, arrivalsIn, gather, inboxFrames, pushedOn, sendText, texts } from "./shared/mail.ts";
import { onlineIn, queryOnline } from "./shared/presence.ts";

/** An AID of a domain that cannot exist (RFC 2606 § 2). */
const unreachable = "somebody.unreachable.invalid";

const ordered = texts(20);

/** Messages between the target's domain and the other one, one after the other, and what the receiver gets. */
async function across(world: AunWorld, way: "there" | "back", messages: readonly string[]): Promise<void> {
  // The target first: whether it speaks the protocol is not to be shown by the other domain.
  const here = await world.session();
  const there = await world.peer.world.session();
  const [sender, receiver] = way === "there" ? [here, there] : [there, here];
  world.fact("from", sender.identity.aid);
  for (const message of messages) world.mark("send", await sendText(sender, receiver.identity.aid, message));
  await gather(world, [{ name: "receiver", connection: receiver }], () => pushedOn(receiver).length >= messages.length);
}

/** Judges messages to another domain; `judge` gets what arrived. */
function judgeAcross(
  evidence: Evidence,
  expected: string,
  judge: (arrivals: readonly Arrival[], exchanges: readonly Frame[]) => Finding,
): Finding {
  const sent = markedCalls(evidence, "send");
  const exchanges = [...sent.flatMap(({ frames }) => frames), ...inboxFrames(evidence, ["receiver"])];
  const refused = sent.find((call) => !grantedCall(call));
  if (sent.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no message" });
  if (refused !== undefined) {
    const actual = `message.send got ${answerOfCall(refused)}`;
    return violated({ reasonCode: "missing", expected, actual, exchanges: refused.frames });
  }
  const arrivals = arrivalsIn(evidence, "receiver");
  if (arrivals.length > 0) return judge(arrivals, exchanges);
  return violated({ reasonCode: "missing", expected, actual: "nothing came", exchanges });
}

/** Judges that one message came, from the sender's full AID. */
function judgeArrival(evidence: Evidence): Finding {
  const { from } = evidence.facts;
  const expected = `the message, from ${String(from)}`;
  return judgeAcross(evidence, expected, ([arrival], exchanges) => {
    const shown = text(arrival?.members, "from");
    if (shown === from) return pass(exchanges);
    return violated({ reasonCode: "wrong-from", expected, actual: `from ${shown ?? "nobody"}`, exchanges });
  });
}

/** A message within the domain that was taken. */
async function local(world: AunWorld) {
  const session = await world.session();
  const receiver = await world.session();
  const { aid } = receiver.identity;
  return { call: await sendText(session, aid, "at home"), session, receiver: aid };
}

const toNowhere = (session: Session) => sendText(session, unreachable, "to nowhere");

/** Messages to another domain (A139 to A141). */
export const crossDomain: Section<AunWorld> = {
  id: "cross-domain",
  title: "Other domains",
  checks: [
    check<AunWorld>({
      id: "A139.arrives",
      requirement: "A139",
      title: "a message to another domain arrives there, and the result says where it went",
      needs: ["peer"],
      drive(world) {
        world.fact("issuer", world.peer.issuer);
        return across(world, "there", ["hello"]);
      },
      judge(evidence) {
        const { issuer } = evidence.facts;
        const arrived = judgeArrival(evidence);
        const [send] = markedCalls(evidence, "send");
        if (arrived.outcome !== "pass" || send === undefined) return arrived;
        const told = [member(send.result, "cross_domain"), member(send.result, "target_issuer")];
        if (told[0] === true && told[1] === issuer) return arrived;
        return violated({
          reasonCode: "schema",
          expected: `cross_domain true and target_issuer ${String(issuer)} in the result`,
          actual: told.map((value) => JSON.stringify(value ?? null)).join(" and "),
          exchanges: send.frames,
        });
      },
    }),
    check<AunWorld>({
      id: "A139.back",
      requirement: "A139",
      title: "a message from another domain arrives, from the sender's full AID",
      needs: ["peer"],
      drive: (world) => across(world, "back", ["hello"]),
      judge: judgeArrival,
    }),
    check<AunWorld>({
      id: "A139.order",
      requirement: "A139",
      title: "messages to another domain arrive in order, each once",
      level: "should",
      needs: ["peer"],
      drive: (world) => across(world, "there", ordered),
      judge(evidence) {
        const expected = `${ordered.length} messages in order`;
        return judgeAcross(evidence, expected, (arrivals, exchanges) => {
          const came = arrivals.flatMap((arrival) => arrival.text ?? []);
          const distinct = new Set(came);
          const [reasonCode, actual] =
            distinct.size < ordered.length
              ? ["missing", `${distinct.size} of them`]
              : came.length > distinct.size
                ? ["doubled", `${came.length} messages`]
                : ["out-of-order", came.join(", ")];
          if (came.join() === ordered.join()) return pass(exchanges);
          return violated({ reasonCode, expected, actual, exchanges });
        });
      },
    }),
    // First of those that make the target look for a domain: its control must not wait for what they have left behind.
    check<AunWorld>({
      id: "A140.local-unaffected",
      requirement: "A140",
      title: "while another domain cannot be reached, messages within the domain go on",
      traits: ["apart"],
      async drive(world) {
        const { call, session, receiver } = await local(world);
        world.mark("control", call);
        requireResult(call, "control");
        const other = await world.session();
        const send = () =>
          other.call("message.send", { to: receiver, payload: { text: "meanwhile" } }, { timeoutMs: world.patience });
        const away = toNowhere(session);
        const meanwhile = await send();
        world.mark("attempt", meanwhile);
        if (!grantedCall(meanwhile)) return;
        // The failure itself may come at once, or only when the target has given up.
        await Promise.race([away, world.wait(world.patience)]);
        world.mark("attempt", await send());
      },
      judge(evidence) {
        const attempts = markedCalls(evidence, "attempt");
        const expected = "messages within the domain are taken at once";
        if (attempts.length === 0 || !markedCalls(evidence, "control").some(grantedCall)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
        }
        const blocked = attempts.find((call) => !grantedCall(call));
        if (blocked === undefined) return pass(attempts.flatMap(({ frames }) => frames));
        return violated({
          reasonCode: "blocked",
          expected,
          actual: answerOfCall(blocked),
          exchanges: [...markedFrames(evidence, "control"), ...blocked.frames],
        });
      },
    }),
    rpcRefusal({
      id: "A140.unreachable",
      requirement: "A140",
      title: "a message to a domain that cannot be reached is an error",
      traits: ["apart"],
      control: local,
      attempt: (_world: AunWorld, { session }) => toNowhere(session),
    }),
    check<AunWorld>({
      id: "A141.query",
      requirement: "A141",
      title: "query_online says false for a domain that cannot be reached",
      traits: ["apart"],
      async drive(world) {
        const session = await world.session();
        const { aid } = session.identity;
        world.fact("aid", aid);
        const control = await queryOnline(session, [aid]);
        world.mark("control", control);
        requireResult(control, "control");
        world.mark("attempt", await queryOnline(session, [aid, unreachable]));
      },
      judge(evidence) {
        const [call] = markedCalls(evidence, "attempt");
        const aid = String(evidence.facts["aid"]);
        const expected = `true for ${aid}, false for ${unreachable}`;
        if (call === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
        }
        const { frames } = call;
        if (!grantedCall(call)) {
          return violated({ reasonCode: "refused", expected, actual: answerOfCall(call), exchanges: frames });
        }
        if (onlineIn(call, aid) === true && onlineIn(call, unreachable) === false) return pass(frames);
        const actual = JSON.stringify(member(call.result, "online") ?? null);
        return violated({ reasonCode: "wrong", expected, actual, exchanges: frames });
      },
    }),
  ],
};
