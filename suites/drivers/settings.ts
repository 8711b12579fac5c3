import type { AunSettings } from "./aun/settings.ts";
import type { HandshakeSettings } from "./handshake/settings.ts";

/** What the drivers know of the target and its surroundings: the validated configuration, defaults filled in. */
export interface Settings {
  readonly target: {
    /** Base URL without trailing slash. */
    readonly url: string;
    /** Sent with every API request of an agent, left out where "no credentials" is the point. Values are secrets. */
    readonly headers: Readonly<Record<string, string>>;
    /** Declared optional features; what is not declared is detected. */
    readonly features: Readonly<Record<string, boolean>>;
    /** PEM certificates to trust for this target besides the system's. */
    readonly ca?: string;
    /** Accept any certificate of the target's host. */
    readonly insecure?: true;
  };
  readonly agents: {
    readonly host: string;
    /** Ports to listen on; [0] picks a free one. */
    readonly ports: readonly number[];
    /** How the target reaches the identity documents; undefined: where the kit listens. */
    readonly baseUrl?: string;
    /** With {base}, {agent}, {port}. */
    readonly idTemplate: string;
  };
  readonly providers: readonly ProviderSettings[];
  readonly consent: ConsentSettings;
  readonly hooks: HookSettings;
  /** The nine-step handshake: its binding, users and systems. Profile ath-handshake needs it. */
  readonly handshake?: HandshakeSettings;
  /** The profile aun-gateway. */
  readonly aun?: AunSettings;
  /** Checks that need time to pass really wait where no hook moves the target's clock (--slow). */
  readonly slow?: true;
  /** Per exchange, milliseconds. */
  readonly timeoutMs: number;
}

export interface ProviderSettings {
  readonly id: string;
  readonly scopes: readonly string[];
  /** `METHOD /path` lines that each scope allows at the proxy. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** `METHOD /path` lines that no scope allows. */
  readonly unmapped: readonly string[];
}

/** `timeoutMs`: how long to wait for the consent; default one minute for a command, five for a person. */
export type ConsentSettings =
  | {
      readonly driver: "provider";
      readonly host: string;
      readonly port: number;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | { readonly driver: "form"; readonly fields: Readonly<Record<string, string>> }
  | { readonly driver: "command"; readonly run: readonly string[]; readonly timeoutMs?: number }
  | { readonly driver: "manual"; readonly timeoutMs?: number };

/** A call that the operator of the target offers to the kit. */
export interface HookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With {seconds}. */
  readonly body?: string;
}

export interface HookSettings {
  readonly clock?: HookRequest;
  readonly audit?: HookRequest;
  /** Reads the fault log of a reference mock; no check asks for it. */
  readonly faults?: HookRequest;
  readonly pendingAgent?: { readonly developerId: string };
  readonly deniedAgent?: { readonly developerId: string };
  /** Makes a code for auth.method pairing_code; {aid} in the body. `result`: the member of the answer that holds it. */
  readonly pairingCode?: HookRequest & { readonly result: string };
}
