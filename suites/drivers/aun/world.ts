import type { KeyObject } from "node:crypto";
import type { Exchange, Frame } from "../../engine/evidence.ts";
import type { Json } from "../../engine/json.ts";
import type { RpcCall } from "../../engine/rpc.ts";
import type { RecordingWorld } from "../../engine/world.ts";
import type { Reply } from "../reply.ts";
import type { Settings } from "../settings.ts";

/** What can be given a role: an HTTP reply, a call, or single frames. */
export type Markable = { readonly exchange: Exchange } | { readonly frames: readonly Frame[] } | Frame;

/** The members of a JSON object that the kit sends; undefined leaves a member out. */
export type Members = { readonly [name: string]: Json | undefined };

/** How one call is bent. */
export interface CallBend {
  /** Default: a fresh text as the public SDKs make it. */
  readonly id?: Json;
  /** Replaces or adds members of the whole message; undefined leaves one out. */
  readonly message?: Members;
  readonly timeoutMs?: number;
}

/** How a message is put on the wire. */
export interface Framing {
  /** Fragments that the message is cut into. */
  readonly fragments?: number;
  /** Between two fragments, where a control frame may stand (RFC 6455 § 5.4). */
  readonly between?: "ping";
  /** Default: what the data is; bytes as text are invalid UTF-8. */
  readonly as?: "text" | "binary";
}

/** Something the target sent: the frame as recorded, and the message with its true values. */
export interface Received {
  readonly frame: Frame;
  /** undefined when it is no JSON object. */
  readonly message: Readonly<Record<string, unknown>> | undefined;
  readonly method: string | undefined;
  /** `params` when it is an object, else an empty one. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** One WebSocket to the target, with a JSON-RPC layer that can be bent everywhere. Nothing here throws. */
export interface AunConnection {
  /** As in the frames of the evidence. */
  readonly number: number;
  readonly url: string;
  /** False when it was never open, or is no more. */
  readonly isOpen: boolean;
  /** The frame `open`, or `error` when it could not be opened. */
  readonly opening: Frame;
  /** The first frame that came, waited for by {@link AunWorld.connection}. */
  readonly challenge: Received | undefined;
  /** Of the challenge; empty when there was none. */
  readonly nonce: string;
  /** Everything that came so far, in order. */
  readonly received: readonly Received[];
  /** A request and its answer; `params` undefined leaves the member out. */
  call(method: string, params?: Members, bend?: CallBend): Promise<RpcCall>;
  /** Sends a text as one frame, or bytes as a binary frame. */
  send(data: string | Buffer, how?: Framing): Frame;
  /** Sends a message of any shape as one text frame. */
  sendJson(message: Json): Frame;
  /** A request without id. */
  notify(method: string, params?: Members): Frame;
  /** Puts the request and what answers it together: the next message that `matches`, the end of the connection, or nothing. */
  answer(request: Frame, matches: (message: Received) => boolean, timeoutMs?: number): Promise<RpcCall>;
  /** The first message not yet taken that matches; takes it. undefined: none came in time, or the connection ended. */
  take(matches: (message: Received) => boolean, timeoutMs?: number): Promise<Received | undefined>;
  /** The next push with this method that matches; default time-out: the world's patience. */
  event(
    method: string,
    matches?: (params: Readonly<Record<string, unknown>>) => boolean,
    timeoutMs?: number,
  ): Promise<Received | undefined>;
  /** Messages that nothing has taken, for example pushes; takes them all. */
  takeAll(): readonly Received[];
  /** A round trip: what the target sent before the answer is in `received` now. False when there was no answer. */
  settle(): Promise<boolean>;
  /** The end of the connection; undefined when it is still open after this time. */
  whenClosed(timeoutMs?: number): Promise<Frame | undefined>;
  /** Closes in the proper way and waits for the end. */
  close(code?: number): Promise<void>;
  /** Cuts the TCP connection without a close frame. */
  drop(): Promise<void>;
  /** A WebSocket ping frame. */
  ping(): void;
}

/** An AID with its key; `certificate` is empty until the target has issued one. */
export interface Identity {
  readonly aid: string;
  /** The part before the first dot. */
  readonly name: string;
  readonly privateKey: KeyObject;
  /** SPKI DER in standard base64, as auth.create_aid takes it. */
  readonly publicKey: string;
  /** PEM. */
  readonly certificate: string;
}

/** How a login is bent: members of the params replaced, or left out with undefined. */
export interface LoginBend {
  readonly login1?: Members;
  readonly login2?: Members;
  /** Signs something else than nonce:client_time. */
  readonly signed?: (nonce: string, clientTime: string) => string;
  /** Signs with another key than the identity's. */
  readonly key?: KeyObject;
  /** Default: seconds as text, as the public SDKs send it. */
  readonly clientTime?: string | number;
  /** Default: the side connection for both. */
  readonly over?: readonly [AunConnection, AunConnection];
}

/** What a login gave. The texts are empty when it was refused. */
export interface Login {
  readonly login1: RpcCall;
  /** The refused login1 again when it never came to login2. */
  readonly login2: RpcCall;
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

/** What auth.connect is sent with. Without any: the request of the public SDKs. */
export interface ConnectOptions {
  /** null: leave it out. Default: a device of its own. */
  readonly device?: string | null;
  /** null: leave it out. Default: "default". */
  readonly slot?: string | null;
  /** The whole member; null: leave it out. Default: fanout as the public SDKs send it. */
  readonly delivery?: Json;
  /** The member `options`, for example `{ kind: "short" }`. */
  readonly options?: Json;
  readonly extraInfo?: Json;
  /** Default: the token of the identity's login. */
  readonly token?: string;
  /** The whole member `auth`; undefined leaves it out. */
  readonly auth?: Json | undefined;
  /** Replaces or adds members of the params; undefined leaves one out. */
  readonly params?: Members;
}

/** An authenticated connection. */
export interface Session extends AunConnection {
  readonly identity: Identity;
  /** The call auth.connect. */
  readonly hello: RpcCall;
  readonly device: string | undefined;
  readonly slot: string | undefined;
}

/** The second domain of cross-domain checks. */
export interface PeerDomain {
  readonly issuer: string;
  readonly world: AunWorld;
}

/**
 * What a check of the AUN profile has in its hands while it drives. Each check (and each case of a property) gets a world
 * of its own, with AIDs of its own where the target registers anyone; its connections are closed when it is over.
 */
export interface AunWorld extends RecordingWorld<AunWorld> {
  mark(role: string, ...items: readonly Markable[]): void;
  readonly settings: Settings;
  readonly issuer: string;
  /** The WebSocket address: configured, or the best one that discovery gives; ends the check when there is none. */
  address(): Promise<string>;
  /** Base URL of discovery, /health and /pki, without trailing slash. */
  readonly http: string;
  /** The kit's time in ms, shifted along with the target's clock. */
  now(): number;
  /** How long to wait for what should come at once (an event, a close), ms. */
  readonly patience: number;
  /** Lets time pass: moves the target's clock by its hook, or really waits under --slow; else the check is not-tested. */
  passTime(seconds: number): Promise<void>;
  /** Real milliseconds to pass (never longer than a second or two). */
  wait(ms: number): Promise<void>;
  /** A random value in [0, 1) from the run's seed. */
  random(): number;
  /** A name that no other check uses, for AIDs, devices, slots and message ids. */
  unique(prefix: string): string;

