import { requirement } from "../../specs/index.ts";
import { athFaults } from "../ath/faults/index.ts";
import { serviceDiscoveryFaults } from "../ath/faults/service-discovery.ts";
import type { AthRules } from "../ath/rules.ts";
import type { Fault } from "../core/rules.ts";

/**
 * What shows with a provider of the kit behind the target, or with a second one, and therefore not at a native service:
 * checks of requirements that it shares with gateways.
 */
const unseenByChecks: ReadonlySet<string> = new Set([
  "REG-2.several-providers",
  "AUTHZ-4.other-provider",
  "AUTHZ-5.other-providers-scope",
  "TOK-10.before-callback",
  "CB-1.used-state",
  "TOK-2.consent-wider",
  "TOK-3.disjoint-consent",
  "BIND-1.user",
  "BIND-1.provider",
]);

/** Rules of code that a native service does not have, although checks of its profile find their faults at gateways. */
const gatewayRules: ReadonlySet<keyof AthRules> = new Set(["discovery.document", "proxy.beforeChecks"]);

/** Only a provider that grants what nobody asked for brings these out; the service's own page does not. */
const withoutEffect: ReadonlySet<string> = new Set(["TOK-2.requested-ignored"]);

/** The checks of native mode that find a shared fault. */
function nativeKills({ kills }: Fault<AthRules>): Readonly<Record<string, string>> {
  const found = Object.entries(kills).filter(
    ([check]) => !unseenByChecks.has(check) && requirement(check.split(".")[0] ?? "").profiles.includes("ath-native"),
  );
  return Object.fromEntries(found);
}

/** Every named way in which the reference native service can be made to misbehave: the engine's, and its own. */
export const nativeFaults: readonly Fault<AthRules>[] = [
  ...serviceDiscoveryFaults,
  ...athFaults
    .filter(({ id, rule }) => !gatewayRules.has(rule) && !withoutEffect.has(id))
    .map((fault) => ({ ...fault, kills: nativeKills(fault) }))
    .filter(({ kills }) => Object.keys(kills).length > 0),
];
