import { STATUS_CODES } from "node:http";
import type { CheckResult, Exchange, Frame } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { decidingExchange } from "../telling.ts";
import { english, type Words } from "../words/en.ts";

/** One message of a sequence diagram, in the order in which it went over the wire. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** `request` and `message` are drawn solid, `answer` dashed, `lost` ends in a cross. */
  readonly kind: "request" | "answer" | "message" | "lost";
  /** Number of the exchange or frame in the record. */
  readonly id: number;
  /** Place in the list of `evidenceOf`, which the arrow belongs to. */
  readonly evidence: number;
  /** Whether it is what the finding is about. */
  readonly decides: boolean;
}

export type Piece =
  | { readonly kind: "exchange"; readonly exchange: Exchange; readonly decides: boolean }
  | { readonly kind: "frame"; readonly frame: Frame; readonly decides: boolean };

/** The recorded exchanges and frames of a check in the order in which they began. */
export function evidenceOf(check: Pick<CheckResult, "exchanges" | "frames">): readonly Piece[] {
  const { exchanges, frames = [] } = check;
  const lastFrame = frames.findLast(({ from, kind }) => from === "target" && kind !== "open") ?? frames.at(-1);
  const deciding = frames.length > 0 ? undefined : decidingExchange({ exchanges });
  const pieces: readonly Piece[] = [
    ...exchanges.map((exchange) => ({ kind: "exchange" as const, exchange, decides: exchange === deciding })),
    ...frames.map((frame) => ({ kind: "frame" as const, frame, decides: frame === lastFrame })),
  ];
  return pieces
    .map((piece) => ({ piece, at: startOf(piece), id: idOf(piece) }))
    .toSorted((a, b) => a.at - b.at || a.id - b.id)
    .map(({ piece }) => piece);
}

/** The arrows of a check: requests where they were sent, answers where they came, so that what ran side by side shows. */
export function arrowsOf(pieces: readonly Piece[], words: Words = english): readonly Arrow[] {
  const arrows: Arrow[] = [];
  let open: readonly Open[] = [];
  const answer = (over: (one: Open) => boolean) => {
    const ended = open.filter(over).toSorted((a, b) => a.endsAt - b.endsAt);
    open = open.filter((one) => !over(one));
    // What was called from inside another call is answered before it.
    const inside = (outer: Open) => ended.filter((one) => one.within === outer);
    const write = (one: Open): void => {
      for (const inner of inside(one)) write(inner);
      arrows.push(answerOf(one, words));
    };
    for (const one of ended.filter(({ within }) => within === undefined || !ended.includes(within))) write(one);
  };
  for (const [evidence, piece] of pieces.entries()) {
    const at = startOf(piece);
    if (piece.kind === "frame") {
      answer(({ endsAt }) => endsAt <= at);
      arrows.push(messageOf(piece, evidence, words));
      continue;
    }
    const { exchange, decides } = piece;
    const within = open.findLast((outer) => isInside(exchange, outer));
    const outer = new Set(ancestors(within));
    answer((one) => !outer.has(one) && !isBeside(at, one) && !isBelowBeside(one, open, at));
    arrows.push(requestOf(exchange, evidence, decides));
    open = [...open, { exchange, evidence, decides, within, endsAt: at + exchange.durationMs }];
  }
  answer(() => true);
  return arrows;
}

interface Open {
  readonly exchange: Exchange;
  readonly evidence: number;
  readonly decides: boolean;
  /** The call that this one was made from. */
  readonly within: Open | undefined;
  readonly endsAt: number;
}

/** Instants are cut to milliseconds, so only an overlap of more than one is known to be one. */
function isBeside(at: number, { endsAt }: Open): boolean {
  return at + 1 <= endsAt;
}

function isBelowBeside(one: Open, open: readonly Open[], at: number): boolean {
  return open.some((inner) => inner.within === one && isBeside(at, inner));
}

/** The target asks its provider or upstream while somebody waits for the target. */
function isInside(inner: Exchange, outer: Open): boolean {
  const at = Date.parse(inner.startedAt);
  return outer.exchange.to === inner.from && at <= outer.endsAt + 1 && at + inner.durationMs <= outer.endsAt + 2;
}

function ancestors(one: Open | undefined): readonly Open[] {
  return one === undefined ? [] : [one, ...ancestors(one.within)];
}

function startOf(piece: Piece): number {
  const at = Date.parse(piece.kind === "exchange" ? piece.exchange.startedAt : piece.frame.at);
  return Number.isNaN(at) ? 0 : at;
}

function idOf(piece: Piece): number {
  return piece.kind === "exchange" ? piece.exchange.id : piece.frame.id;
}

function requestOf({ id, from, to, request }: Exchange, evidence: number, decides: boolean): Arrow {
  return { id, from, to, label: `${request.method} ${pathOf(request.url)}`, kind: "request", evidence, decides };
}

function answerOf({ exchange, evidence, decides }: Open, words: Words): Arrow {
  const { id, from, to, response, error } = exchange;
  const ends = { id, from: to, to: from, evidence, decides };
  if (response === null) return { ...ends, label: error?.code ?? words.noAnswer, kind: "lost" };
  return { ...ends, label: statusWords(response.status), kind: "answer" };
}

function messageOf({ frame, decides }: Piece & { readonly kind: "frame" }, evidence: number, words: Words): Arrow {
  const { id, from, to } = frame;
  const kind = frame.kind === "error" ? "lost" : "message";
  return { id, from, to, label: frameWords(frame, words), kind, evidence, decides };
}

/** `404 Not Found`. */
export function statusWords(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`.trim();
}

/** A WebSocket message in a few words: a JSON-RPC method or answer by its name, else what kind it is. */
export function frameWords({ kind, text, bytes, code, reason }: Frame, words: Words = english): string {
  const { wire } = words.html;
  if (kind === "open") return wire.open;
  if (kind === "close")
    return `${code === undefined ? wire.closeWithoutCode : wire.close(code)}${reason ? ` ${reason}` : ""}`;
  if (kind === "error") return text ?? wire.error;
  return (text === undefined ? undefined : rpcWords(text)) ?? wire.sized(kind, bytes);
}

function rpcWords(text: string): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null) return undefined;
  if ("method" in message && typeof message.method === "string") return message.method;
  const id = "id" in message ? ` to ${JSON.stringify(message.id)}` : "";
  if ("error" in message) {
    const { error } = message;
    const code = typeof error === "object" && error !== null && "code" in error ? ` ${JSON.stringify(error.code)}` : "";
    return `error${code}${id}`;
  }
  return "result" in message ? `result${id}` : undefined;
}

/** Path and query of a URL as it was sent, without a parser that would tidy it up. */
export function pathOf(url: string): string {
  return printable(url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/", 2000);
}
