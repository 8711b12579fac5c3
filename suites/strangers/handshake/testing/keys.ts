import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import type { Algorithm, Character } from "./character.ts";

type Encoding = Character["signature"];

export interface OwnKey {
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly pem: string;
}

export function newOwnKey(algorithm: Algorithm, style: Character["pem"]): OwnKey {
  const pair =
    algorithm === "ES256" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  return { algorithm, ...pair, pem: pemOf(pair.publicKey, style) };
}

/** SPKI PEM; RFC 7468 § 2 lets parsers take other line lengths and line ends than its own 64 characters. */
export function pemOf(key: KeyObject, style: Character["pem"]): string {
  const base64 = key.export({ format: "der", type: "spki" }).toString("base64");
  const width = { "of-openssl": 64, narrow: 48, "one-line": base64.length, crlf: 76 }[style];
  const lines = base64.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  const end = style === "crlf" ? "\r\n" : "\n";
  return ["-----BEGIN PUBLIC KEY-----", ...lines, "-----END PUBLIC KEY-----"].join(end);
}

const p256Header = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/** A public key of somebody else; undefined when it is none of P-256 or Ed25519. */
export function readKey(pem: string): { readonly algorithm: Algorithm; readonly key: KeyObject } | undefined {
  const inner = /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1];
  if (inner === undefined) return undefined;
  const der = Buffer.from(inner, "base64");
  try {
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ed25519") return { algorithm: "EdDSA", key };
    return der.length === 91 && der.toString("hex").startsWith(p256Header) ? { algorithm: "ES256", key } : undefined;
  } catch {
    return undefined;
  }
}

const dsa = { raw: "ieee-p1363", der: "der" } as const;

/** Padded to a whole number of four characters (RFC 4648 § 5). */
export function padded(base64url: string): string {
  return base64url.padEnd(Math.ceil(base64url.length / 4) * 4, "=");
}

export function signed({ algorithm, privateKey }: OwnKey, text: string, encoding: Encoding): string {
  const bytes = Buffer.from(text);
  const signature =
    algorithm === "EdDSA"
      ? sign(null, bytes, privateKey)
      : sign("sha256", bytes, { key: privateKey, dsaEncoding: dsa[encoding] });
  return signature.toString("base64url");
}

export function verified(key: KeyObject, text: string, signature: string, encoding: Encoding): boolean {
  if (!/^[\w-]{1,200}$/.test(signature)) return false;
  const bytes = Buffer.from(signature, "base64url");
  if (key.asymmetricKeyType === "ed25519") return verify(null, Buffer.from(text), key, bytes);
  return verify("sha256", Buffer.from(text), { key, dsaEncoding: dsa[encoding] }, bytes);
}

export type Claims = Readonly<Record<string, unknown>>;

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");

export function jwt(key: OwnKey, header: Claims, claims: Claims): string {
  const input = `${encoded({ ...header, alg: key.algorithm })}.${encoded(claims)}`;
  return `${input}.${signed(key, input, "raw")}`;
}

/** The claims of a JWT that this key has signed; undefined: it has not. */
export function claimsBy(key: KeyObject, token: string): Claims | undefined {
  const [header, claims, signature, ...rest] = token.split(".");
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) return undefined;
  const wanted = key.asymmetricKeyType === "ed25519" ? "EdDSA" : "ES256";
  const said = objectOf(header);
  if (said?.["alg"] !== wanted || !verified(key, `${header}.${claims}`, signature, "raw")) return undefined;
  return objectOf(claims);
}

function objectOf(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
