import type { Profile } from "../engine/profile.ts";

/** Every profile that exists, loaded when it is asked for. */
export const profiles = {
  "ath-gateway": async (): Promise<Profile> => (await import("./ath-gateway.ts")).athGateway,
  "ath-native": async (): Promise<Profile> => (await import("./ath-native.ts")).athNative,
  "ath-handshake": async (): Promise<Profile> => (await import("./ath-handshake.ts")).athHandshake,
  "aun-gateway": async (): Promise<Profile> => (await import("./aun-gateway.ts")).aunGateway,
} as const;

export type RunnableProfile = keyof typeof profiles;

export const profileIds: readonly RunnableProfile[] = ["ath-gateway", "ath-native", "ath-handshake", "aun-gateway"];

export function isRunnable(id: string): id is RunnableProfile {
  return Object.hasOwn(profiles, id);
}
