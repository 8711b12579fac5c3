import { generateKeyPair, type KeyObject, randomInt } from "node:crypto";
import { promisify } from "node:util";
import { spki } from "../drivers/aun/identity.ts";
import type { AunWorld, Members } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Json } from "../engine/json.ts";
import type { RpcCall } from "../engine/rpc.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";

const needs = ["open-registration"] as const;
const newKeys = promisify(generateKeyPair);

/** A name that breaks the rule ^[a-z0-9_][a-z0-9_-]{3,63}$, in one way. */
interface BadName {
  readonly variant: string;
  readonly what: string;
  /** The AID; `free` is a good name that nobody has. */
  readonly aid: (free: string, world: AunWorld) => string;
}

/** The longest name, 64 characters, and one more. */
const longestName = 64;

const badNames: readonly BadName[] = [
  {
    variant: "short",
    what: "a name of three characters",
    // Any free one will do; a fixed one might be taken, and refused for that.
    aid: (_free, { issuer }) => `${randomInt(46_656).toString(36).padStart(3, "0")}.${issuer}`,
  },
  {
    variant: "long",
    what: "a name of 65 characters",
    aid: (free, { issuer }) => `${free.padEnd(longestName + 1, "x")}.${issuer}`,
  },
  { variant: "dash", what: "a name that begins with a dash", aid: (free, { issuer }) => `-${free}.${issuer}` },
  { variant: "upper", what: "a name in upper case", aid: (free, { issuer }) => `${free.toUpperCase()}.${issuer}` },
  { variant: "dot", what: "a name with a dot in it", aid: (free, { issuer }) => `${free}.a.${issuer}` },
  { variant: "guest", what: "a guest's name", aid: (free, { issuer }) => `guest${free}.${issuer}` },
  { variant: "other-issuer", what: "an AID of another issuer", aid: (free) => `${free}.elsewhere.invalid` },
  {
    variant: "issuer-as-suffix",
    what: "an AID of an issuer whose name ends like the target's",
    aid: (free, { issuer }) => `${free}.x${issuer}`,
  },
  { variant: "unicode", what: "a name with letters beyond ASCII", aid: (free, { issuer }) => `${free}ä.${issuer}` },
  { variant: "empty", what: "an empty name", aid: (_free, { issuer }) => `.${issuer}` },
];

const names: readonly Check<AunWorld>[] = badNames.map(({ variant, what, aid }) =>
  rpcRefusal({
    id: `A83.${variant}`,
    requirement: "A83",
    title: `${what} is refused`,
    needs,
    control: (world: AunWorld) => world.createAid(world.stranger()),
    attempt: (world) => world.createAid(world.stranger(aid(world.stranger().name, world))),
  }),
);

/** Names at the limits of the rule; each is random, so that nobody has it. */
const goodNames = (free: string): readonly string[] => [
  randomInt(36 ** 3, 36 ** 4).toString(36),
  free.padEnd(longestName, "x"),
  `7-_${free}`,
  `_${free}-`,
];

/** A public key that is none on P-256, in one way. */
interface BadKey {
  readonly variant: string;
  readonly what: string;
  /** The member public_key; `good` is a good one. */
  readonly key: (good: string) => Promise<Json | undefined> | Json | undefined;
  readonly curve?: string;
}

const spkiOf = ({ publicKey }: { readonly publicKey: KeyObject }) => spki(publicKey);

/** A P-256 SPKI holds its point in the last 65 bytes (RFC 5480 § 2.2). */
const pointLength = 65;

function offCurve(good: string): string {
  const bytes = Buffer.from(good, "base64");
  // Two points have one x, and their y sum up to the prime: y + 1 is of neither.
  const last = bytes.length - 1;
  bytes[last] = ((bytes[last] ?? 0) + 1) % 256;
  return bytes.toString("base64");
}

const badKeys: readonly BadKey[] = [
  {
    variant: "p384-key",
    what: "a key on P-384",
    key: async () => spkiOf(await newKeys("ec", { namedCurve: "P-384" })),
    curve: "P-384",
  },
  {
    variant: "secp256k1-key",
    what: "a key of the same length on another curve",
    key: async () => spkiOf(await newKeys("ec", { namedCurve: "secp256k1" })),
  },
  { variant: "rsa-key", what: "an RSA key", key: async () => spkiOf(await newKeys("rsa", { modulusLength: 2048 })) },
  { variant: "ed25519-key", what: "an Ed25519 key", key: async () => spkiOf(await newKeys("ed25519")) },
  { variant: "garbage", what: "a text that is no key", key: () => "garbage" },
  { variant: "off-curve", what: "a point that is not on the curve", key: offCurve },
  {
    variant: "raw-point",
    what: "a point without the SPKI around it",
    key: (good) => Buffer.from(good, "base64").subarray(-pointLength).toString("base64"),
  },
  { variant: "missing", what: "a request without public_key", key: () => undefined },
];

const keys: readonly Check<AunWorld>[] = badKeys.map(({ variant, what, key, curve }) =>
  rpcRefusal({
    id: `A84.${variant}`,
    requirement: "A84",
    title: `auth.create_aid refuses ${what}`,
    needs,
    control: (world: AunWorld) => world.createAid(world.stranger()),
    async attempt(world) {
      const identity = world.stranger();
      const bend: Members = { public_key: await key(identity.publicKey), ...(curve === undefined ? {} : { curve }) };
      return world.createAid(identity, bend);
    },
  }),
);

/** Which AIDs and keys are not certified (A83 to A85). */
export const registrationChecks: readonly Check<AunWorld>[] = [
  ...names,
  rpcAcceptance({
    id: "A83.limits",
    requirement: "A83",
    title: "names of 4 and of 64 characters, and any of their characters in front but a dash, are granted",
    // An operator may keep names back.
    level: "should",
    needs,
    control: (world: AunWorld) => world.createAid(world.stranger()),
    async attempt(world) {
      const calls: RpcCall[] = [];
      for (const name of goodNames(world.stranger().name)) {
        calls.push(await world.createAid(world.stranger(`${name}.${world.issuer}`)));
      }
      return calls;
    },
  }),
  ...keys,
  rpcRefusal({
    id: "A85.taken",
    requirement: "A85",
    title: "an AID that exists is not given to another key",
    needs,
    async control(world: AunWorld) {
      const identity = world.stranger();
      return { call: await world.createAid(identity), identity };
    },
    attempt: (world, { identity }) => world.createAid(world.stranger(identity.aid)),
  }),
];
