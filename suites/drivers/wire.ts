import type { HeaderList, Party, Purpose } from "../engine/evidence.ts";
import { granted } from "../engine/granted.ts";
import { parseJson } from "../engine/json.ts";
import { type Recorder, sated } from "../engine/recorder.ts";
import type { HttpClient } from "./http-client.ts";
import type { Reply } from "./reply.ts";

interface WireRequest {
  readonly from: Party;
  readonly to: Party;
  readonly purpose: Purpose;
  readonly method: string;
  /** Absolute; sent byte for byte. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: Buffer;
}

/** Sends requests of one check and records every exchange. */
export interface Wire {
  send(request: WireRequest): Promise<Reply>;
  /** The same request once more, byte for byte. */
  repeat(reply: Reply): Promise<Reply>;
  /** What was sent for a reply of this wire. */
  sentFor(reply: Reply): WireRequest | undefined;
}

const nothing = Buffer.alloc(0);

export function createWire(client: HttpClient, recorder: Recorder, now: () => number): Wire {
  const requests = new WeakMap<Reply, WireRequest>();

  const send = async (request: WireRequest): Promise<Reply> => {
    const { from, to, purpose, method, url, body = nothing } = request;
    // Hooks are the operator's: what a check has set going through one must be set right through it, too.
    if (recorder.appetite.isSated && purpose !== "hook") throw sated();
    const startedAt = now();
    const { sent, durationMs, response, error, lost } = await client.exchange({
      method,
      url,
      headers: request.headers,
      body,
    });
    const asked = { from, to, purpose, request: { method, url, headers: sent, body } };
    if (lost !== undefined) recorder.record({ ...asked, startedAt, ...lost, response: null });
    const exchange = recorder.record({
      ...asked,
      startedAt: startedAt + (lost?.durationMs ?? 0),
      durationMs,
      response,
      error,
    });
    const bytes = response?.body ?? nothing;
    let parsed: { readonly json: unknown } | undefined;
    const reply: Reply = {
      exchange,
      status: response?.status ?? 0,
      bytes,
      granted: granted(exchange),
      get json() {
        parsed ??= { json: parseJson(bytes.toString("utf8")) };
        return parsed.json;
      },
    };
    requests.set(reply, request);
    return reply;
  };

  return {
    send,
    repeat(reply) {
      const request = requests.get(reply);
      if (request === undefined) throw new Error("the reply is of another wire: nothing to repeat");
      return send(request);
    },
    sentFor: (reply) => requests.get(reply),
  };
}

/**
 * A header list with changes applied: a value replaces or adds, null leaves the header out. Names are case-insensitive.
 */
export function bendHeaders(headers: HeaderList, changes: Readonly<Record<string, string | null>> = {}): HeaderList {
  const entries = Object.entries(changes);
  if (entries.length === 0) return headers;
  const byName = new Map(entries.map((entry) => [entry[0].toLowerCase(), entry]));
  const kept = headers.filter(([name]) => !byName.has(name.toLowerCase()));
  const added = [...byName.values()].flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  return [...kept, ...added];
}
