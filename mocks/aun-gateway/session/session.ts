import type { JsonObject } from "../../ath/json.ts";
import type { Cancel } from "../../core/timers.ts";
import type { Connection } from "../connect/connection.ts";
import type { AunContext } from "../context.ts";
import { type Caller, RpcError } from "../method.ts";
import type { FrameProblem, ReadRequest } from "../rules/rpc.ts";
import type { GatewayMethod } from "./methods.ts";
import { readRequest, type SoundRequest, type UnsoundRequest } from "./request.ts";
import type { Transport } from "./transport.ts";

/** After this code the connection ends. */
export class ClosingError extends RpcError {
  readonly closeCode: number;
  constructor(error: RpcError, closeCode: number) {
    super(error.code, error.message, error.data);
    this.closeCode = closeCode;
  }
}

/** Milliseconds between upgrade and challenge: real clients lose one that comes with the upgrade itself. */
const challengeDelayMs = 10;

/** The server could not go on (RFC 6455 § 7.4.1). */
const tryAgainLater = 1013;

const internal = { connect: 4500, other: -32603 } as const;
const tooMany = -32429;

const problemTexts: Readonly<Record<FrameProblem, string>> = {
  "not-json": "the frame is not JSON",
  "not-a-request": "the frame is not a JSON-RPC 2.0 request",
  batch: "batches are not offered",
  binary: "binary messages are not offered",
  "too-long": "the frame is longer than max_message_size",
  "bad-params": "params must be an object",
  "unknown-method": "there is no such method",
};

/** One connection, from the upgrade to the close: challenge, gate, requests, pushes. One transport carries it. */
export class Session implements Caller {
  readonly #context: AunContext;
  readonly #methods: ReadonlyMap<string, GatewayMethod>;
  readonly #transport: Transport;
  /** IP address of the client; "" when there is none. */
  readonly address: string;
  readonly #openedAt: number;
  readonly #timers = new Set<Cancel>();
  readonly #onEnd: (session: Session) => void;
  #lastFrameAt: number;
  #waiting = 0;
  #inWindow = 0;
  #windowFrom = 0;
  #pinged = false;
  #ended = false;
  /** What the challenge said; undefined until it was sent. */
  nonce: unknown;
  nonceAt = 0;
  /** Set by auth.connect. */
  connection: Connection | undefined;
  refused = false;
  loggedIn = false;
  /** Domain of the gateway at the other end, once it has proved it. */
  peerIssuer: string | undefined;
  /** Characters of the request that is carried out. */
  frameLength = 0;
  /** Whether the request that is carried out has params. */
  paramsGiven = false;

