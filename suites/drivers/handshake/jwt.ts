import { createHmac } from "node:crypto";
import { isObject, parseJson } from "../../engine/json.ts";
import { type HandshakeKey, joseSignature } from "./keys.ts";

/** Who signs a token: a key, nobody (`none`), or an HMAC with this text as its key. */
export type Signer = HandshakeKey | "none" | { readonly hmac: string };

interface Jwt {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signer: Signer;
}

/** A JWT in compact form, right or wrong: members that are undefined are left out. */
export function signJwt({ header, claims, signer }: Jwt): string {
  const input = `${part({ alg: algorithmOf(signer), typ: "JWT", ...header })}.${part(claims)}`;
  return `${input}.${signatureOf(signer, input)}`;
}

/** The same token with other claims, and the signature of the old ones. */
export function tamperJwt(jwt: string, changes: Readonly<Record<string, unknown>>): string {
  const [header = "", , signature = ""] = jwt.split(".");
  return `${header}.${part({ ...claimsOf(jwt), ...changes })}.${signature}`;
}

/** The claims of a JWT, unverified; undefined when it is none. */
export function claimsOf(jwt: string): Readonly<Record<string, unknown>> | undefined {
  return objectIn(jwt.split(".")[1]);
}

/** The header of a JWT; undefined when it is none. */
export function headerOf(jwt: string): Readonly<Record<string, unknown>> | undefined {
  return objectIn(jwt.split(".")[0]);
}

function objectIn(encoded: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(Buffer.from(encoded ?? "", "base64url").toString("utf8"));
  return isObject(value) ? value : undefined;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function algorithmOf(signer: Signer): string {
  if (signer === "none") return "none";
  return "hmac" in signer ? "HS256" : signer.algorithm;
}

function signatureOf(signer: Signer, input: string): string {
  if (signer === "none") return "";
  if ("hmac" in signer) return createHmac("sha256", signer.hmac).update(input).digest("base64url");
  return joseSignature(signer, input);
}
