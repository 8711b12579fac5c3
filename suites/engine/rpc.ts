import { rateLimits } from "../../specs/aun-gateway/error-codes.ts";
import { type Evidence, type Frame, markedFrames } from "./evidence.ts";
import { isObject, member, parseJson, text } from "./json.ts";

/** The error member of a JSON-RPC 2.0 response. */
export interface RpcError {
  /** NaN when the target sent no integer. */
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

/**
 * One JSON-RPC request on a WebSocket and what came of it: a result, an error, the end of the connection, or nothing in
 * time. Read from frames, so that the judge sees what the drive saw.
 */
export interface RpcCall {
  readonly outcome: "result" | "error" | "closed" | "silent";
  readonly request: Frame | undefined;
  /** The response, or the end of the connection that came instead. */
  readonly answer: Frame | undefined;
  /** The result; undefined when there is none. */
  readonly result: unknown;
  readonly error: RpcError | undefined;
  /** All of it, for findings. */
  readonly frames: readonly Frame[];
}

/** Reads a call from its frames: the request first, then the response or the close. */
export function rpcCall(request: Frame | undefined, answer: Frame | undefined): RpcCall {
  const message = answer?.kind === "text" || answer?.kind === "binary" ? parseJson(answer.text) : undefined;
  const error = member(message, "error");
  const failed = error !== undefined && error !== null;
  const outcome = answer === undefined ? "silent" : message === undefined ? "closed" : failed ? "error" : "result";
  const code = member(error, "code");
  return {
    outcome,
    request,
    answer,
    result: failed ? undefined : member(message, "result"),
    error: failed
      ? {
          code: typeof code === "number" ? code : Number.NaN,
          message: text(error, "message") ?? "",
          data: member(error, "data"),
        }
      : undefined,
    frames: [request, answer].filter((frame) => frame !== undefined),
  };
}

/** The calls that carry a role: each begins with a frame that the kit sent; what came next answers it. */
export function markedCalls(evidence: Evidence, role: string): readonly RpcCall[] {
  const frames = new Map(markedFrames(evidence, role).map((frame) => [frame.id, frame]));
  const calls: { readonly request: Frame; answer?: Frame }[] = [];
  for (const id of evidence.marks[role] ?? []) {
    const frame = frames.get(id);
    if (frame === undefined) continue;
    const open = calls.at(-1);
    if (frame.from === "agent") calls.push({ request: frame });
    else if (open !== undefined && open.answer === undefined) open.answer = frame;
  }
  return calls.map(({ request, answer }) => rpcCall(request, answer));
}

/** The target refused because it is asked too fast. */
export function isRateLimited({ error }: RpcCall): boolean {
  return error !== undefined && rateLimits.includes(error.code);
}

/** The target does not know the method, by the code of JSON-RPC or the one that the public clients read so. */
export function isUnknown({ error }: RpcCall): boolean {
  return error?.code === -32601 || error?.code === 4040;
}

/**
 * What a frame says, in one form of JSON whatever escapes and white space it was written with; the bare text of what is
 * no JSON. So that a text can be looked for in it.
 */
export function said(frame: Frame | undefined): string {
  const value = parseJson(frame?.text);
  return value === undefined ? (frame?.text ?? "") : JSON.stringify(value);
}

/** The JSON-RPC message of a frame; undefined when it is no JSON object. */
export function messageOf(frame: Frame | undefined): Record<string, unknown> | undefined {
  const message = frame?.kind === "text" || frame?.kind === "binary" ? parseJson(frame.text) : undefined;
  return isObject(message) ? message : undefined;
}

/** One line that says what came of a call. */
export function answerOfCall({ outcome, error, answer }: RpcCall): string {
  if (outcome === "silent") return "no answer";
  if (outcome === "closed") return `no answer, but the connection ended: ${closeOf(answer)}`;
  if (error === undefined) return "a result";
  const code = Number.isNaN(error.code) ? "without an integer code" : String(error.code);
  return `error ${code}${error.message === "" ? "" : ` "${error.message.slice(0, 120)}"`}`;
}

/** How a connection ended. */
export function closeOf(frame: Frame | undefined): string {
  if (frame === undefined) return "it is still open";
  if (frame.kind === "error") return frame.text ?? "a transport error";
  const { code = 1006, reason = "" } = frame;
  return `close ${code}${reason === "" ? "" : ` "${reason.slice(0, 120)}"`}`;
}
