import { createHmac, type KeyObject, sign, type X509Certificate } from "node:crypto";
import type { Identity } from "../../drivers/aun/world.ts";
import type { Json } from "../../engine/json.ts";
import { type AccessToken, accessTokenIn } from "./access-token.ts";
import { keyOf } from "./certificates.ts";
import { zeroTokenSignature } from "./zero-signature.ts";

type Part = { readonly [name: string]: Json };

/** What a forger has: a token of its own with all in it, the service's public certificate, and a key that it made. */
export interface Forgery {
  readonly genuine: AccessToken;
  readonly authCertificate: X509Certificate | undefined;
  /** Key and certificate of the forger's own making. */
  readonly own: Identity;
  /** The AID that the forger wants to be. */
  readonly victim: string;
  /** Unix seconds. */
  readonly now: number;
}

const encoded = (part: Part) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** The genuine token; where the target's tokens are opaque, one with the documented header and claims. */
export function genuineToken(token: string, aid: string, issuer: string, now: number): AccessToken {
  const header = { alg: "ES256", typ: "JWT" };
  const claims = { aid, iss: `auth.${issuer}`, sub: aid, aud: "aun", iat: now, exp: now + 3600 };
  return (
    accessTokenIn(token) ?? { header, claims, signingInput: `${encoded(header)}.${encoded(claims)}`, signature: "" }
  );
}

function signed(header: Part, claims: Part, key: KeyObject): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  const bytes = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${bytes.toString("base64url")}`;
}

/** The header of the genuine token with another algorithm, the claims with another AID. */
const headerWith = ({ genuine: { header } }: Forgery, members: Part) => ({ ...header, ...members });
const claimsOf = ({ genuine: { claims } }: Forgery, aid: string) => ({ ...claims, sub: aid, aid });

/** Signed as it should be, by the forger. */
export function byOtherKey(forgery: Forgery): readonly string[] {
  const { own, victim } = forgery;
  return [signed(headerWith(forgery, { alg: "ES256" }), claimsOf(forgery, victim), own.privateKey)];
}

/** Not signed at all, and saying so in the spellings that have got past comparisons (RFC 8725 § 3.1). */
export function unsigned(forgery: Forgery): readonly string[] {
  const claims = encoded(claimsOf(forgery, forgery.victim));
  return ["none", "None", "NONE", "nOnE"].flatMap((alg) => {
    const input = `${encoded(headerWith(forgery, { alg }))}.${claims}`;
    return [`${input}.`, `${input}.${forgery.genuine.signature}`];
  });
}

/** Other claims under the genuine signature or one of zeros, and the genuine claims under a spoilt one. */
export function tampered(forgery: Forgery): readonly string[] {
  const { genuine, victim, now } = forgery;
  const later = { ...genuine.claims, exp: now + 10 * 365 * 24 * 60 * 60 };
  const [header, claims] = genuine.signingInput.split(".");
  const bodies = [claimsOf(forgery, victim), { ...genuine.claims, sub: victim }, later].map(encoded);
  const bytes = Buffer.from(genuine.signature, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return [
    ...bodies.flatMap((body) =>
      [genuine.signature, zeroTokenSignature].map((signature) => `${header}.${body}.${signature}`),
    ),
    `${header}.${claims}.${bytes.toString("base64url")}`,
    `${header}.${claims}.`,
  ];
}

/** An HMAC whose secret is what everybody may read: the service's key or certificate (RFC 8725 § 3.1). */
export function byPublicSecret(forgery: Forgery): readonly string[] {
  const { authCertificate, victim } = forgery;
  if (authCertificate === undefined) return [];
  const input = `${encoded(headerWith(forgery, { alg: "HS256" }))}.${encoded(claimsOf(forgery, victim))}`;
  const pem = authCertificate.publicKey.export({ type: "spki", format: "pem" }).toString();
  const certificate = authCertificate.toString();
  const secrets = [
    pem,
    pem.trimEnd(),
    certificate,
    certificate.trimEnd(),
    Buffer.from(keyOf(authCertificate), "base64"),
  ];
  return secrets.map((secret) => `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`);
}

/** Signed by a key that the token brings along (RFC 7515 § 4.1.3 and § 4.1.6), with the genuine kid and without. */
export function byEmbeddedKey(forgery: Forgery): readonly string[] {
  const { own, victim } = forgery;
  const jwk = publicJwk(own.privateKey);
  const x5c = [own.certificate.replace(/-----[^-]+-----|\s/g, "")];
  const { kid: _kid, ...anonymous } = headerWith(forgery, { alg: "ES256" });
  return [{ jwk }, { x5c }].flatMap((embedded) =>
    [headerWith(forgery, { alg: "ES256", ...embedded }), { ...anonymous, ...embedded }].map((header) =>
      signed(header, claimsOf(forgery, victim), own.privateKey),
    ),
  );
}

function publicJwk(key: KeyObject): Part {
  const { kty = "", crv = "", x = "", y = "" } = key.export({ format: "jwk" });
  return { kty, crv, x, y };
}

/** A second signature behind the first. */
export function twiceSigned({ genuine }: Forgery): readonly string[] {
  return [`${genuine.signingInput}.${genuine.signature}.${genuine.signature}`];
}

/** Base64 with padding, which JWTs do not have (RFC 7515 § 2). */
export function padded({ genuine }: Forgery): readonly string[] {
  return [`${genuine.signingInput}.${genuine.signature}==`];
}
