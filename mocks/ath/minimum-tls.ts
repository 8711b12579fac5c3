import { parseFault, ruleBook } from "../core/rules.ts";
import type { TlsVersion } from "../core/tls.ts";
import { athFaults } from "./faults/index.ts";
import { honestRules } from "./honest.ts";

/**
 * The oldest TLS version that the server before an implementor with these faults offers. A server needs it before the
 * implementor has an address; faults of other mocks are passed over.
 */
export function minimumTlsVersion(faults: readonly string[]): TlsVersion {
  const ours = faults.map(parseFault).filter(({ id }) => athFaults.some((fault) => fault.id === id));
  return ruleBook(honestRules, athFaults, ours).rules["transport.minimumTlsVersion"]();
}
