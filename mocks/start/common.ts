import type { HandshakeConfig, MockConfig } from "../../schemas/index.ts";
import type { AthImplementor } from "../ath/engine/implementor.ts";
import type { AthHandshake } from "../ath-handshake/gateway.ts";
import type { AthNative } from "../ath-native/service.ts";
import type { AunGateway } from "../aun-gateway/gateway.ts";
import type { ShiftableClock } from "../core/clock.ts";
import type { ControlOptions } from "../core/control-endpoints.ts";
import type { Keep } from "../core/keeping.ts";
import { type RandomSource, seededRandom, systemRandom } from "../core/random.ts";
import type { OAuthProvider } from "../oauth-provider/provider.ts";

export interface StartOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly controlPort?: number;
  /** How agents and browsers reach the mock, when that is not where it listens. */
  readonly publicUrl?: string;
  /** Providers and policy; without providers the mock brings its own OAuth provider. */
  readonly config?: MockConfig;
  /** Where the API behind the mock's own provider is, when not the echo API of the mock. */
  readonly apiBase?: string;
  /** Limits and policy of a gateway without a configuration of its own. */
  readonly overrides?: Pick<MockConfig, "limits" | "policy">;
  /** `ID` or `ID@n`. */
  readonly faults?: readonly string[];
  /** Makes ids and secrets the same at every start; default: nobody can guess them. */
  readonly seed?: number;
  /** Serve over TLS with an authority of its own. */
  readonly tls?: true;
  readonly clock?: ShiftableClock;
  /** Of a gateway of the nine-step handshake; without users, it makes two with keys of their own. */
  readonly handshake?: Partial<HandshakeConfig>;
  /** Of an AUN gateway. */
  readonly aun?: AunStartOptions;
}

export interface AunStartOptions {
  /** The domain whose AIDs live there; default agentid.test. */
  readonly issuer?: string;
  /** Default refuse. */
  readonly conflict?: "refuse" | "replace";
  /** WebSocket URL of the gateway of another issuer, by issuer. */
  readonly peers?: Readonly<Record<string, string>>;
}

/** What a script reads when a mock is ready (one line of JSON). */
export interface ReadyLine {
  readonly ready: true;
  readonly mock: string;
  readonly url: string;
  readonly control: string;
  /** Origin of the OAuth provider behind the mock. */
  readonly provider?: string;
  /** A client of that provider. */
  readonly client_id?: string;
  /** Of a provider that runs alone: whoever uses it needs it, and it is good for nothing else. */
  readonly client_secret?: string;
  /** Path of the authority's certificate (PEM). */
  readonly ca?: string;
  /** Of a gateway of the nine-step handshake: the pages where its users are asked, by name. */
  readonly users?: Readonly<Record<string, string>>;
  /** Of a gateway of the nine-step handshake: its backends, by system. */
  readonly backends?: Readonly<Record<string, string>>;
  /** Of an AUN gateway: its WebSocket URL. */
  readonly gateway?: string;
  /** Of an AUN gateway: its domain. */
  readonly issuer?: string;
  /** Of an AUN gateway: path of the root certificate (PEM) that its certificates lead to. */
  readonly root?: string;
  /** Of `all`: the line of each mock. */
  readonly mocks?: Readonly<Record<string, ReadyLine>>;
  readonly pid: number;
}

/** A mock that serves; of a kind that has them, its inner parts for tests. */
export interface StartedMock {
  readonly ready: ReadyLine;
  readonly clock: ShiftableClock;
  /** What its control API controls. */
  readonly controls: ControlOptions;
  readonly gateway?: AthImplementor;
  readonly native?: AthNative;
  readonly handshake?: AthHandshake;
  readonly aun?: AunGateway;
  readonly provider?: OAuthProvider;
  /** Of the client that ready.client_id names. */
  readonly clientSecret?: string;
  close(): Promise<void>;
}

export type Started = Omit<StartedMock, "close">;
/** Starts one mock; what it opened by the time it throws is closed by the caller. */
export type Starter = (options: StartOptions, keep: Keep) => Promise<Started>;

export function randomOf({ seed }: StartOptions): RandomSource {
  return seed === undefined ? systemRandom : seededRandom(seed);
}
