import { setTimeout as wait } from "node:timers/promises";
import type { OrderRules, StepMessage } from "../rules/order.ts";
import type { Stage } from "../state.ts";
import { fault, foundBy } from "./fault.ts";

/** How long a store far away takes, in milliseconds: long enough that a second message finds it unchanged. */
const ROUND_TRIP_MS = 150;

/** Takes one message at one more stage. */
function alsoDue(message: StepMessage, ...stages: readonly Stage[]) {
  return (honest: OrderRules["order.isDue"]): OrderRules["order.isDue"] =>
    (input) =>
      (input.type === message && stages.includes(input.stage)) || honest(input);
}

/** Messages out of order (HS-8, HS-9). */
export const orderFaults = [
  fault({
    id: "HS-8.scope-before-identity",
    requirement: "HS-8",
    sentence: "Scopes may be asked for before the agent has proved who it is.",
    rule: "order.isDue",
    wrong: alsoDue("scope_request", "opened"),
    kills: {
      ...foundBy("accepted", "HS-8.scope-before-identity"),
      ...foundBy("order-broken", "HS-8.model"),
    },
  }),
  fault({
    id: "HS-8.complete-before-identity",
    requirement: "HS-8",
    sentence: "A handshake may be completed right after its beginning.",
    rule: "order.isDue",
    wrong: alsoDue("handshake_complete", "opened"),
    kills: foundBy("accepted", "HS-8.complete-before-identity"),
  }),
  fault({
    id: "HS-8.complete-before-scope",
    requirement: "HS-8",
    sentence: "A handshake may be completed without scopes.",
    rule: "order.isDue",
    wrong: alsoDue("handshake_complete", "proved"),
    kills: {
      ...foundBy("accepted", "HS-8.complete-before-scope", "HS-18.before-grant"),
      ...foundBy("order-broken", "HS-8.model"),
    },
  }),
  fault({
    id: "HS-8.complete-while-asking",
    requirement: "HS-8",
    sentence: "A handshake may be completed while the user is still being asked.",
    rule: "order.isDue",
    wrong: alsoDue("handshake_complete", "asking"),
    kills: foundBy("accepted", "HS-8.complete-while-asked"),
  }),
  fault({
    id: "HS-8.unknown-handshake",
    requirement: "HS-8",
    sentence: "A message of an unknown handshake goes to the latest one that it would fit.",
    rule: "order.handshake",
    wrong: (honest) => (input) => honest(input) ?? input.latest(),
    kills: foundBy("accepted", "HS-8.unknown-handshake"),
  }),
  fault({
    id: "HS-8.restart-corrupts",
    requirement: "HS-8",
    sentence: "A handshake_request within a handshake sets it back to its beginning.",
    rule: "order.onRestart",
    wrong: () => () => "reset" as const,
    kills: foundBy("order-broken", "HS-8.model"),
  }),
  fault({
    id: "HS-8.cross-handshake",
    requirement: "HS-8",
    sentence: "A handshake stands where the latest handshake of its agent stands.",
    rule: "order.stage",
    wrong:
      () =>
      ({ handshake, handshakes }) => {
        const ofAgent = [...handshakes.values()].filter(({ agent }) => agent.did === handshake.agent.did);
        return (ofAgent.at(-1) ?? handshake).stage;
      },
    kills: foundBy("order-broken", "HS-8.model"),
  }),
  fault({
    id: "HS-8.out-of-order-resets",
    requirement: "HS-8",
    sentence: "A message out of order sets a proved handshake back to its beginning.",
    rule: "order.afterUndue",
    wrong:
      () =>
      ({ stage }) =>
        stage === "proved" ? "opened" : stage,
    kills: foundBy("corrupted", "HS-8.not-corrupted"),
  }),
  fault({
    id: "HS-9.complete-repeatable",
    requirement: "HS-9",
    sentence: "A finished handshake gives another token whenever it is asked.",
    rule: "order.isDue",
    wrong: alsoDue("handshake_complete", "completed"),
    kills: foundBy("accepted", "HS-9.complete-twice"),
  }),
  fault({
    id: "HS-9.complete-race",
    requirement: "HS-9",
    sentence:
      "Whether a handshake is finished is read and written in two steps, so that two messages at once both win.",
    rule: "order.beforeStep",
    wrong:
      () =>
      ({ type }) =>
        type === "handshake_complete" ? wait(ROUND_TRIP_MS) : undefined,
    kills: foundBy("accepted", "HS-9.complete-at-once"),
  }),
  fault({
    id: "HS-9.scope-repeatable",
    requirement: "HS-9",
    sentence: "After scope_result, further scopes are added for the asking.",
    rule: "scopes.takesAgain",
    wrong:
      () =>
      ({ stage }) =>
        stage === "granted",
    kills: foundBy("accepted", "HS-9.scope-twice"),
  }),
  fault({
    id: "HS-9.denial-not-final",
    requirement: "HS-9",
    sentence: "After the user's refusal the agent may ask again in the same handshake.",
    rule: "confirmation.stageAfterDenial",
    wrong: () => () => "proved" as const,
    kills: foundBy("accepted", "HS-9.after-denial"),
  }),
];
