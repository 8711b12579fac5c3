import type { Connection } from "../../drivers/handshake/agent.ts";
import { claimsOf, headerOf } from "../../drivers/handshake/jwt.ts";
import { algorithmOf, readPublicKey, signatureVerifies } from "../../drivers/handshake/keys.ts";
import { isObject, type Json, strings } from "../../engine/json.ts";

/** What a token says, as facts for the judge: the token itself stands in the evidence as a placeholder. */
export interface TokenFacts {
  readonly header: unknown;
  readonly claims: unknown;
  /** It verifies as a JWS with the key of handshake_response, by the algorithm of that key. */
  readonly signatureValid: boolean;
}

/** Reads and verifies an access token. */
export function readToken({ token, handshake }: Connection): TokenFacts {
  const publicPem = handshake.offer?.serverKey ?? "";
  const [header = "", claims = "", signature = ""] = token.split(".");
  const key = readPublicKey(publicPem);
  const said = headerOf(token);
  const rightAlgorithm = key !== undefined && said?.["alg"] === algorithmOf(key);
  // A JWS is r‖s, whatever the encoding of the handshake's messages (RFC 7518 § 3.4).
  const verifies = signatureVerifies({ text: `${header}.${claims}`, signature, publicPem, encoding: "raw" });
  return { header: said, claims: claimsOf(token), signatureValid: rightAlgorithm && verifies };
}

/** The claims as they went into the evidence; undefined when the token was no JWT. */
export function claimsFact(facts: Readonly<Record<string, Json>>): Readonly<Record<string, unknown>> | undefined {
  const { claims } = facts;
  return isObject(claims) ? claims : undefined;
}

/** The scopes of a token: an array, or one text with blanks as in RFC 8693 § 4.2. */
export function scopesOf(claims: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const told = claims["scopes"] ?? claims["scope"];
  return typeof told === "string" ? told.split(" ").filter((scope) => scope !== "") : strings(told);
}
