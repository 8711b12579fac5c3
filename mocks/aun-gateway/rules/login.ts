import { type KeyObject, sign, verify, type X509Certificate } from "node:crypto";
import { type JsonObject, own, ownText } from "../../ath/json.ts";
import type { KeyPair } from "../../core/key-pair.ts";
import { curveOf } from "../../core/x509/names.ts";
import type { PendingLogin } from "../auth/state.ts";
import { DAY_MS } from "../pki/authority.ts";
import { base64In } from "../pki/base64.ts";

/** What a login nonce is used for; every use begins with `auth.aid_login1`. */
export type LoginUse = "login2" | "connect" | "renew" | "rekey";

/** `auth.aid_login1`, or what the nonce is used for later. */
export type CertificateUse = "login1" | LoginUse;

/** How the client's certificate and signature are judged (AUN 01 § 1.4, § 1.6). */
export interface LoginRules {
  /** Whether the issuer signed the certificate (A88); `issued`: it is, byte for byte, one that was made here. */
  "certificate.isOurs"(input: {
    readonly certificate: X509Certificate;
    readonly issued: boolean;
    readonly issuerKey: KeyObject;
  }): boolean;
  /** Whether the certificate is one for this AID (A88). */
  "certificate.isOfAid"(input: { readonly certificate: X509Certificate; readonly aid: string }): boolean;
  /** Whether the certificate has begun and not ended (A88). */
  "certificate.isCurrent"(input: {
    readonly use: LoginUse;
    readonly notBefore: number;
    readonly notAfter: number;
    readonly now: number;
  }): boolean;
  /** Whether a certificate that has ended can still be renewed (A102). */
  "certificate.isWithinGrace"(input: { readonly notAfter: number; readonly now: number }): boolean;
  /** A88, A102, A103. */
  "certificate.isRevoked"(input: {
    readonly use: CertificateUse;
    readonly serial: string;
    readonly revoked: { has(serial: string): boolean };
  }): boolean;

  /** A87. */
  "login.requestId"(input: { readonly params: JsonObject; readonly make: () => string }): string;
  /** A87. */
  "login.nonce"(input: { readonly make: () => string }): string;
  /** The auth service's signature over the client's nonce, standard base64 (A86). */
  "login.clientNonceSignature"(input: {
    readonly clientNonce: string;
    readonly nonce: string;
    readonly key: KeyObject;
  }): string;
  /** The certificate that goes with that signature, PEM (A86). */
  "login.authCertificate"(input: {
    readonly pem: string;
    readonly auth: KeyPair;
    readonly issuer: string;
    readonly now: number;
  }): string;
  /** The pending login that is meant (A91). */
  "login.find"(input: {
    readonly use: LoginUse;
    readonly requestId: string;
    readonly nonce: string;
    readonly logins: ReadonlyMap<string, PendingLogin>;
  }): PendingLogin | undefined;
  /** A29, A91. */
  "login.nonceFits"(input: {
    readonly use: LoginUse;
    readonly login: PendingLogin;
    readonly nonce: string;
    readonly logins: ReadonlyMap<string, PendingLogin>;
  }): boolean;
  /** Whether the nonce is young enough (A30, A91). */
  "login.isFresh"(input: { readonly createdAt: number; readonly now: number }): boolean;
  /** Whether the nonce is dead from now on (A29, A91, A102). */
  "login.isUsedUp"(input: { readonly use: LoginUse }): boolean;
  /** A92. */
  "login.connectionFits"(input: { readonly openedBy: string; readonly connectionId: string }): boolean;
  /** The keys that may have signed for this AID; none when the login is another's (A28, A29, A91). */
  "login.keys"(input: {
    readonly use: LoginUse;
    readonly login: PendingLogin;
    readonly aid: string;
    readonly keyOf: (aid: string) => KeyObject | undefined;
  }): readonly KeyObject[];
  /** The texts that `client_time` may stand for in what is signed; none when it is no time (A93). */
  "login.clientTimes"(input: { readonly value: unknown }): readonly string[];
  /** Whether the client's clock is right enough (A93). */
  "login.clientTimeFits"(input: { readonly value: unknown; readonly now: number }): boolean;
  /** A28, A90, A102, A103. */
  "login.signatureIsValid"(input: {
    readonly use: LoginUse;
    /** Standard base64 of DER. */
    readonly signature: string;
    /** Any of them may have been signed. */
    readonly texts: readonly string[];
    readonly keys: readonly KeyObject[];
    readonly knownKeys: () => Iterable<KeyObject>;
  }): boolean;
  /** The certificate that comes with a login, when it is time for a new one (A95). */
  "login.newCertificate"(input: {
    readonly notBefore: number;
    readonly notAfter: number;
    readonly now: number;
    /** Makes one, for the same key or another. */
    readonly make: (key?: KeyObject) => string;
  }): string | undefined;
  /** Which serial numbers die with the old key (A103). */
  "rekey.revoked"(input: { readonly serials: readonly string[] }): readonly string[];
  /** Whom an `auth` member with method aid is of; `holderOf` judges by all the other rules (A25, A26, A27). */
  "connectAid.holder"(input: {
    readonly auth: JsonObject;
    readonly holderOf: (auth: JsonObject) => string;
    readonly logins: ReadonlyMap<string, PendingLogin>;
    readonly issuer: string;
  }): string;
}

