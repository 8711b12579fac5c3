import { aunErrorCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Members, Session } from "../drivers/aun/world.ts";
import type { Check, Trait } from "../engine/check.ts";
import { member } from "../engine/json.ts";
import type { RpcCall } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { type Fitting, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { sendText } from "./shared/mail.ts";

const anyCode = Object.keys(aunErrorCodes).map(Number);

/** What a target takes that announces nothing (AUN docs 03 § 3.5). */
const usualLimit = 1_048_576;
/** Above the limit by so much, and a target that announces more than `mostBytes` is not tried. */
const surplus = 10_000;
const mostBytes = 8 * usualLimit;

/** A message that was taken, on the session that goes on to send a bad one. */
interface Taken {
  readonly call: RpcCall;
  readonly session: Session;
  readonly to: string;
}

async function taken(world: AunWorld): Promise<Taken> {
  const session = await world.session();
  const { aid } = await world.identity();
  return { call: await sendText(session, aid, "as it should be"), session, to: aid };
}

interface BadMessage {
  readonly variant: string;
  readonly title: string;
  readonly params: (world: AunWorld, taken: Taken) => Members;
  readonly traits?: readonly Trait[];
  readonly fitting?: Fitting;
}

const badMessages: readonly BadMessage[] = [
  {
    variant: "unknown-target",
    title: "a message to an AID that nobody has is refused",
    params: (world) => ({ to: world.stranger().aid, payload: { text: "for nobody" } }),
  },
  {
    variant: "no-to",
    title: "a message without receiver is refused",
    params: () => ({ payload: { text: "for nobody" } }),
  },
  {
    variant: "no-payload",
    title: "a message without payload is refused",
    params: (_world, { to }) => ({ to }),
  },
  {
    variant: "huge-payload",
    title: "a payload above max_message_size is refused",
    traits: ["bursty"],
    params: (_world, { to, session }) => ({ to, payload: { text: "x".repeat(limitOf(session) + surplus) } }),
    // A frame that long may end the connection as well (RFC 6455 § 7.4.1, code 1009).
    fitting: { mayClose: true },
  },
];

/** Bytes that a payload may have, as the target announces it. */
function limitOf({ hello }: Session): number {
  const announced = member(member(member(hello.result, "capabilities"), "features"), "max_message_size");
  if (typeof announced !== "number") return usualLimit;
  if (announced <= mostBytes) return announced;
  throw notApplicable("limit-too-high", `the target announces that it takes ${announced} bytes`);
}

/** Messages that are not taken (A131). */
export const refusedChecks: readonly Check<AunWorld>[] = badMessages.map(
  ({ variant, title, params, traits = [], fitting = {} }) =>
    rpcRefusal({
      id: `A131.${variant}`,
      requirement: "A131",
      title,
      traits,
      control: taken,
      attempt: (world: AunWorld, before) => before.session.call("message.send", params(world, before)),
      // The documents give the internal error for all of them, so that any code will do.
      fitting: { codes: anyCode, ...fitting },
    }),
);
