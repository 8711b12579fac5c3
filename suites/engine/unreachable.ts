import type { Exchange } from "./evidence.ts";
import { blocked, type Preflight } from "./preflight.ts";

/** What to do about each failure of the transport. */
const mends: Readonly<Record<string, string>> = {
  CONNECTION_REFUSED: "nothing listens there: start the target, or correct target.url",
  CONNECTION_RESET:
    "a port that speaks TLS closes at once (then target.url begins with https://), and so does a proxy that does not let this machine in",
  DNS: "the host name does not resolve here: correct target.url",
  TLS: "the certificate is not trusted: pass its CA with --ca, or --insecure for this host",
  TIMEOUT: "it accepts connections and does not answer: look at the target, or raise --timeout",
  PROTOCOL: "what answers there does not speak HTTP: check scheme and port of target.url",
};

/** What to do about a failure of the transport, by its code. */
export function mendOfTransport(code: string): string {
  return mends[code] ?? "check target.url, and that the target is up and reachable from here";
}

/** A first request that got no answer: no check can show anything. Undefined when there was one. */
export function unreachable(base: string, { error }: Exchange): Preflight | undefined {
  if (error === null) return undefined;
  const { code, message } = error;
  return blocked("target-unreachable", {
    severity: "error",
    whose: "environment",
    what: `no answer from ${base}: ${code}: ${message}`,
    mend: mendOfTransport(code),
  });
}