/** A login nonce lives this long (AUN 01 § 1.4). */
const NONCE_LIFE_MS = 60_000;

/** A certificate can be renewed this long after its end (AUN 01 § 1.6). */
const GRACE_MS = 90 * DAY_MS;

const MAX_TIME_TEXT = 64;

/** Whether one of the keys signed the text; SHA-256, or SHA-384 too where the key is P-384. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const bytes = base64In(signature);
  if (bytes === undefined) return false;
  const signed = Buffer.from(text, "utf8");
  return verify("sha256", signed, key, bytes) || (curveOf(key) === "P-384" && verify("sha384", signed, key, bytes));
}

/** The common name of a certificate's subject, when there is exactly one. */
export function commonNameOf(certificate: X509Certificate): string | undefined {
  const names = certificate.subject.split("\n").filter((line) => line.startsWith("CN="));
  return names.length === 1 ? names[0]?.slice("CN=".length) : undefined;
}

export const honestLogin: LoginRules = {
  "certificate.isOurs": ({ certificate, issued, issuerKey }) =>
    issued || (!certificate.ca && certificate.verify(issuerKey)),
  "certificate.isOfAid": ({ certificate, aid }) => commonNameOf(certificate) === aid,
  "certificate.isCurrent": ({ notBefore, notAfter, now }) => notBefore <= now && now <= notAfter,
  "certificate.isWithinGrace": ({ notAfter, now }) => now <= notAfter + GRACE_MS,
  "certificate.isRevoked": ({ serial, revoked }) => revoked.has(serial),

  // Clients of an older edition send one of their own (AUN annex J); it is not taken over.
  "login.requestId": ({ make }) => make(),
  "login.nonce": ({ make }) => make(),
  "login.clientNonceSignature": ({ clientNonce, key }) =>
    sign("sha256", Buffer.from(clientNonce, "utf8"), key).toString("base64"),
  "login.authCertificate": ({ pem }) => pem,
  "login.find": ({ requestId, logins }) => logins.get(requestId),
  "login.nonceFits": ({ login, nonce }) => login.nonce === nonce,
  "login.isFresh": ({ createdAt, now }) => now - createdAt <= NONCE_LIFE_MS,
  "login.isUsedUp": () => true,
  // The public clients open a socket for every call.
  "login.connectionFits": () => true,
  "login.keys": ({ login, aid }) => (login.aid === aid ? [login.presented.publicKey] : []),
  "login.clientTimes": ({ value }) => {
    if (typeof value === "string") return value === "" || value.length > MAX_TIME_TEXT ? [] : [value];
    if (typeof value !== "number" || !Number.isFinite(value)) return [];
    // A number's own text is lost in JSON; some languages write whole seconds with a fraction.
    return Number.isInteger(value) ? [String(value), `${value}.0`] : [String(value)];
  },
  // The time is signed, and never compared (AUN 01 § 1.4).
  "login.clientTimeFits": () => true,
  "login.signatureIsValid": ({ signature, texts, keys }) =>
    keys.some((key) => texts.some((text) => isSignedBy(key, text, signature))),
  "login.newCertificate": ({ notBefore, notAfter, now, make }) =>
    now > (notBefore + notAfter) / 2 ? make() : undefined,
  "rekey.revoked": ({ serials }) => serials,
  "connectAid.holder": ({ auth, holderOf }) => holderOf(auth),
};

/** The members of an `auth` with method aid that every one must have (AUN 03 § auth.connect). */
export const connectAidMembers = ["aid", "request_id", "nonce", "client_time", "signature"] as const;

/** Those of them that are missing or empty. */
export function missingOf(auth: JsonObject): readonly string[] {
  return connectAidMembers.filter((name) =>
    name === "client_time" ? (own(auth, name) ?? "") === "" : ownText(auth, name) === undefined,
  );
}
