import { createPublicKey, type KeyObject } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import { harmlessKey } from "../../core/public-key.ts";
import { curveOf } from "../../core/x509/names.ts";
import { base64In } from "../pki/base64.ts";

/** The methods of the auth service. */
export type AuthMethod =
  | "create_aid"
  | "aid_login1"
  | "aid_login2"
  | "refresh_token"
  | "renew_cert"
  | "rekey"
  | "request_cert"
  | "download_cert";

/** A certificate with the chain above it, as `auth.download_cert` gives it. */
export interface DownloadedCertificate {
  readonly cert: string;
  readonly ca_cert: string;
  readonly cert_chain: readonly string[];
}

/** Who gets which certificate. */
export interface AuthRules {
  /** What is wrong with the name; undefined: nothing (A83). */
  "create.nameProblem"(input: { readonly aid: string; readonly issuer: string }): string | undefined;
  /** The P-256 key in standard base64 of SPKI; undefined: it is none (A84). */
  "create.publicKey"(input: { readonly text: string }): KeyObject | undefined;
  /** Whether an AID may go to this key (A85). */
  "create.mayTake"(input: { readonly holder: KeyObject | undefined; readonly key: KeyObject }): boolean;
  /** Whether this session may have a certificate for the AID (A80). */
  "requestCert.allowed"(input: {
    readonly sessionAid: string | undefined;
    readonly aid: string;
  }): "yes" | "not-initialised" | "of-another";
  /** The certificate with a serial number or called root; undefined: there is none (A105). */
  "downloadCert.found"(input: {
    readonly serial: string;
    readonly find: (serial: string) => DownloadedCertificate | undefined;
  }): DownloadedCertificate | undefined;
  /** The result of a method on its way out (A81, A86, A89, A96, A102, A103). */
  "auth.result"(input: { readonly method: AuthMethod; readonly result: JsonObject }): JsonObject;
}

/** A SubjectPublicKeyInfo is 91 bytes on P-256, a few hundred with other algorithms. */
const MAX_KEY_TEXT = 4096;

/** SubjectPublicKeyInfo of P-256 up to the coordinates of its uncompressed point (RFC 5480 § 2.1.1). */
const p256Head = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const p256Coordinate = 32;

/**
 * The numbers of a P-256 key, by which OpenSSL reads it in a fraction of the time that DER takes; it looks whether the
 * point is on the curve, and the point at infinity has no numbers. Undefined: it is another key, or none.
 */
function p256Jwk(spki: Buffer) {
  const y = p256Head.length + p256Coordinate;
  if (spki.length !== y + p256Coordinate || !spki.subarray(0, p256Head.length).equals(p256Head)) return undefined;
  const text = (from: number, to?: number) => spki.subarray(from, to).toString("base64url");
  return { kty: "EC", crv: "P-256", x: text(p256Head.length, y), y: text(y) };
}

/** The public key in standard base64 of SPKI DER; undefined when it is none. */
export function keyIn(text: string): KeyObject | undefined {
  const key = text.length > MAX_KEY_TEXT ? undefined : base64In(text);
  if (key === undefined) return undefined;
  try {
    const jwk = p256Jwk(key);
    if (jwk !== undefined) return createPublicKey({ key: jwk, format: "jwk" });
    return harmlessKey(createPublicKey({ key, format: "der", type: "spki" }));
  } catch {
    return undefined;
  }
}

/** The part before the issuer; undefined when the AID is of another issuer. */
export function nameWithin(aid: string, issuer: string): string | undefined {
  return aid.endsWith(`.${issuer}`) ? aid.slice(0, -issuer.length - 1) : undefined;
}

/** Host names below the issuer that are services; an agent of that name would pass for one. */
const serviceNames: readonly string[] = ["auth", "gateway"];

export const honestAuth: AuthRules = {
  "create.nameProblem": ({ aid, issuer }) => {
    const name = nameWithin(aid, issuer);
    if (name === undefined) return `an AID here ends in .${issuer}`;
    if (!/^[a-z0-9_][a-z0-9_-]{3,63}$/.test(name)) return "a name has 4 to 64 of a-z, 0-9, _ and -, and no - in front";
    if (serviceNames.includes(name)) return "this name is the service's own";
    return name.startsWith("guest") ? "names that begin with guest are kept back" : undefined;
  },
  "create.publicKey": ({ text }) => {
    const key = keyIn(text);
    return key !== undefined && curveOf(key) === "P-256" ? key : undefined;
  },
  "create.mayTake": ({ holder, key }) => holder?.equals(key) ?? true,
  "requestCert.allowed": ({ sessionAid, aid }) => {
    if (sessionAid === undefined) return "not-initialised";
    return sessionAid === aid ? "yes" : "of-another";
  },
  "downloadCert.found": ({ serial, find }) => find(serial),
  "auth.result": ({ result }) => result,
};