  constructor(
    context: AunContext,
    methods: ReadonlyMap<string, GatewayMethod>,
    transport: Transport,
    address: string,
    ended: (session: Session) => void,
  ) {
    this.#context = context;
    this.#onEnd = ended;
    this.#methods = methods;
    this.#transport = transport;
    this.address = address;
    this.#openedAt = context.clock.now();
    this.#lastFrameAt = this.#openedAt;
    this.after(challengeDelayMs, () => this.#challenge());
    this.#limit(context.rules["gate.limitMs"]({ nonceLifeMs: context.rules["challenge.lifeMs"]() }));
  }

  get aid(): string | undefined {
    return this.connection?.aid;
  }

  get connectionId(): string {
    // Before auth.connect the nonce is what no other connection has.
    return this.connection?.id ?? (typeof this.nonce === "string" ? this.nonce : "");
  }

  get lastFrameAt(): number {
    return this.#lastFrameAt;
  }

  /** A frame came: text, or bytes when it was a binary frame. */
  receive(frame: string | Uint8Array): void {
    if (this.#ended) return;
    const { rules, clock, settings } = this.#context;
    const pingBefore = this.#pinged;
    this.#pinged = false;
    this.#lastFrameAt = clock.now();
    const binary = typeof frame !== "string";
    const text = binary ? "" : frame;
    if (!rules["rpc.survives"]({ text, binary, limit: settings.limits.frameCharacters })) {
      this.#context.crash();
      return;
    }
    if (!rules["rpc.takesMessage"]({ pingBefore })) return;
    const request: SoundRequest | UnsoundRequest = binary
      ? { text, id: undefined, method: undefined, params: undefined, expectsAnswer: true, problem: "binary" }
      : readRequest(text, rules, settings.limits.frameCharacters);
    const connectedBefore = this.connection !== undefined;
    if (request.problem === undefined) this.#carryOut(request, connectedBefore);
    else this.#refuse(request, request.problem, connectedBefore);
  }

  /** A ping frame came. */
  pinged(): void {
    this.#pinged = true;
  }

  /** The transport is gone. */
  closed(): void {
    if (this.#ended) return;
    this.#end();
  }

  /** Sends a text as it is; a client that does not read is cut off. */
  push(text: string): void {
    if (this.#ended) return;
    this.#transport.send(text);
    if (this.#transport.waitingBytes() > this.#context.settings.limits.backlogBytes)
      this.close(tryAgainLater, "too slow");
  }

  close(code: number, reason: string): void {
    if (this.#ended) return;
    this.#end();
    this.#transport.close(code, reason);
  }

  /** Says why (`event/gateway.disconnect`), then closes with the same code. */
  disconnect(code: number, reason: string, detail: JsonObject): void {
    const { rules } = this.#context;
    const notice = rules["places.notice"]({ code, reason, detail });
    if (notice !== undefined) {
      const notification = { jsonrpc: "2.0", method: "event/gateway.disconnect", params: { ...notice } };
      this.push(JSON.stringify(rules["rpc.push"]({ notification })));
    }
    this.close(code, reason);
  }

  /** Something to happen while the connection lives. */
  after(ms: number, run: () => void): void {
    if (!Number.isFinite(ms) || this.#ended) return;
    const cancel = this.#context.clock.after(ms, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  #end(): void {
    this.#ended = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#onEnd(this);
    const { connection } = this;
    if (connection === undefined) return;
    const { rules, registry } = this.#context;
    for (const freed of rules["places.freed"]({ closed: connection })) registry.remove(freed);
  }

  #challenge(): void {
    const { rules, random, clock, settings } = this.#context;
    this.nonce = rules["challenge.nonce"]({ random });
    this.nonceAt = clock.now();
    const challenge = {
      jsonrpc: "2.0",
      method: "challenge",
      params: {
        nonce: this.nonce,
        server: "gateproof-mock",
        protocol: settings.protocol,
        auth_methods: ["pairing_code", "kite_token", "aid"],
        capabilities: {},
        server_time: this.nonceAt / 1000,
      },
    };
    for (const frame of rules["challenge.frames"]({ challenge })) this.push(JSON.stringify(frame));
  }

  /** Gateway mode § connection time-out: thirty seconds from the upgrade to a successful auth.connect. */
  #limit(limitMs: number): void {
    const { rules, clock } = this.#context;
    const from = () => rules["gate.limitFrom"]({ openedAt: this.#openedAt, lastFrameAt: this.#lastFrameAt });
    this.after(limitMs, () => {
      const leftMs = from() + limitMs - clock.now();
      if (leftMs > 0) return this.#limit(leftMs);
      if (!rules["gate.limitEnds"]({ connected: this.connection !== undefined || this.peerIssuer !== undefined }))
        return;
      this.close(rules["gate.closeCode"](), "no auth.connect in time");
    });
  }

  #carryOut(request: SoundRequest, connectedBefore: boolean): void {
    const { rules, settings } = this.#context;
    const { method: name, fields } = request;
    const { refused, loggedIn, address } = this;
    const peer = this.peerIssuer !== undefined;
    const isNotification = !request.expectsAnswer;
    const gate = { method: name, connected: connectedBefore, refused, loggedIn, peer, isNotification, address };
    try {
      if (!rules["gate.allows"](gate)) {
        throw new RpcError(rules["gate.code"](), "call auth.connect first");
      }
      if (this.#waiting >= settings.limits.requestsAtOnce || this.#overRate()) {
        throw new RpcError(tooMany, "too many requests");
      }
      const method = rules["rpc.knows"]({ name, methods: this.#methods }) ? this.#methods.get(name) : undefined;
      if (method === undefined) {
        this.#unknown(request, connectedBefore);
        return;
      }
      this.frameLength = request.text.length;
      this.paramsGiven = request.params !== undefined;
      const outcome = method(this, fields);
      if (!(outcome instanceof Promise)) {
        this.#succeed(request, outcome, connectedBefore);
        return;
      }
      this.#waiting += 1;
      outcome
        .then(
          (result) => this.#succeed(request, result, connectedBefore),
          (error: unknown) => this.#fail(request, error, connectedBefore),
        )
        .finally(() => {
          this.#waiting -= 1;
        });
    } catch (error) {
      this.#fail(request, error, connectedBefore);
    }
  }

  #overRate(): boolean {
    const { requestsPerMinute } = this.#context.settings.limits;
    if (requestsPerMinute === undefined) return false;
    if (this.#lastFrameAt - this.#windowFrom >= 60_000) {
      this.#windowFrom = this.#lastFrameAt;
      this.#inWindow = 0;
    }
    this.#inWindow += 1;
    return this.#inWindow > requestsPerMinute;
  }

  #succeed(request: SoundRequest, result: JsonObject, connectedBefore: boolean): void {
    if (request.method === "auth.aid_login2") this.loggedIn = true;
    this.#answer(request, { jsonrpc: "2.0", id: request.id, result }, connectedBefore);
  }

  #unknown(request: SoundRequest, connectedBefore: boolean): void {
    const { rules } = this.#context;
    const result = rules["rpc.unknownMethod"]();
    if (result !== undefined) this.#answer(request, { jsonrpc: "2.0", id: request.id, result }, connectedBefore);
    else this.#refuse({ ...request, problem: "unknown-method" }, "unknown-method", connectedBefore);
  }

  #fail(request: SoundRequest, error: unknown, connectedBefore: boolean): void {
    const connecting = request.method === "auth.connect";
    if (connecting && !connectedBefore) this.refused = true;
    const known = error instanceof RpcError;
    const code = known ? error.code : connecting ? internal.connect : internal.other;
    const message = known ? error.message : "the gateway failed";
    const data = known && error.data !== undefined ? { data: error.data } : {};
    this.#answer(request, { jsonrpc: "2.0", id: request.id, error: { code, message, ...data } }, connectedBefore);
    if (error instanceof ClosingError) this.close(error.closeCode, error.message);
  }

  #refuse(request: UnsoundRequest, problem: FrameProblem, connectedBefore: boolean): void {
    const { rules } = this.#context;
    const error = { code: rules["rpc.errorCode"]({ problem }), message: problemTexts[problem] };
    this.#answer(request, { jsonrpc: "2.0", id: request.id ?? null, error }, connectedBefore);
    if (rules["rpc.closesAfter"]({ problem })) this.close(1002, problemTexts[problem]);
  }

  #answer(
    request: ReadRequest & { readonly expectsAnswer: boolean },
    answer: JsonObject,
    connectedBefore: boolean,
  ): void {
    const { rules } = this.#context;
    if (!request.expectsAnswer && !rules["rpc.answersNotifications"]()) return;
    const frames = rules["rpc.answers"]({ request, answer, session: this, connectedBefore });
    for (const frame of frames) this.push(this.#written(frame, request));
  }

  /** What nests too deep for JSON.stringify is an internal failure like any other. */
  #written(frame: unknown, { id }: ReadRequest): string {
    try {
      return JSON.stringify(frame);
    } catch {
      const error = { code: internal.other, message: "the gateway failed" };
      return JSON.stringify({ jsonrpc: "2.0", id: id ?? null, error });
    }
  }
}
