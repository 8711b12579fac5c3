import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Character } from "./character.ts";
import type { Handshake, House, User } from "./house.ts";
import { type Claims, isObject, readKey, verified } from "./keys.ts";
import { number, Refusal, text, texts } from "./refusal.ts";

/** What the user said, once it counts. */
export interface Approval {
  readonly scopes: readonly string[];
  /** Unix seconds. */
  readonly until: number;
}

interface Asked {
  readonly user: User;
  readonly requestId: string;
  readonly scopes: readonly string[];
}

/** Asks the user and waits for an answer that counts; refuses when there is none in time. */
export async function ask(
  house: House,
  handshake: Handshake,
  user: User,
  scopes: readonly string[],
): Promise<Approval> {
  const { question, extras } = house.character;
  const requestId = randomUUID();
  const endsAt = house.now() + question.livesS * 1000;
  const asked: Asked = { user, requestId, scopes };
  const message = {
    ...extras,
    type: "authorization_confirmation_request",
    timestamp: Math.floor(house.now() / 1000),
    request_id: requestId,
    client_did: handshake.did,
    client_info: { name: `an agent called ${handshake.did.split(":").at(-1)}`, developer: "not known here" },
    requested_scopes: [...scopes].reverse(),
    expires_at: Math.floor(endsAt / 1000),
  };
  const deliver = async () => {
    await wait(question.pushedAfterMs);
    const response = await fetch(user.confirmationUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
    });
    return response.text();
  };
  const limit = expiry(house, endsAt);
  try {
    if (question.answer === "response") {
      const answer = await Promise.race([deliver(), limit.over]);
      return read(house, asked, parsed(answer));
    }
    const answered = posted(house, asked);
    await deliver();
    return await Promise.race([answered, limit.over]);
  } finally {
    limit.stop();
    house.waiting.delete(requestId);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Fails when the gateway's clock has passed the end; its clock may be moved. */
function expiry(house: House, endsAt: number): { readonly over: Promise<never>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (house.now() >= endsAt) reject(new Refusal("not-answered", "the user did not answer"));
    }, 20);
  });
  over.catch(() => {});
  return { over, stop: () => clearInterval(timer) };
}

function posted(house: House, asked: Asked): Promise<Approval> {
  const { wrong } = house.character.question;
  const answered = new Promise<Approval>((resolve, reject) => {
    house.waiting.set(asked.requestId, {
      take(answer) {
        try {
          resolve(read(house, asked, answer));
        } catch (error) {
          const final = error instanceof Refusal && error.situation === "denied-by-user";
          if (final || wrong === "ends-request") reject(error);
          if (!final) throw error;
        }
        house.waiting.delete(asked.requestId);
      },
    });
  });
  answered.catch(() => {});
  return answered;
}

/** What an answer says; refuses one that does not count. */
function read(house: House, { user, requestId, scopes }: Asked, answer: unknown): Approval {
  if (!isObject(answer)) throw new Refusal("not-answered", "the user's answer cannot be read");
  const { approved } = answer;
  const until = number(answer, "expires_at");
  const named = Array.isArray(answer["approved_scopes"]) && answer["approved_scopes"].length > 0;
  const approvedScopes = named ? texts(answer, "approved_scopes") : [];
  const said = JSON.stringify([answer["request_id"], approved, answer["approved_scopes"], until]);
  const fits = text(answer, "request_id") === requestId && verifiedBy(user, said, answer, house.character);
  if (!fits) throw new Refusal("not-answered", "this answer is not the user's");
  if (approved !== true) throw new Refusal("denied-by-user", "the user said no");
  if (until <= house.now() / 1000) throw new Refusal("not-answered", "this answer has expired");
  const unasked = approvedScopes.filter((scope) => !scopes.includes(scope));
  if (unasked.length > 0 && house.character.question.unasked === "no-answer") {
    throw new Refusal("not-answered", `nobody asked about ${unasked.join(" ")}`);
  }
  return { scopes: approvedScopes.filter((scope) => scopes.includes(scope)), until };
}

function verifiedBy(user: User, said: string, answer: Claims, { signature }: Character): boolean {
  const key = readKey(user.publicKey)?.key;
  const given = answer["signature"];
  return key !== undefined && typeof given === "string" && verified(key, said, given, signature);
}
