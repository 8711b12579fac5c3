import { isRecord } from "./json.ts";

/** What the user does at the consent page, decided beforehand. */
export interface ConsentPolicy {
  readonly user: string;
  /** The scopes to allow (those that are asked for), or everything, nothing, or a refusal of the whole request. */
  readonly grant: readonly string[] | "all" | "none" | "deny";
}

/** The policy a consent page follows; undefined: it asks a person. */
export interface ConsentControl {
  current(): ConsentPolicy | undefined;
  /** Throws a RangeError when the user is unknown. */
  set(policy: ConsentPolicy | undefined): void;
}

/** Reads a policy from outside; undefined when it is none. */
export function toConsentPolicy(value: unknown): ConsentPolicy | undefined {
  if (!isRecord(value)) return undefined;
  const { user, grant } = value;
  if (typeof user !== "string" || user === "") return undefined;
  if (grant === "all" || grant === "none" || grant === "deny") return { user, grant };
  if (Array.isArray(grant) && grant.every((scope) => typeof scope === "string")) return { user, grant };
  return undefined;
}
