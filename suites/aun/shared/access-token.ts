import { verify, type X509Certificate } from "node:crypto";
import { isObject, type Json, parseJson } from "../../engine/json.ts";

type Part = { readonly [name: string]: Json };

/** A JWT in its parts, nothing verified (RFC 7519). */
export interface AccessToken {
  readonly header: Part;
  readonly claims: Part;
  /** What is signed: the first two segments. */
  readonly signingInput: string;
  /** The third segment, base64url. */
  readonly signature: string;
}

/** Reads an access token; undefined when it is no JWT. */
export function accessTokenIn(token: string): AccessToken | undefined {
  const [first = "", second = "", signature, ...rest] = token.split(".");
  const [header, claims] = [partIn(first), partIn(second)];
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined;
  return { header, claims, signingInput: `${first}.${second}`, signature };
}

function partIn(segment: string): Part | undefined {
  const value = parseJson(Buffer.from(segment, "base64url").toString("utf8"));
  return isPart(value) ? value : undefined;
}

/** What was parsed from JSON is JSON. */
function isPart(value: unknown): value is Part {
  return isObject(value);
}

/** The algorithms that the documents name, with their digests (AUN docs 01 § 1.7). */
const digests: Readonly<Record<string, string>> = { ES256: "sha256", ES384: "sha384" };

/** Whether the key of the auth service's certificate signed it, by the algorithm that its header names. */
export function isSignedBy(token: AccessToken, { publicKey }: X509Certificate): boolean {
  const digest = digests[String(token.header["alg"])];
  if (digest === undefined || publicKey.asymmetricKeyType !== "ec") return false;
  const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  return verify(digest, Buffer.from(token.signingInput), key, Buffer.from(token.signature, "base64url"));
}
