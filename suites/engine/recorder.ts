import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { type Appetite, createAppetite, weightOf } from "./appetite.ts";
import {
  type Evidence,
  type Exchange,
  type Frame,
  type HeaderList,
  isForeign,
  type Party,
  type Purpose,
  type RecordedBody,
  type Stop,
} from "./evidence.ts";
import { type Json, parseJson } from "./json.ts";
import type { Redactor, SecretKind } from "./redact.ts";
import { hideNamed, type Learn, learnFromJson, learnFromParameters, redactHeaders } from "./sensitive.ts";
import { notTested, Stopped } from "./stop.ts";

/** How much of a JSON body is kept in evidence; the digest is always of all of it. */
const keptBytes = 64 * 1024;
/** How much is kept of anything else: a page, or JSON that is too large to be kept whole. */
const keptTextBytes = 16 * 1024;
/** The longest secret that may straddle that border. */
const longestSecret = 4096;

/** An exchange as a driver saw it, bodies in full. */
export interface RawExchange {
  readonly from: Party;
  readonly to: Party;
  readonly purpose: Purpose;
  /** Milliseconds since the epoch, the kit's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderList;
    readonly body: Buffer;
  };
  readonly response: {
    readonly status: number;
    readonly headers: HeaderList;
    readonly body: Buffer;
    readonly truncated?: true;
  } | null;
  readonly error: Exchange["error"];
}

/** An event of a WebSocket connection as a driver saw it, data in full. */
export interface RawFrame extends Pick<Frame, "connection" | "from" | "to" | "kind" | "code" | "reason"> {
  /** Milliseconds since the epoch, the kit's clock. */
  readonly at: number;
  readonly data: Buffer;
  readonly truncated?: true;
}

/** Collects the evidence of one check. Redaction happens when the drive is over and every secret is known. */
export interface Recorder {
  /** Keeps an exchange and gives it back with its id and its true values. */
  record(raw: RawExchange): Exchange;
  /** Keeps an event of a WebSocket connection and gives it back with its id and its true text. */
  frame(raw: RawFrame): Frame;
  /** The next number for a WebSocket connection of this check. */
  connection(): number;
  secret(value: string, kind: SecretKind): void;
  mark(role: string, ...exchanges: readonly number[]): void;
  fact(name: string, value: Json): void;
  cases(cases: readonly Evidence[]): void;
  /** A recorder for one case of a property: its own evidence, ids from the same series. */
  fork(): Recorder;
  /** How much the target gave; a driver asks it for no more when the recorder is sated. */
  readonly appetite: Pick<Appetite, "isSated" | "surplus">;
  /** The redacted evidence. `error`: what the drive threw, if it did. What comes later is not kept. */
  finish(error?: unknown): Evidence;
}

export interface RecorderOptions {
  readonly redactor: Redactor;
  /** Lower-case names of headers that the user's configuration adds. */
  readonly configuredHeaders?: ReadonlySet<string>;
  readonly ids?: { next: number; connection?: number };
  /** Shared by the cases of one check. */
  readonly appetite?: Appetite;
}

/** What a check ends with when the target gave more than can be kept. */
export function sated(): Stopped {
  const message = "the target's answers are larger than anything that the protocol needs, and were not read to the end";
  return notTested("answers-too-large", message, { cause: "target", mend: "see why the target answers with so much" });
}

export function createRecorder({
  redactor: outer,
  configuredHeaders = new Set(),
  ids = { next: 1 },
  appetite = createAppetite(),
}: RecorderOptions): Recorder {
  const redactor = outer.scope();
  let exchanges: Exchange[] = [];
  let frames: Frame[] = [];
  let finished = false;
  const started = performance.now();
  const marks = new Map<string, number[]>();
  const facts = new Map<string, Json>();
  /** What redacted attestations said, by placeholder: without the signature it is no secret, and a reader wants it. */
  const attestations = new Map<string, string>();
  let cases: readonly Evidence[] | undefined;

  const redacted = (exchange: Exchange, ofHeads: Redactor): Exchange => ({
    ...exchange,
    request: {
      ...exchange.request,
      ...redactBody(exchange.request, redactor),
      url: hideNamed(ofHeads.scrub(exchange.request.url), ofHeads),
      headers: redactHeaders(exchange.request.headers, ofHeads, configuredHeaders),
    },
    response: exchange.response && {
      ...exchange.response,
      ...redactBody(exchange.response, redactor),
      headers: redactHeaders(exchange.response.headers, ofHeads, configuredHeaders),
    },
    error: exchange.error && { ...exchange.error, message: redactor.scrub(exchange.error.message) },
  });

  const redactedFrame = (frame: Frame): Frame => ({
    ...frame,
    ...(frame.text === undefined ? {} : { text: hidden(frame.text, redactor, frame.truncated) }),
    ...(frame.reason === undefined ? {} : { reason: redactor.scrub(frame.reason) }),
  });

  return {
    record(raw) {
      const { request, response, startedAt, ...rest } = raw;
      const fromRequest = learningFrom(raw.from, redactor);
      const fromResponse = learningFrom(raw.to, redactor);
      learnFromParameters(request.url, fromRequest);
      const exchange: Exchange = {
        id: ids.next++,
        ...rest,
        durationMs: Math.round(rest.durationMs * 100) / 100,
        startedAt: new Date(startedAt).toISOString(),
        request: {
          method: request.method,
          url: request.url,
          headers: request.headers,
          ...recordBody(request.body, fromRequest),
        },
        response: response && {
          status: response.status,
          headers: response.headers,
          ...recordBody(response.body, fromResponse),
          ...(response.truncated ? { truncated: true } : {}),
        },
      };
      for (const [, value] of response?.headers ?? []) learnFromParameters(value, fromResponse);
      if (isForeign(raw.to)) appetite.asked();
      // The log of a busy target is long, and it is the operator who lends it.
      if (raw.purpose !== "hook") appetite.took(...sizeOf(exchange));
      if (!finished) exchanges.push(exchange);
      return exchange;
    },
    frame({ at, data, truncated, ...raw }) {
      const { body, bodyBytes, bodySha256, truncated: cut } = recordBody(data, learningFrom(raw.from, redactor));
      const frame: Frame = {
        id: ids.next++,
        ...raw,
        at: new Date(at).toISOString(),
        atMs: Math.round((performance.now() - started) * 100) / 100,
        ...(body === undefined ? {} : { text: body }),
        bytes: bodyBytes,
        ...(bodySha256 === undefined ? {} : { sha256: bodySha256 }),
        ...(truncated || cut ? { truncated: true } : {}),
      };
      if (isForeign(raw.from)) appetite.took(data.length, weightOf(frame.text ?? ""));
      else appetite.asked();
      if (!finished) frames.push(frame);
      return frame;
    },
    connection() {
      ids.connection = (ids.connection ?? 0) + 1;
      return ids.connection;
    },
    secret(value, kind) {
      redactor.secret(value, kind);
      const content = kind === "attestation" ? contentOfJwt(value) : undefined;
      if (content !== undefined) attestations.set(redactor.placeholder(value, kind), content);
    },
    mark(role, ...wanted) {
      marks.set(role, [...(marks.get(role) ?? []), ...wanted]);
    },
    fact(name, value) {
      facts.set(name, value);
    },
    cases(given) {
      cases = given;
    },
    fork: () => createRecorder({ redactor, configuredHeaders, ids, appetite }),
    appetite,
    finish(thrown) {
      const error = appetite.isSated ? sated() : thrown;
      const ofHeads = { ...redactor, scrub: remembering(redactor.scrub) };
      const evidence = {
        exchanges: exchanges.map((exchange) => redacted(exchange, ofHeads)),
        ...(frames.length === 0 ? {} : { frames: frames.map(redactedFrame) }),
        marks: Object.fromEntries(marks),
        facts: scrubFacts({ ...Object.fromEntries(facts), ...said(attestations) }, redactor),
        ...(error === undefined ? {} : { stopped: stopOf(error, redactor) }),
        ...(cases === undefined ? {} : { cases }),
      };
      // Whoever still holds this recorder (an agent's document host, for example) must not hold what it saw.
      finished = true;
      exchanges = [];
      frames = [];
      return evidence;
    },
  };
}

/** The same function for texts that come again and again, as headers do; what it gives must not change meanwhile. */
function remembering(scrub: (source: string) => string): (source: string) => string {
  const scrubbed = new Map<string, string>();
  return (source) => {
    const known = scrubbed.get(source);
    if (known !== undefined) return known;
    const fresh = scrub(source);
    scrubbed.set(source, fresh);
    return fresh;
  };
}

/** Of an answer: bytes on the wire, and bytes that are kept. */
function sizeOf({ response }: Exchange): [bytes: number, held: number] {
  if (response === null) return [0, 0];
  const head = response.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return [head + response.bodyBytes, head + weightOf(response.body ?? "")];
}

function said(attestations: ReadonlyMap<string, string>): Record<string, Json> {
  return attestations.size === 0 ? {} : { attestations: Object.fromEntries(attestations) };
}

/** Header and claims of a JWT as text; undefined for what is none. */
function contentOfJwt(jwt: string): string | undefined {
  const [header, claims] = jwt.split(".", 2).map((part) => parseJson(Buffer.from(part, "base64url").toString("utf8")));
  return header === undefined || claims === undefined
    ? undefined
    : `header ${JSON.stringify(header)}, claims ${JSON.stringify(claims)}`;
}

/** What the kit sends is its own; what others send is what they call a secret. */
function learningFrom(party: Party, redactor: Redactor): Learn {
  return isForeign(party) ? redactor.overheard : redactor.secret;
}

function recordBody(body: Buffer, learn: Learn): RecordedBody {
  if (body.length === 0) return { bodyBytes: 0 };
  const bodySha256 = hash("sha256", body, "hex");
  if (!isUtf8(body)) return { bodyBytes: body.length, bodySha256 };
  const whole = body.length <= keptBytes ? body.toString("utf8") : undefined;
  const parsed = parseJson(whole);
  if (whole !== undefined && parsed !== undefined) {
    learnFromJson(parsed, learn);
    return { body: whole, bodyBytes: body.length, bodySha256 };
  }
  const kept = body.subarray(0, keptTextBytes + longestSecret).toString("utf8");
  learnFromParameters(kept, learn);
  const isCut = body.length > keptTextBytes;
  return { body: kept, bodyBytes: body.length, bodySha256, ...(isCut ? { truncated: true } : {}) };
}

function redactBody({ body, truncated }: RecordedBody, redactor: Redactor): Pick<RecordedBody, "body"> {
  return body === undefined ? {} : { body: hidden(body, redactor, truncated) };
}

/** Without its secrets; of what was cut, the end goes too, where only a part of a secret may stand. */
function hidden(text: string, redactor: Redactor, truncated = false): string {
  const safe = hideNamed(redactor.scrub(text), redactor);
  return truncated ? safe.slice(0, Math.max(0, Math.min(keptTextBytes, safe.length - longestSecret))) : safe;
}

/**
 * Text by text and not as one text: a target may hand out a piece of JSON's own punctuation as its secret. The names of
 * facts are the kit's own and stay.
 */
function scrubFacts(facts: Evidence["facts"], redactor: Redactor): Evidence["facts"] {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, scrubJson(value, redactor)]));
}

function scrubJson(value: Json, redactor: Redactor): Json {
  if (typeof value === "string") return redactor.scrub(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => scrubJson(item, redactor));
  const members = Object.entries(value).map(([name, member]) => [redactor.scrub(name), scrubJson(member, redactor)]);
  return Object.fromEntries(members);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function stopOf(error: unknown, redactor: Redactor): Stop {
  if (error instanceof Stopped) return { ...error.stop, message: redactor.scrub(error.stop.message) };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    kind: "kit-error",
    reasonCode: "drive-crashed",
    message: redactor.scrub(message),
    mend: "this is a defect of the kit: please report it with the command line and the report",
    cause: "kit",
  };
}
