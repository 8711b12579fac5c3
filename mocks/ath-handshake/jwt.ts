import type { KeyObject } from "node:crypto";
import { isJsonObject, type JsonObject, own } from "../ath/json.ts";
import { algorithms, type ServerKey } from "./keys.ts";
import { bytesVerify, signAs } from "./signatures.ts";

/** A JWT in its parts (RFC 7515 § 3.1), nothing verified. */
export interface Jwt {
  readonly text: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

/** Longer than any honest credential or token. */
const MAX_LENGTH = 16 * 1024;
const form = /^(?<header>[\w-]+)\.(?<claims>[\w-]+)\.(?<signature>[\w-]*)$/;

function jsonPart(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the compact form apart; undefined when it is none. */
export function parseJwt(text: string): Jwt | undefined {
  const parts = text.length > MAX_LENGTH ? undefined : form.exec(text)?.groups;
  const [first, second, third] = [parts?.["header"], parts?.["claims"], parts?.["signature"]];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const header = jsonPart(first);
  const claims = jsonPart(second);
  if (header === undefined || claims === undefined) return undefined;
  return { text, header, claims, signingInput: `${first}.${second}`, signature: Buffer.from(third, "base64url") };
}

/** Whether the JWT is signed by this key, with the algorithm that goes with it and no critical extension. */
export function jwtVerifies(jwt: Jwt, key: KeyObject): boolean {
  const algorithm = key.asymmetricKeyType === "ed25519" ? "EdDSA" : "ES256";
  if (own(jwt.header, "alg") !== algorithm || own(jwt.header, "crit") !== undefined) return false;
  return bytesVerify(key, jwt.signingInput, jwt.signature);
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

const headers = new Map(algorithms.map((alg) => [alg, part({ alg, typ: "JWT" })]));

/** Signs claims as the gateway. */
export function signJwt(claims: JsonObject, key: ServerKey): string {
  const input = `${headers.get(key.algorithm)}.${part(claims)}`;
  return `${input}.${signAs(key, input)}`;
}
