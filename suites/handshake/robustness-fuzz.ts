import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type FuzzRow, fuzz } from "../kinds/fuzz.ts";
import { refusalMessage } from "./shared/refused.ts";
import { reach, type Step } from "./shared/steps.ts";

/** The row of one message, sent in a handshake that stands right before it. */
function due(
  step: Exclude<Step, "handshake_request">,
): Pick<FuzzRow<HandshakeWorld>, "requirement" | "send" | "saysNo"> {
  return {
    requirement: "HS-5",
    saysNo: refusalMessage,
    async send(world, write) {
      const { send } = await reach(world, step);
      return send({ write });
    },
  };
}

/** What needs all of a handshake before it; half as many tell as much in the time. */
const longWay: Pick<FuzzRow<HandshakeWorld>, "share" | "sign"> = {
  share: 0.5,
  sign: async (world) => (await world.newAgent().hello()).reply,
};

/** Mutations of every message by its schema (HS-5). */
export const fuzzChecks: readonly Check<HandshakeWorld>[] = [
  fuzz({
    id: "HS-5.fuzz-hello",
    title: "no mutation of a handshake_request crashes the gateway or opens a handshake without what it must say",
    message: "HandshakeRequest",
    requirement: "HS-5",
    send: async (world, write) => (await world.newAgent().hello({ write })).reply,
  }),
  fuzz({
    id: "HS-5.fuzz-proof",
    title: "no mutation of an identity_proof crashes the gateway or proves an identity without what it must say",
    message: "IdentityProof",
    ...due("identity_proof"),
  }),
  fuzz({
    id: "HS-5.fuzz-scopes",
    title: "no mutation of a scope_request crashes the gateway or yields scopes without what it must say",
    message: "ScopeRequest",
    ...due("scope_request"),
    ...longWay,
  }),
  fuzz({
    id: "HS-5.fuzz-complete",
    title: "no mutation of a handshake_complete crashes the gateway or yields a token without what it must say",
    message: "HandshakeCompleteRequest",
    ...due("handshake_complete"),
    ...longWay,
  }),
];
