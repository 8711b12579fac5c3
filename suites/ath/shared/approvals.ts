import { member, strings, text } from "../../engine/json.ts";

/** What a registration's answer says of one provider; a list that is none counts as empty. */
export interface Approval {
  readonly approved: readonly string[];
  readonly denied: readonly string[];
}

/** What an AgentRegistrationResponse says of a provider; undefined when it does not speak of it. */
export function approvalOf(body: unknown, providerId: string): Approval | undefined {
  const listed = member(body, "approved_providers");
  if (!Array.isArray(listed)) return undefined;
  const entries: readonly unknown[] = listed.filter((entry: unknown) => text(entry, "provider_id") === providerId);
  if (entries.length === 0) return undefined;
  const scopes = (name: string) => entries.flatMap((entry) => strings(member(entry, name)) ?? []);
  return { approved: scopes("approved_scopes"), denied: scopes("denied_scopes") };
}

/** One way in which a decision does not divide what was asked; the judge's own set arithmetic. */
export interface PartitionFlaw {
  readonly reasonCode: "missing-scope" | "overlap" | "extra-scope";
  readonly expected: string;
  readonly actual: string;
}

/** How a decision fails to divide the requested scopes into approved and denied ones; undefined when it does. */
export function partitionFlaw(requested: readonly string[], { approved, denied }: Approval): PartitionFlaw | undefined {
  const isIn = (list: readonly string[]) => (scope: string) => list.includes(scope);
  const list = (scopes: readonly string[]) => scopes.map((scope) => JSON.stringify(scope)).join(", ");
  const extra = [...approved, ...denied].filter((scope) => !requested.includes(scope));
  if (extra.length > 0) {
    return {
      reasonCode: "extra-scope",
      expected: `nothing beyond what was asked (${list(requested)})`,
      actual: `also ${list(extra)}`,
    };
  }
  const both = approved.filter(isIn(denied));
  if (both.length > 0) {
    return {
      reasonCode: "overlap",
      expected: "every scope is approved or denied, and none is both",
      actual: `both: ${list(both)}`,
    };
  }
  const missing = requested.filter((scope) => !isIn(approved)(scope) && !isIn(denied)(scope));
  if (missing.length === 0) return undefined;
  return {
    reasonCode: "missing-scope",
    expected: "every requested scope is approved or denied",
    actual: `neither: ${list(missing)}`,
  };
}
