import { bodyOf } from "./known-request.ts";
import { knownResponse } from "./known-response.ts";

/** A body that cannot be taken; `status` is the HTTP status that says so. */
export class BodyError extends Error {
  readonly code: "BODY_TOO_LARGE" | "MALFORMED_TEXT" | "MALFORMED_JSON";
  readonly status: 400 | 413;
  constructor(code: BodyError["code"], message: string) {
    super(message);
    this.code = code;
    this.status = code === "BODY_TOO_LARGE" ? 413 : 400;
  }
}

function tooLarge(maxBytes: number): BodyError {
  return new BodyError("BODY_TOO_LARGE", `a body of at most ${maxBytes} bytes is accepted here`);
}

/**
 * The whole body, and never more than `maxBytes` of it in memory. Throws {@link BodyError} `BODY_TOO_LARGE`, before
 * reading anything when the announced length is too large already.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const known = bodyOf(request);
  if (known !== undefined) {
    if (known.byteLength > maxBytes) throw tooLarge(maxBytes);
    return known;
  }
  if (request.body === null) return new Uint8Array();
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > maxBytes) {
    await request.body.cancel();
    throw tooLarge(maxBytes);
  }
  if (announced !== null && request.headers.get("transfer-encoding") === null) {
    const whole = new Uint8Array(await request.arrayBuffer());
    if (whole.byteLength > maxBytes) throw tooLarge(maxBytes);
    return whole;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk.value);
  }
  return Buffer.concat(chunks);
}

/** The body as UTF-8 text. Throws {@link BodyError}. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const bytes = await readBody(request, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BodyError("MALFORMED_TEXT", "the body must be UTF-8 text");
  }
}

/** The body as JSON. Throws {@link BodyError}; the message never repeats the body. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyError("MALFORMED_JSON", `the body must be JSON, not ${text === "" ? "empty" : "this text"}`);
  }
}

/** An object with string keys, not an array and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export interface ResponseOptions {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonResponse(value: unknown, options: ResponseOptions = {}): Response {
  const headers = Object.entries({ "content-type": "application/json", ...options.headers });
  return knownResponse(options.status ?? 200, { headers, body: Buffer.from(JSON.stringify(value)) });
}

/** The error body that every mock answers outside the protocols: `{code, message}`. */
export function errorResponse(status: number, code: string, message: string): Response {
  return jsonResponse({ code, message }, { status });
}
