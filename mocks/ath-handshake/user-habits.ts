import type { KeyObject } from "node:crypto";
import type { JsonObject } from "../ath/json.ts";
import { confirmationText } from "./engine/confirmation.ts";
import { type HandshakeContext, secondsNow } from "./engine/context.ts";
import { signText } from "./signatures.ts";
import type { ConfirmationRequest } from "./state.ts";

/** What a user does when asked; as the control API takes it. */
export const namedHabits = ["approve", "deny", "silence", "wrong-signature", "twice"] as const;

/**
 * What a user does when asked, decided beforehand: approves all, refuses, keeps silent, approves with a signature that is
 * not his, approves and then refuses; or approves the scopes of a list, as far as they are asked for.
 */
export type Habit = (typeof namedHabits)[number] | readonly string[];

/** The habits of the users whose keys the mock has. Whoever has none is asked on his page. */
export interface UserHabits {
  /** By the user's name. */
  current(): ReadonlyMap<string, Habit>;
  /** Throws a RangeError when there is no such user, or his key is elsewhere; undefined: he is asked again. */
  set(userName: string, habit: Habit | undefined): void;
  clear(): void;
  /** What the user sends when asked, in order; undefined: it is up to a person. */
  answersTo(request: ConfirmationRequest): readonly JsonObject[] | undefined;
}

/** What a user decided about a question. */
export interface Decision {
  readonly approved: boolean;
  readonly scopes: readonly string[];
}

type Signing = Pick<HandshakeContext, "settings" | "clock">;

/** Step 7 of a user whose key is at hand; it holds for as long as the agent asks, and a minute at least. */
export function signedAnswer(
  context: Signing,
  key: KeyObject,
  { id, ttl }: Pick<ConfirmationRequest, "id" | "ttl">,
  { approved, scopes }: Decision,
): JsonObject {
  const now = secondsNow(context);
  const expiresAt = now + Math.max(ttl, 60);
  const text = confirmationText({ requestId: id, approved, approvedScopes: scopes, expiresAt });
  return {
    type: "authorization_confirmation_response",
    timestamp: now,
    request_id: id,
    approved,
    approved_scopes: scopes,
    expires_at: expiresAt,
    signature: signText(key, text, context.settings.binding.signature),
  };
}

const refusal: Decision = { approved: false, scopes: [] };

/** Keeps the habits of the users; `keys` are private keys by DID. */
export function userHabits(context: Signing, keys: ReadonlyMap<string, KeyObject>): UserHabits {
  const habits = new Map<string, Habit>();
  const { users } = context.settings;

  const answers = (habit: Habit, key: KeyObject, request: ConfirmationRequest): readonly JsonObject[] => {
    const say = (decision: Decision) => signedAnswer(context, key, request, decision);
    const all: Decision = { approved: true, scopes: request.requested };
    if (habit === "approve") return [say(all)];
    if (habit === "deny") return [say(refusal)];
    if (habit === "silence") return [];
    if (habit === "twice") return [say(all), say(refusal)];
    // Signed for another question, it is no signature of this one.
    if (habit === "wrong-signature") {
      const { signature } = signedAnswer(context, key, { ...request, id: `${request.id}-other` }, all);
      return [{ ...say(all), signature }];
    }
    return [say({ approved: true, scopes: request.requested.filter((scope) => habit.includes(scope)) })];
  };

  return {
    current: () => new Map(habits),
    set(userName, habit) {
      const user = [...users.values()].find(({ name }) => name === userName);
      if (user === undefined || !keys.has(user.did)) {
        throw new RangeError(`the mock has no key of a user called ${JSON.stringify(userName.slice(0, 100))}`);
      }
      if (habit === undefined) habits.delete(userName);
      else habits.set(userName, habit);
    },
    clear: () => habits.clear(),
    answersTo(request) {
      const key = keys.get(request.user.did);
      const habit = habits.get(request.user.name);
      return key === undefined || habit === undefined ? undefined : answers(habit, key, request);
    },
  };
}
