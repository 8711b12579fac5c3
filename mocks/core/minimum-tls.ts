import { type Fault, parseFault, type RuleSet, ruleBook } from "./rules.ts";
import type { TlsVersion } from "./tls.ts";

interface TlsRules {
  "transport.minimumTlsVersion"(): TlsVersion;
}

/**
 * The oldest TLS version that the server before an implementation with these rules and faults offers. A server needs it
 * before the implementation has an address; faults of other mocks are passed over.
 */
export function minimumTlsOf<Rules extends RuleSet<Rules> & TlsRules>(
  honest: Rules,
  catalogue: readonly Fault<Rules>[],
): (faults: readonly string[]) => TlsVersion {
  return (faults) => {
    const ours = faults.map(parseFault).filter(({ id }) => catalogue.some((fault) => fault.id === id));
    return ruleBook(honest, catalogue, ours).rules["transport.minimumTlsVersion"]();
  };
}
