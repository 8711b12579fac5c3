import { notTested } from "../engine/stop.ts";
import type { Grant, RegisterOptions, Registration } from "./agent.ts";
import type { Settings } from "./settings.ts";

/** What an agent asks for when nothing else is said: the first configured provider with all its scopes. */
export function firstProviderWhole({ providers }: Settings): NonNullable<RegisterOptions["providers"]> {
  return providers.slice(0, 1).map(({ id, scopes }) => ({ provider_id: id, scopes }));
}

/** The first provider that the registration has something approved for. */
export function approvedProvider({ approved }: Registration, { providers }: Settings): string {
  const withScopes = Object.entries(approved).find(([, scopes]) => scopes.length > 0);
  return withScopes?.[0] ?? providers[0]?.id ?? "";
}

/** The scopes approved for a provider; for one that the registration does not speak of, what the configuration knows. */
export function approvedScopes(
  { approved }: Registration,
  provider: string,
  { providers }: Settings,
): readonly string[] {
  if (Object.hasOwn(approved, provider)) return approved[provider] ?? [];
  return providers.find(({ id }) => id === provider)?.scopes ?? Object.values(approved)[0] ?? [];
}

/** An operation that the token allows. Ends the check as not-tested when none is known. */
export function operationFor(
  { effectiveScopes, provider }: Grant,
  operationOf: (scope: string, provider: string) => string | undefined,
): string {
  for (const scope of effectiveScopes) {
    const operation = operationOf(scope, provider);
    if (operation !== undefined) return operation;
  }
  throw notTested("operations-unknown", `no operation is known for any of the scopes ${effectiveScopes.join(", ")}`, {
    cause: "configuration",
    mend: "list what each scope allows in providers[].operations",
  });
}
