import { BlockList, isIP } from "node:net";
import type { HandshakeConfig } from "../../schemas/index.ts";
import { type PublicKey, readPublicKey } from "./keys.ts";
import type { SignatureEncoding } from "./signatures.ts";

/** What the legacy backends speak. */
export const backendKinds = ["oa", "crm", "finance"] as const;
export type BackendKind = (typeof backendKinds)[number];

export interface User {
  readonly did: string;
  readonly name: string;
  readonly key: PublicKey;
  readonly confirmationUrl: string | undefined;
}

/** `METHOD /path` in parts; a segment in braces stands for any one segment. */
export interface Operation {
  readonly method: string;
  readonly segments: readonly string[];
}

/** A backend and what its scopes allow. */
export interface System {
  /** The first path segment, without its slash. */
  readonly name: string;
  readonly backend: BackendKind;
  readonly scopes: ReadonlyMap<string, readonly Operation[]>;
}

/** What an agent may do only within; announced in scope_result and enforced at each call. */
export interface Restrictions {
  readonly ip_whitelist?: readonly string[];
  readonly rate_limit?: string;
  readonly access_time?: string;
}

export interface RestrictionRow {
  /** Fits the whole DID. */
  readonly fits: (clientDid: string) => boolean;
  readonly restrictions: Restrictions;
}

export interface Policy {
  readonly scopesSupported: readonly string[];
  readonly deniedScopes: ReadonlySet<string>;
  /** Seconds. */
  readonly tokenMaxTtl: number;
  readonly requireUserConfirmation: boolean;
  readonly restrictions: readonly RestrictionRow[];
}

export interface Limits {
  readonly callsPerMinute: number;
  readonly handshakeTtlS: number;
  readonly confirmationTtlS: number;
  readonly openHandshakes: number;
  readonly bodyMaxBytes: number;
  readonly backendTimeoutMs: number;
  readonly breakerFailures: number;
  readonly breakerOpenS: number;
}

export interface Binding {
  readonly path: string;
  readonly correlation: "body" | "header" | "cookie";
  readonly signature: SignatureEncoding;
}

export interface ClientInfo {
  readonly name: string;
  readonly developer: string;
}

/** The configuration with every default filled in; maps, so that no inherited name is ever found. */
export interface HandshakeSettings {
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly serverDid: string;
  readonly versions: readonly string[];
  /** By DID. */
  readonly users: ReadonlyMap<string, User>;
  readonly agents: ReadonlyMap<string, ClientInfo>;
  /** By name. */
  readonly systems: ReadonlyMap<string, System>;
  readonly policy: Policy;
  readonly limits: Limits;
  readonly binding: Binding;
}

/** A configuration that passes its schema and still cannot work. */
export class HandshakeConfigError extends Error {
  readonly code = "INVALID_HANDSHAKE_CONFIG";
}

function userOf({ did, name, public_key, confirmation_url }: HandshakeConfig["users"][number]): User {
  const key = readPublicKey(public_key);
  if (key === undefined) {
    throw new HandshakeConfigError(`the public_key of ${did} must be a P-256 or Ed25519 key (SPKI PEM)`);
  }
  const lastPart = did.slice(did.lastIndexOf(":") + 1).replace(/[^\w.-]/g, "-");
  return { did, name: name ?? lastPart, key, confirmationUrl: confirmation_url };
}

function operationOf(line: string): Operation {
  const [method = "", path = ""] = line.split(" ");
  return { method, segments: path.split("/") };
}

function systemOf({ prefix, backend, scopes }: HandshakeConfig["systems"][number]): System {
  return {
    name: prefix.slice(1),
    backend,
    scopes: new Map(Object.entries(scopes).map(([scope, lines]) => [scope, lines.map(operationOf)])),
  };
}

type RestrictionConfig = NonNullable<NonNullable<HandshakeConfig["policy"]>["restrictions"]>[number];

function restrictionOf({ client_did, ...restrictions }: RestrictionConfig): RestrictionRow {
  for (const entry of restrictions.ip_whitelist ?? []) addAddress(new BlockList(), entry);
  const literal = client_did.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const pattern = new RegExp(`^${literal.join(".*")}$`);
  return { fits: (clientDid) => pattern.test(clientDid), restrictions };
}

/** Adds an address or a CIDR block to a list. Throws {@link HandshakeConfigError}. */
export function addAddress(list: BlockList, entry: string): void {
  const [address = "", bits] = entry.split("/");
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? longest : Number(bits);
  if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > longest) {
    throw new HandshakeConfigError(`ip_whitelist takes addresses and CIDR blocks, not "${entry}"`);
  }
  list.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
}

/** Fills in the defaults. Throws {@link HandshakeConfigError}. */
export function settingsOf(publicUrl: string, config: HandshakeConfig): HandshakeSettings {
  const { policy = {}, limits = {}, binding = {} } = config;
  const systems = config.systems.map(systemOf);
  return {
    publicUrl: publicUrl.replace(/\/+$/, ""),
    serverDid: config.server_did ?? "did:ath:gateway:mock",
    versions: config.versions ?? ["0.1", "0.2", "1.0"],
    users: new Map(config.users.map(userOf).map((user) => [user.did, user])),
    agents: new Map((config.agents ?? []).map(({ did, name, developer }) => [did, { name, developer }])),
    systems: new Map(systems.map((system) => [system.name, system])),
    policy: {
      scopesSupported: policy.scopes_supported ?? systems.flatMap(({ scopes }) => [...scopes.keys()]),
      deniedScopes: new Set(policy.denied_scopes),
      tokenMaxTtl: policy.token_max_ttl ?? 3600,
      requireUserConfirmation: policy.require_user_confirmation ?? true,
      restrictions: (policy.restrictions ?? []).map(restrictionOf),
    },
    limits: {
      callsPerMinute: limits.calls_per_minute ?? 600,
      handshakeTtlS: limits.handshake_ttl_s ?? 300,
      confirmationTtlS: limits.confirmation_ttl_s ?? 120,
      openHandshakes: limits.open_handshakes ?? 5_000,
      bodyMaxBytes: limits.body_max_bytes ?? 256 * 1024,
      backendTimeoutMs: limits.backend_timeout_ms ?? 5_000,
      breakerFailures: limits.breaker?.failures ?? 5,
      breakerOpenS: limits.breaker?.open_s ?? 30,
    },
    binding: {
      path: binding.path ?? "/ath/handshake",
      correlation: binding.correlation ?? "body",
      signature: binding.signature ?? "raw",
    },
  };
}
