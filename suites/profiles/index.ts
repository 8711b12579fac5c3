import type { Profile } from "../engine/profile.ts";

/** Every profile that exists, loaded when it is asked for. */
export const profiles = {
  "ath-gateway": async (): Promise<Profile> => (await import("./ath-gateway.ts")).athGateway,
} as const;

export type RunnableProfile = keyof typeof profiles;

export const profileIds: readonly RunnableProfile[] = ["ath-gateway"];

export function isRunnable(id: string): id is RunnableProfile {
  return Object.hasOwn(profiles, id);
}
