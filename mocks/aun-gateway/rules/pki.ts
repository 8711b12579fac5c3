import type { KeyObject } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import type { CertificateFields, Signer } from "../../core/x509/certificate.ts";
import type { Currency } from "../../core/x509/revocation.ts";
import { DAY_MS } from "../pki/authority.ts";

/** What a certificate of an agent is made for. */
export type CertificatePurpose = "create" | "renew" | "rekey" | "request" | "login";

/** A certificate that comes before the one to be made. */
export interface Previous {
  readonly serial: string;
  readonly publicKey: KeyObject;
}

/** What the public key infrastructure decides; keys of the answers are those of the AUN documents. */
export interface PkiRules {
  /** What stands in an agent's certificate (A82, A102, A103, A104). */
  "certificate.fields"(input: {
    readonly purpose: CertificatePurpose;
    readonly fields: CertificateFields;
    readonly previous: Previous | undefined;
  }): CertificateFields;
  /** Who signs an agent's certificate (A82). */
  "certificate.signer"(input: { readonly purpose: CertificatePurpose; readonly issuer: Signer }): Signer;
  /** The PEM certificates of `/pki/chain`; they come issuer first (A82). */
  "pki.chain"(input: { readonly chain: readonly string[] }): readonly string[];
  /** The PEM certificate of `/pki/cert/…`; undefined: 404 (A82). */
  "pki.registered"(input: { readonly found: string | undefined; readonly issuer: string }): string | undefined;
  /** Which of the revoked serial numbers the lists name (A103). */
  "pki.listed"(input: { readonly revoked: readonly string[] }): readonly string[];
  /** Who signs the revocation list (A82). */
  "pki.crlSigner"(input: { readonly issuer: Signer }): Signer;
  /** From when to when the revocation list holds (A82). */
  "pki.crlCurrency"(input: { readonly now: number }): Currency;
  /** The answer of `/pki/crl.json`; undefined: 404 (A82). */
  "pki.crlAnswer"(input: { readonly answer: JsonObject }): JsonObject | undefined;
  /** The answer of `/pki/ocsp/{serial}`; undefined: 404 (A82). */
  "pki.ocspAnswer"(input: { readonly answer: JsonObject }): JsonObject | undefined;
}

export const honestPki: PkiRules = {
  "certificate.fields": ({ fields }) => fields,
  "certificate.signer": ({ issuer }) => issuer,
  "pki.chain": ({ chain }) => chain,
  "pki.registered": ({ found }) => found,
  "pki.listed": ({ revoked }) => revoked,
  "pki.crlSigner": ({ issuer }) => issuer,
  "pki.crlCurrency": ({ now }) => ({ thisUpdate: now, nextUpdate: now + DAY_MS }),
  "pki.crlAnswer": ({ answer }) => answer,
  "pki.ocspAnswer": ({ answer }) => answer,
};
