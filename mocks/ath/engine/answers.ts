import { jsonResponse } from "../../core/json.ts";
import { knownResponse } from "../../core/known-response.ts";
import { Refused } from "../refusal.ts";
import type { AthRules } from "../rules.ts";

/** A JSON answer. */
export function answer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return jsonResponse(body, { status, headers });
}

/** Bearer challenges go with refused tokens (RFC 6750 § 3). */
const challenge = { "www-authenticate": 'Bearer error="invalid_token"' };

/** The ATHError of whatever was thrown; what is not a refusal is our own failure, and its text stays inside. */
export function refusalAnswer(rules: AthRules, error: unknown): Response {
  const refused = error instanceof Refused ? error : new Refused("internal", "the implementor failed");
  const { reason, message, members } = refused;
  const code = rules["errors.code"]({ reason });
  const status = rules["errors.status"]({ reason, code });
  const stack = (error instanceof Error ? error.stack : undefined) ?? message;
  const { contentType, text } = rules["errors.body"]({ reason, code, message, members, stack });
  return knownResponse(status, {
    headers: Object.entries({
      "content-type": contentType,
      "cache-control": "no-store",
      ...(code.startsWith("TOKEN_") ? challenge : {}),
      ...refused.headers,
    }),
    body: Buffer.from(text),
  });
}
