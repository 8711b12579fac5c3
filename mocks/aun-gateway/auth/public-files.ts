import { createHash, X509Certificate } from "node:crypto";
import { errorResponse, jsonResponse } from "../../core/json.ts";
import { knownResponse } from "../../core/known-response.ts";
import { pem } from "../../core/x509/der.ts";
import { type CertificateStatus, ocspResponse, revocationList } from "../../core/x509/revocation.ts";
import type { AuthContext } from "./context.ts";

const DOCUMENT_LIFE_MS = 60 * 60 * 1000;

function file(contentType: string, body: string | Uint8Array): Response {
  return knownResponse(200, { headers: [["content-type", contentType]], body: Buffer.from(body) });
}

const notFound = () => errorResponse(404, "NOT_FOUND", "there is no such file here");

/** The PEM with this `sha256:…` fingerprint or beginning of the key's hash, among an AID's certificates. */
function certificateBy(context: AuthContext, aid: string, mark: string): string | undefined {
  const wanted = mark.toLowerCase().replace(/^sha256:/, "");
  const certificates = context.state.identities.get(aid)?.certificates ?? [];
  return certificates.find(({ pem: text, keyPrefix }) => keyPrefix === wanted || sha256Of(text) === wanted)?.pem;
}

function sha256Of(pemText: string): string {
  return createHash("sha256").update(new X509Certificate(pemText).raw).digest("hex");
}

/** `/pki/cert/{aid}` (also `auth.{issuer}`), `/pki/cert/{16 hex digits of the key's hash}`, `/pki/cert/{aid}?cert_fingerprint=…`. */
function certificateFile(context: AuthContext, name: string, query: URLSearchParams): Response {
  const { rules, state, chain, auth, clock, issuer } = context;
  if (name === `auth.${issuer}`) return file("application/x-pem-file", auth.certificate(clock.now()).pem);
  const mark = query.get("cert_fingerprint");
  const byName = state.identities.get(name)?.current.pem ?? state.byKeyPrefix.get(name.toLowerCase())?.pem;
  const found = mark === null ? byName : certificateBy(context, name, mark);
  const shown = rules["pki.registered"]({ found, issuer: chain.issuer.certificate.pem });
  return shown === undefined ? notFound() : file("application/x-pem-file", shown);
}

function revoked({ rules, state }: AuthContext): readonly { readonly serial: string; readonly at: number }[] {
  const listed = rules["pki.listed"]({ revoked: [...state.revoked.keys()] });
  return listed.map((serial) => ({ serial, at: state.revoked.get(serial) ?? 0 }));
}

function revocationFile(context: AuthContext): Uint8Array {
  const { rules, chain, clock } = context;
  const signer = rules["pki.crlSigner"]({ issuer: chain.issuer });
  return revocationList(revoked(context), signer, rules["pki.crlCurrency"]({ now: clock.now() }));
}

function crlJson(context: AuthContext): Response {
  // Clients look for this label; some tools write CRL instead.
  const crlPem = pem("X509 CRL", revocationFile(context));
  const answer = { crl_pem: crlPem, revoked_serials: revoked(context).map(({ serial }) => serial) };
  const shown = context.rules["pki.crlAnswer"]({ answer });
  return shown === undefined ? notFound() : jsonResponse(shown);
}

/** What is known of a serial number. */
function statusOf(context: AuthContext, serial: string): CertificateStatus {
  const entry = revoked(context).find((one) => one.serial === serial);
  if (entry !== undefined) return { status: "revoked", at: entry.at };
  const { state, auth, clock } = context;
  const isKnown = state.certificates.has(serial) || auth.certificate(clock.now()).serial === serial;
  return { status: isKnown ? "good" : "unknown" };
}

function ocspJson(context: AuthContext, serial: string): Response {
  const { rules, chain, clock } = context;
  const now = clock.now();
  const status = statusOf(context, serial);
  const response = ocspResponse(serial, status, chain.issuer, { thisUpdate: now, nextUpdate: now + DOCUMENT_LIFE_MS });
  const shown = rules["pki.ocspAnswer"]({
    answer: { status: status.status, serial, ocsp_response: response.toString("base64") },
  });
  return shown === undefined ? notFound() : jsonResponse(shown);
}

function chainFile({ rules, chain }: AuthContext): Response {
  const { issuer, registry, root } = chain;
  const pems = [issuer, registry, root].map(({ certificate }) => certificate.pem);
  return file("application/x-pem-file", rules["pki.chain"]({ chain: pems }).join(""));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** What everybody may read of the public key infrastructure; undefined when the path is none of its. */
export function publicFile(context: AuthContext, { pathname, searchParams }: URL): Response | undefined {
  const { issuer } = context.chain;
  if (pathname === "/pki/chain") return chainFile(context);
  if (pathname === "/pki/crl.json") return crlJson(context);
  if (pathname === "/ca/cert") return file("application/pkix-cert", issuer.certificate.der);
  if (pathname === "/ca/crl") return file("application/pkix-crl", revocationFile(context));
  const certificate = /^\/pki\/cert\/([^/]+)$/.exec(pathname)?.[1];
  if (certificate !== undefined) return certificateFile(context, decoded(certificate), searchParams);
  const serial = /^\/pki\/ocsp\/((?:[0-9a-f]{2}){1,20})$/i.exec(pathname)?.[1];
  if (serial !== undefined) return ocspJson(context, serial.toLowerCase());
  return pathname.startsWith("/pki/") ? notFound() : undefined;
}
