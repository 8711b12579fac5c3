import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import { type AunGateway, type AunGatewayOptions, createAunGateway } from "../gateway.ts";
import { agentKeys } from "./auth-client.ts";

/** A client of a gateway in the same process: frames go by function call, so every answer is there at once. */
export interface MemoryClient {
  /** Every frame that came, oldest first. */
  readonly frames: readonly JsonObject[];
  /** Set when the gateway closed. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  readonly nonce: string;
  /** Sends a frame as it is. */
  raw(frame: string | Uint8Array): void;
  /** Sends a request; the answer's result or error. */
  call(method: string, params?: unknown): Outcome;
  /** Params of the pushes with this method. */
  events(method: string): readonly JsonObject[];
  /** The client's side of the connection ends. */
  drop(): void;
}

export interface Outcome {
  readonly result: JsonObject | undefined;
  readonly code: number | undefined;
  readonly message: string | undefined;
  readonly data: unknown;
}

/** How an AID connects in a test; what is left out takes the usual values. */
export interface Connecting {
  readonly device?: string | undefined;
  readonly slot?: string;
  readonly mode?: JsonObject;
  readonly options?: JsonObject;
  readonly extra?: JsonObject;
  readonly more?: JsonObject;
}

export interface GatewayLab {
  readonly gateway: AunGateway;
  readonly clock: ShiftableClock;
  /** Opens a connection and waits for its challenge. */
  open(): MemoryClient;
  /** Makes an AID. */
  enrol(name: string): Promise<string>;
  /** The params of auth.connect. */
  connecting(client: MemoryClient, aid: string, how?: Connecting): JsonObject;
  /** Opens a connection and connects; throws when that is refused. */
  connect(aid: string, how?: Connecting): MemoryClient;
}

/** The text of a frame as an object. */
export function frameOf(text: string): JsonObject {
  const frame: unknown = JSON.parse(text);
  if (!isJsonObject(frame)) throw new Error(`not an object: ${text}`);
  return frame;
}

/** The object member of this name; empty when there is none. */
export function inner(object: JsonObject, name: string): JsonObject {
  const value = own(object, name);
  return isJsonObject(value) ? value : {};
}

function outcomeOf(frame: JsonObject | undefined): Outcome {
  const result = frame === undefined ? undefined : own(frame, "result");
  const error = frame === undefined ? {} : inner(frame, "error");
  const code = own(error, "code");
  return {
    result: isJsonObject(result) ? result : undefined,
    code: typeof code === "number" ? code : undefined,
    message: ownText(error, "message"),
    data: own(error, "data"),
  };
}

/** A gateway of `a.test` on a clock that only moves when it is told to. */
export function gatewayLab(options: Partial<AunGatewayOptions> = {}): GatewayLab {
  const start = Date.now();
  const clock = shiftableClock(() => start);
  const gateway = createAunGateway({ issuer: "a.test", gatewayUrl: () => "ws://127.0.0.1:9/aun", clock, ...options });
  let count = 0;

  const open = (): MemoryClient => {
    const frames: JsonObject[] = [];
    let closed: MemoryClient["closed"];
    const session = gateway.open({
      send: (text) => frames.push(frameOf(text)),
      close(code, reason) {
        closed = { code, reason };
      },
      waitingBytes: () => 0,
    });
    clock.advance(0.01);
    const challenge = frames.find((frame) => own(frame, "method") === "challenge") ?? {};
    return {
      frames,
      nonce: ownText(inner(challenge, "params"), "nonce") ?? "",
      get closed() {
        return closed;
      },
      raw: (frame) => session?.receive(frame),
      call(method, params = {}) {
        count += 1;
        const id = `t${count}`;
        session?.receive(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
        return outcomeOf(frames.find((frame) => own(frame, "id") === id));
      },
      events: (method) =>
        frames.filter((frame) => own(frame, "method") === method).map((frame) => inner(frame, "params")),
      drop: () => session?.closed(),
    };
  };

  const connecting = (client: MemoryClient, aid: string, how: Connecting = {}): JsonObject => ({
    nonce: client.nonce,
    auth: { method: "kite_token", token: gateway.auth.issueToken(aid) },
    protocol: { min: "1.0", max: "1.0" },
    device: "device" in how ? { id: how.device } : { id: "d1", type: "sdk" },
    client: how.slot === undefined ? {} : { slot_id: how.slot },
    delivery_mode: how.mode ?? { mode: "fanout", routing: "", affinity_ttl_ms: 0 },
    ...(how.options === undefined ? {} : { options: how.options }),
    ...(how.extra === undefined ? {} : { extra_info: how.extra }),
    ...how.more,
  });

  return {
    gateway,
    clock,
    open,
    connecting,
    async enrol(name) {
      const aid = `${name}.${options.issuer ?? "a.test"}`;
      const { publicKey } = agentKeys();
      const create = gateway.auth.methods.get("auth.create_aid");
      await create?.({ params: { aid, public_key: publicKey }, session: { connectionId: "" } });
      return aid;
    },
    connect(aid, how) {
      const client = open();
      const { result, code, message } = client.call("auth.connect", connecting(client, aid, how));
      if (result === undefined) throw new Error(`auth.connect was refused: ${code} ${message}`);
      return client;
    },
  };
}
