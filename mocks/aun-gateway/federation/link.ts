import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import type { TimerClock } from "../../core/clock.ts";
import type { Cancel } from "../../core/timers.ts";
import { RpcError } from "../method.ts";
import { federationCodes } from "../rules/federation.ts";
import type { Transport } from "../session/transport.ts";
import type { Dial } from "./dial.ts";
import type { ShownLink } from "./federation.ts";
import { helloText } from "./proof.ts";

/** A peer that has not answered by then is given up. */
const answerMs = 5_000;

const { unreachable, timeout, refused } = federationCodes;

/** Close code of a gateway that we may not talk to. */
export const deniedClose = 4011;

export interface LinkOptions {
  /** Our own domain and the peer's. */
  readonly own: string;
  readonly issuer: string;
  readonly url: string;
  readonly clock: TimerClock;
  readonly dial: Dial;
  /** Signs a text as our domain's auth service. */
  readonly sign: (text: string) => string;
}

/** A long-lived connection to another domain's gateway; opened when it is needed, and again after it broke. */
export interface Link {
  /** Rejects with {@link RpcError}: the peer's own, or one of {@link federationCodes}. */
  call(method: string, params: JsonObject): Promise<JsonObject>;
  state(): ShownLink["state"];
  close(): void;
}

interface Pending {
  readonly resolve: (result: JsonObject) => void;
  readonly reject: (error: RpcError) => void;
  readonly cancel: Cancel;
}

function errorOf(error: unknown): RpcError {
  const code = isJsonObject(error) ? own(error, "code") : undefined;
  const message = isJsonObject(error) ? ownText(error, "message") : undefined;
  return new RpcError(typeof code === "number" ? code : refused, message ?? "the other gateway refused");
}

/** One opened connection, from the dialling to its end. */
class Line {
  readonly #options: LinkOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: () => void;
  #transport: Transport | undefined;
  #closed = false;
  #count = 0;
  #greet: ((nonce: string) => void) | undefined;
  #giveUp: ((error: RpcError) => void) | undefined;

  constructor(options: LinkOptions, ended: () => void) {
    this.#options = options;
    this.#ended = ended;
  }

  /** Dials, waits for the challenge and proves our domain. Rejects with {@link RpcError}. */
  async open(): Promise<void> {
    const { own: us, issuer, url, clock, dial, sign } = this.#options;
    const nonce = await new Promise<string>((resolve, reject) => {
      const cancel = clock.after(answerMs, () =>
        this.end(new RpcError(timeout, `the gateway of ${issuer} does not answer`)),
      );
      this.#greet = (given) => {
        cancel();
        resolve(given);
      };
      this.#giveUp = (error) => {
        cancel();
        reject(error);
      };
      const events = {
        text: (text: string) => this.#receive(text),
        closed: (code: number) =>
          this.end(
            new RpcError(code === deniedClose ? refused : unreachable, `the gateway of ${issuer} cannot be reached`),
          ),
      };
      dial(url, events).then(
        (transport) => {
          this.#transport = transport;
          if (this.#closed) transport.close(1000, "");
        },
        () => this.end(new RpcError(unreachable, `the gateway of ${issuer} cannot be reached`)),
      );
    });
    await this.call("federation.hello", { issuer: us, signature: sign(helloText(us, issuer, nonce)) });
  }

  call(method: string, params: JsonObject): Promise<JsonObject> {
    const { clock, issuer } = this.#options;
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new RpcError(unreachable, `the gateway of ${issuer} cannot be reached`));
      this.#count += 1;
      const id = this.#count;
      const cancel = clock.after(answerMs, () => {
        this.#pending.delete(id);
        reject(new RpcError(timeout, `the gateway of ${issuer} does not answer`));
      });
      this.#pending.set(id, { resolve, reject, cancel });
      this.#transport?.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  end(error: RpcError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#giveUp?.(error);
    for (const { reject, cancel } of this.#pending.values()) {
      cancel();
      reject(error);
    }
    this.#pending.clear();
    this.#transport?.close(1000, "");
    this.#ended();
  }

  #receive(text: string): void {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (!isJsonObject(frame)) return;
    if (own(frame, "method") === "challenge") {
      const params = own(frame, "params");
      const nonce = isJsonObject(params) ? ownText(params, "nonce") : undefined;
      if (nonce !== undefined) this.#greet?.(nonce);
      return;
    }
    const id = own(frame, "id");
    const pending = typeof id === "number" ? this.#pending.get(id) : undefined;
    if (pending === undefined || typeof id !== "number") return;
    this.#pending.delete(id);
    pending.cancel();
    const result = own(frame, "result");
    if (isJsonObject(result)) pending.resolve(result);
    else pending.reject(errorOf(own(frame, "error")));
  }
}

export function link(options: LinkOptions): Link {
  let line: { readonly it: Line; readonly opened: Promise<void> } | undefined;
  let up = false;

  const opened = () => {
    if (line !== undefined) return line;
    const it = new Line(options, () => {
      if (line?.it === it) {
        line = undefined;
        up = false;
      }
    });
    const fresh = {
      it,
      opened: it.open().then(
        () => {
          up = true;
        },
        (error: RpcError) => {
          it.end(error);
          throw error;
        },
      ),
    };
    line = fresh;
    return fresh;
  };

  return {
    async call(method, params) {
      const { it, opened: ready } = opened();
      await ready;
      return it.call(method, params);
    },
    state: () => (line === undefined ? "down" : up ? "up" : "connecting"),
    close: () => line?.it.end(new RpcError(unreachable, "the gateway is closing")),
  };
}
