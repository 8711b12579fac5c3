import { createPrivateKey, createPublicKey } from "node:crypto";
import type { AgentKey } from "../../drivers/agent.ts";
import { certificateOf } from "../../drivers/certificate.ts";

const hourMs = 60 * 60 * 1000;
const forger = "Gateproof forger";

/** A self-signed certificate of an agent's key, PEM, good for an hour before and a day after `now` (ms). */
export function selfSignedCertificate(key: AgentKey, now: number): string {
  return certificateOf({
    subject: forger,
    issuer: forger,
    publicKey: createPublicKey(key.publicPem),
    notBefore: now - hourMs,
    notAfter: now + 24 * hourMs,
    signer: createPrivateKey(key.privatePem),
    hash: "sha256",
  });
}
