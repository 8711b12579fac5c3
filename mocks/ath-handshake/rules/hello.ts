import type { Algorithm, PublicKey, ServerKey, ServerKeys } from "../keys.ts";
import { isAlgorithm, readPublicKey } from "../keys.ts";
import { remember } from "../state.ts";

/** A handshake that a refusal tells of. */
export interface Opened {
  readonly id: string;
  readonly nonce: string;
}

/** Steps 1 and 2 (HS-1 to HS-4, HS-22, HS-23). */
export interface HelloRules {
  /** HS-3: the highest version both speak; undefined: none. */
  "hello.version": (input: {
    readonly offered: readonly string[];
    readonly supported: readonly string[];
  }) => string | undefined;
  /** HS-3: the handshake that comes of an offer without a common version. */
  "hello.versionRefusal": (input: { readonly open: () => Opened }) => Opened | undefined;
  /** HS-4: the capabilities both have. */
  "hello.capabilities": (input: {
    readonly offered: readonly string[];
    readonly supported: readonly string[];
  }) => readonly string[];
  /** HS-4: the algorithm the gateway signs with, one the agent can check; undefined: none. */
  "hello.algorithm": (input: { readonly offered: readonly string[] }) => Algorithm | undefined;
  /** HS-5: the agent's key, P-256 or Ed25519 and on its curve; undefined: it is none. */
  "hello.agentKey": (input: { readonly pem: string }) => PublicKey | undefined;
  /** HS-22: a DID keeps the key it has proved. */
  "hello.keyIsKept": (input: { readonly fingerprint: string; readonly proved: string | undefined }) => boolean;
  /** HS-1: the keys that answer for the gateway. */
  "hello.serverKeys": (input: { readonly own: ServerKeys; readonly fresh: () => ServerKeys }) => ServerKeys;
  /** HS-1: the key that signs nonce A. */
  "hello.signingKey": (input: { readonly announced: ServerKey; readonly fresh: () => ServerKey }) => ServerKey;
  /** HS-1: the text that is signed. */
  "hello.signedText": (input: { readonly nonceA: string; readonly nonceB: string }) => string;
  /** HS-2: nonce B. `count`: handshakes opened before. */
  "hello.nonce": (input: { readonly random: () => string; readonly nonceA: string; readonly count: number }) => string;
  /** HS-23: what to do when so many handshakes are open: the oldest abandoned one makes room. `opened`: since the start. */
  "hello.room": (input: {
    readonly open: number;
    readonly opened: number;
    readonly most: number;
  }) => "open" | "evict" | "refuse";
}

/** Positive when `one` is the higher version; parts are numbers, so that 0.10 is above 0.9. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [one.split(".").map(Number), other.split(".").map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Agents come again and again with the same key, and reading one costs as much as verifying a signature. */
const read = new Map<string, PublicKey>();
const MAX_READ = 1_000;

function agentKey(pem: string): PublicKey | undefined {
  const known = read.get(pem);
  if (known !== undefined) return known;
  const key = readPublicKey(pem);
  if (key !== undefined) remember(read, pem, key, MAX_READ);
  return key;
}

export const honestHello: HelloRules = {
  "hello.version": ({ offered, supported }) =>
    supported
      .filter((version) => offered.includes(version))
      .sort(compareVersions)
      .at(-1),
  "hello.versionRefusal": () => undefined,
  "hello.capabilities": ({ offered, supported }) => supported.filter((capability) => offered.includes(capability)),
  "hello.algorithm": ({ offered }) => (offered.includes("ES256") ? "ES256" : offered.find(isAlgorithm)),
  "hello.agentKey": ({ pem }) => agentKey(pem),
  "hello.keyIsKept": ({ fingerprint, proved }) => proved === undefined || proved === fingerprint,
  "hello.serverKeys": ({ own }) => own,
  "hello.signingKey": ({ announced }) => announced,
  "hello.signedText": ({ nonceA }) => nonceA,
  "hello.nonce": ({ random }) => random(),
  "hello.room": ({ open, most }) => (open < most ? "open" : "evict"),
};
