import { verify, X509Certificate } from "node:crypto";
import { harmlessKey } from "../../core/public-key.ts";

/** What a gateway signs to greet another: who speaks to whom, bound to the nonce of this one connection. */
export function helloText(issuer: string, to: string, nonce: string): string {
  return `federation.hello|${issuer}|${to}|${nonce}`;
}

/** Where a gateway publishes its files, given its WebSocket URL. */
export function httpOrigin(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol === "wss:" ? "https" : "http"}://${host}`;
}

/** Whether the signature (DER, base64) over the text is by the key of this certificate (PEM), made out to `auth.{issuer}`. */
export function provesIssuer(certificate: string, issuer: string, text: string, signature: string): boolean {
  try {
    const { subject, publicKey } = new X509Certificate(certificate);
    if (harmlessKey(publicKey) === undefined) return false;
    if (!subject.split("\n").includes(`CN=auth.${issuer}`)) return false;
    return verify("sha256", Buffer.from(text), publicKey, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
