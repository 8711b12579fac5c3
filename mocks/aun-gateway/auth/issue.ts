import { createHash, type KeyObject } from "node:crypto";
import type { RandomSource } from "../../core/random.ts";
import { certificate } from "../../core/x509/certificate.ts";
import { spkiOf } from "../../core/x509/names.ts";
import { RpcError } from "../method.ts";
import { type SerialSource, validity } from "../pki/authority.ts";
import { issuerUrls } from "../pki/urls.ts";
import type { CertificatePurpose, Previous } from "../rules/pki.ts";
import { type AuthContext, rpcCode } from "./context.ts";
import { type AgentCertificate, MAX_CERTIFICATES } from "./state.ts";

const SERIAL_BYTES = 16;
const LIFE_YEARS = 2;

/** Serial numbers out of this source of randomness. */
export function serialSource(random: RandomSource): SerialSource {
  return () => {
    const bytes = Buffer.from(random.text(SERIAL_BYTES), "base64url");
    const [first = 0] = bytes;
    // 0x10 … 0x7f: positive in DER, and no leading zero nibble.
    bytes[0] = 0x10 + (first % 0x70);
    return bytes;
  };
}

/** First 16 hex digits of the SHA-256 of the key, by which clients ask for the certificate of a key. */
export function keyPrefixOf(publicKey: KeyObject): string {
  return createHash("sha256").update(spkiOf(publicKey)).digest("hex").slice(0, 16);
}

export interface CertificateOrder {
  readonly purpose: CertificatePurpose;
  readonly aid: string;
  readonly publicKey: KeyObject;
  readonly previous?: Previous | undefined;
}

/** Makes a certificate and registers it. Throws {@link RpcError} when there is no more room. */
export function issueCertificate(context: AuthContext, order: CertificateOrder): AgentCertificate {
  const { issuer, clock, rules, random, state, chain } = context;
  const { purpose, aid, publicKey, previous } = order;
  if (state.certificates.size >= MAX_CERTIFICATES)
    throw new RpcError(rpcCode.full, "no more certificates are made here");
  const fields = rules["certificate.fields"]({
    purpose,
    previous,
    fields: {
      subject: { commonName: aid },
      publicKey,
      serial: serialSource(random)(),
      ...validity(clock.now(), LIFE_YEARS),
      ...issuerUrls(issuer),
    },
  });
  const { pem, serial } = certificate(fields, rules["certificate.signer"]({ purpose, issuer: chain.issuer }));
  const { notBefore, notAfter } = fields;
  const keyPrefix = keyPrefixOf(fields.publicKey);
  const issued = { aid, pem, serial, publicKey: fields.publicKey, keyPrefix, notBefore, notAfter };
  state.certificates.set(serial, issued);
  state.byKeyPrefix.set(keyPrefix, issued);
  return issued;
}

/** Writes the certificate down as the AID's current one. */
export function makeCurrent({ state }: AuthContext, issued: AgentCertificate): void {
  const identity = state.identities.get(issued.aid);
  if (identity === undefined) {
    state.identities.set(issued.aid, { aid: issued.aid, current: issued, certificates: [issued] });
    return;
  }
  identity.current = issued;
  identity.certificates.push(issued);
}
