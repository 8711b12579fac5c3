import type { Handshake, Stage } from "../state.ts";
import type { MessageType } from "./message.ts";

/** The agent's messages within a handshake. */
export type StepMessage = Exclude<MessageType, "handshake_request" | "authorization_confirmation_response">;

/** Which message may come when (HS-8, HS-9, HS-23). */
export interface OrderRules {
  /** HS-8: the handshake that a message belongs to. */
  "order.handshake": (input: {
    readonly id: string;
    readonly handshakes: ReadonlyMap<string, Handshake>;
    /** The handshake opened last that this message would fit. */
    readonly latest: () => Handshake | undefined;
  }) => Handshake | undefined;
  /** HS-8: where the handshake stands. */
  "order.stage": (input: {
    readonly handshake: Handshake;
    readonly handshakes: ReadonlyMap<string, Handshake>;
  }) => Stage;
  /** HS-8, HS-9: whether a message is due at this stage. */
  "order.isDue": (input: { readonly type: StepMessage; readonly stage: Stage }) => boolean;
  /** HS-9: what passes between finding that a message is due and acting on it: nothing, so that one of two wins. */
  "order.beforeStep": (input: { readonly type: StepMessage }) => Promise<void> | undefined;
  /** HS-8: where a handshake stands after a message that was not due. */
  "order.afterUndue": (input: { readonly stage: Stage }) => Stage;
  /** HS-8: a handshake_request within a handshake. */
  "order.onRestart": () => "refuse" | "reset";
  /** HS-23: whether a handshake still lives. Milliseconds. */
  "order.isAlive": (input: { readonly stage: Stage; readonly expiresAt: number; readonly now: number }) => boolean;
}

export const dueAt: Readonly<Record<StepMessage, Stage>> = {
  identity_proof: "opened",
  scope_request: "proved",
  handshake_complete: "granted",
};

export const honestOrder: OrderRules = {
  "order.handshake": ({ id, handshakes }) => handshakes.get(id),
  "order.stage": ({ handshake }) => handshake.stage,
  "order.isDue": ({ type, stage }) => dueAt[type] === stage,
  "order.beforeStep": () => undefined,
  "order.afterUndue": ({ stage }) => stage,
  "order.onRestart": () => "refuse",
  "order.isAlive": ({ expiresAt, now }) => expiresAt > now,
};