  /** A GET on the HTTP side (or another method); `host` goes into the Host header. */
  get(path: string, options?: { readonly host?: string; readonly method?: string }): Promise<Reply>;
  /** A WebSocket to the target (or to another address), without waiting for anything; a failure is in `opening`. */
  dial(url?: string): Promise<AunConnection>;
  /** A WebSocket whose challenge has come; ends the check as not-tested when none does. */
  connection(): Promise<AunConnection>;
  /** An unauthenticated connection for auth.* calls, shared within the check, opened again when it was closed. */
  side(): Promise<AunConnection>;

  /** An identity that the target does not know: a fresh P-256 key and a free AID. */
  stranger(aid?: string): Identity;
  /** auth.create_aid as the public SDKs send it; `bend` replaces members of the params. */
  createAid(identity: Identity, bend?: Members): Promise<RpcCall>;
  /** A registered identity of this check's own (or a configured one); ends the check when the target gives none. */
  identity(): Promise<Identity>;
  /** A login; never throws. */
  login(identity: Identity, bend?: LoginBend): Promise<Login>;
  /** The access token of the identity, from a login that is made once and kept while it lasts; ends the check when refused. */
  token(identity: Identity): Promise<string>;
  /** auth.refresh_token over the side connection; `bend` replaces members of the params. */
  refresh(refreshToken: string, bend?: Members): Promise<RpcCall>;
  /** The params of auth.connect for this connection; never throws unless a login is needed and refused. */
  connectParams(connection: AunConnection, identity: Identity, options?: ConnectOptions): Promise<Members>;
  /** auth.connect on a connection. */
  connect(connection: AunConnection, identity: Identity, options?: ConnectOptions): Promise<RpcCall>;
  /** A new connection and auth.connect on it, whatever comes of it. */
  tryConnect(
    identity: Identity,
    options?: ConnectOptions,
  ): Promise<{ readonly connection: AunConnection; readonly hello: RpcCall }>;
  /** An authenticated connection; ends the check as not-tested when the target refuses it. */
  session(identity?: Identity, options?: ConnectOptions): Promise<Session>;
  /** A code for auth.method pairing_code (hook pairing_code); ends the check when the hook is missing. */
  pairingCode(aid: string): Promise<string>;
  /** The second domain; ends the check as not-tested when none is configured. */
  readonly peer: PeerDomain;
  /** Closes every connection of this world, and gives back what it has borrowed. */
  close(): Promise<void>;
}
