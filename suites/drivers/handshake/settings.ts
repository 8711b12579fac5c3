import type { HookRequest } from "../settings.ts";

/** What the drivers know of a nine-step gateway beyond its URL: the binding it chose, its users and its systems. */
export interface HandshakeSettings {
  /** Of the endpoint that takes the agent's messages, below target.url; `/ath/handshake`. */
  readonly path: string;
  /** Where the gateway hands out the handshake's id and wants it back. */
  readonly correlation: "body" | "header" | "cookie";
  /** How ES256 signatures are encoded inside messages: raw r‖s or DER, base64url both. Ed25519 has one encoding. */
  readonly signature: "raw" | "der";
  /** Of the keys of the kit's agents, and of users whose keys the kit makes; undefined: ES256. */
  readonly algorithm?: "ES256" | "EdDSA";
  /** Versions that the gateway supports, as dotted numbers; the agents offer them all. */
  readonly versions: readonly string[];
  /** What server_did must be; undefined: whatever the gateway says. */
  readonly serverDid?: string;
  /** The DIDs of the kit's agents, with {agent}. */
  readonly agentDid: string;
  /** A user whose public key the gateway knows. */
  readonly user: UserSettings;
  readonly secondUser?: UserSettings;
  readonly confirmation: ConfirmationSettings;
  /** Seconds that the agents ask for in scope_request. */
  readonly ttlS: number;
  /** The backend systems behind the gateway; the first one is used where one will do. */
  readonly systems: readonly SystemSettings[];
  /** DIDs, with {agent}, for which the gateway's policy grants with a restriction. */
  readonly restrictions: {
    readonly ipWhitelist?: string;
    readonly accessTime?: string;
    readonly rateLimit?: string;
    /**
     * Whom the gateway believes when he tells a client's address in a header. `proxy`: whoever calls from where the kit
     * does, since a proxy would; undefined: `proxy` over loopback, `nobody` elsewhere.
     */
    readonly forwardedBy?: "nobody" | "proxy";
  };
  readonly hooks: {
    /** What the backends received: a JSON array of requests. */
    readonly backendLog?: HookRequest;
    /** Makes a backend fail or work again; with {system}, {on}. */
    readonly backendFault?: HookRequest;
    /** With {token}. */
    readonly revokeToken?: HookRequest;
    /** Takes back what a user allowed an agent; with {user}, {agent}. */
    readonly revokeUser?: HookRequest;
  };
}

export interface UserSettings {
  readonly did: string;
  /** PKCS#8 PEM of the key whose public half the gateway knows; undefined: the kit makes one and tells its public half. */
  readonly privateKey?: string;
}

/** Where the gateway asks the users (step 6), and how they answer (step 7). */
export interface ConfirmationSettings {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** With {user}: `user` or `second-user`; without it the first user is meant. */
  readonly path: string;
  /** How the target reaches it; undefined: where the kit listens. */
  readonly baseUrl?: string;
  /** `response`: in the answer to the gateway's own call; `post`: by a call to {@link HandshakeSettings.path}/confirmations. */
  readonly answer: "response" | "post";
}

export interface SystemSettings {
  /** Path of the system at the gateway, `/oa` for example. */
  readonly prefix: string;
  /** `METHOD /path` lines (the whole path at the gateway) that each scope allows. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  /** `METHOD /path` lines that no scope allows. */
  readonly unmapped: readonly string[];
  /** What the backend itself speaks. */
  readonly format: "soap" | "form" | "json";
  /** Members for the body of calls that take one. */
  readonly sample: Readonly<Record<string, string | number | boolean>>;
}
