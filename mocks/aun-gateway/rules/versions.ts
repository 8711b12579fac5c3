import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import type { VersionRange } from "../settings.ts";

export interface VersionRules {
  /** A38, A39: the range a client asks for; undefined when it is none. */
  "versions.asked": (input: {
    readonly protocol: unknown;
    readonly compare: CompareVersions;
  }) => VersionRange | undefined;
  /** A34: below 0 when the first is the lower. */
  "versions.compare": CompareVersions;
  /** A34, A35: the version both speak; undefined when there is none. */
  "versions.chosen": (input: {
    readonly client: VersionRange;
    readonly server: VersionRange;
    readonly compare: CompareVersions;
  }) => string | undefined;
  /** A35: code when there is none. */
  "versions.code": () => number;
  /** A36: data of that error. */
  "versions.data": (input: { readonly client: VersionRange; readonly server: VersionRange }) => JsonObject | undefined;
  /** A37: whether the connection ends then. */
  "versions.closes": () => boolean;
}

export type CompareVersions = (one: string, other: string) => number;

const version = /^\d{1,9}(?:\.\d{1,9}){0,2}$/;

/** Old clients leave the range out and mean 1.0 (Gateway mode § protocol version). */
const assumed = "1.0";

function compareVersions(one: string, other: string): number {
  const right = other.split(".").map(Number);
  const left = one.split(".").map(Number);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Gives a version as text, the assumed one when it is left out, undefined when it is something else. */
export function versionOf(protocol: unknown, end: keyof VersionRange): string | undefined {
  if (protocol === undefined) return assumed;
  const value = isJsonObject(protocol) ? own(protocol, end) : null;
  if (value === undefined) return assumed;
  return typeof value === "string" && version.test(value) ? value : undefined;
}

export const honestVersions: VersionRules = {
  "versions.asked": ({ protocol, compare }) => {
    const min = versionOf(protocol, "min");
    const max = versionOf(protocol, "max");
    return min === undefined || max === undefined || compare(min, max) > 0 ? undefined : { min, max };
  },
  "versions.compare": compareVersions,
  "versions.chosen": ({ client, server, compare }) => {
    const lowest = compare(client.min, server.min) > 0 ? client.min : server.min;
    const highest = compare(client.max, server.max) < 0 ? client.max : server.max;
    return compare(lowest, highest) > 0 ? undefined : highest;
  },
  "versions.code": () => -32000,
  "versions.data": ({ client, server }) => ({
    server_range: { min: server.min, max: server.max },
    client_range: { min: client.min, max: client.max },
  }),
  "versions.closes": () => true,
};
