import type { KeyObject } from "node:crypto";
import { newKeyPair } from "../../core/key-pair.ts";
import { type Certificate, certificate } from "../../core/x509/certificate.ts";
import { type AuthorityChain, type SerialSource, validity } from "../pki/authority.ts";
import { issuerUrls } from "../pki/urls.ts";

/** The certificate of the auth service with its end. */
export interface AuthCertificate extends Certificate {
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The auth service as clients know it: `CN=auth.{issuer}`, P-256, since that is what their login signs with. */
export interface AuthIdentity {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The certificate at this time; a new one for the same key once half its life is over. */
  certificate(now: number): AuthCertificate;
}

const LIFE_YEARS = 2;

export function authIdentity(
  issuer: string,
  chain: AuthorityChain,
  started: number,
  serial: SerialSource,
): AuthIdentity {
  const keys = newKeyPair("P-256");
  const made = (now: number): AuthCertificate => {
    const period = validity(now, LIFE_YEARS);
    const subject = { commonName: `auth.${issuer}` };
    const fields = { subject, publicKey: keys.publicKey, serial: serial(), ...period, ...issuerUrls(issuer) };
    return { ...certificate(fields, chain.issuer), ...period };
  };
  let current = made(started);
  return {
    ...keys,
    certificate(now) {
      const { notBefore, notAfter } = current;
      if (now < notBefore || now > (notBefore + notAfter) / 2) current = made(now);
      return current;
    },
  };
}
