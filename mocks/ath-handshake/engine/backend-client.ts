import type { HeaderList } from "../../ath/body-source.ts";
import { headerOf } from "../../ath/body-source.ts";
import { type Forward, UpstreamError } from "../../ath-gateway/forwarder.ts";
import { crmCookie, crmLoginPath } from "../../backends/crm.ts";
import { formText } from "../../backends/form.ts";
import { Refused } from "../refusal.ts";
import type { BackendKind } from "../settings.ts";
import type { BackendCall } from "../translate/translation.ts";

/** Where a backend is, and the credential it gave the gateway. */
export type BackendAccess =
  | { readonly kind: "oa" | "crm"; readonly origin: string; readonly account: Account }
  | { readonly kind: "finance"; readonly origin: string; readonly apiKey: string };

export interface Account {
  readonly name: string;
  readonly password: string;
}

/** What a backend answered. */
export interface BackendReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Changes the credential on its way out. */
export type ToCredential = (credential: HeaderList) => HeaderList;

/** Calls one backend under its own credential. */
export interface BackendClient {
  readonly kind: BackendKind;
  /** Throws {@link Refused} `backend-timeout`, `backend-unreachable` or `backend-failed`. */
  call(call: BackendCall, toCredential: ToCredential): Promise<BackendReply>;
}

/** Larger answers are refused. */
const MAX_BYTES = 4 * 1024 * 1024;

async function wholeBody(body: Uint8Array | ReadableStream<Uint8Array> | undefined): Promise<string> {
  if (body === undefined) return "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString("utf8");
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Refused("backend-failed", "the backend's answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

interface Exchange extends BackendReply {
  readonly headers: HeaderList;
}

async function exchange(forward: Forward, origin: string, call: BackendCall, timeoutMs: number): Promise<Exchange> {
  const { method, path, headers, body } = call;
  try {
    const bytes = body === undefined ? undefined : Buffer.from(body, "utf8");
    const response = await forward({ origin, method, path, headers, body: bytes, timeoutMs });
    const contentType = headerOf(response.headers, "content-type") ?? "";
    return { status: response.status, headers: response.headers, contentType, body: await wholeBody(response.body) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (error.code === "TIMEOUT") throw new Refused("backend-timeout", "the backend did not answer in time");
    throw new Refused("backend-unreachable", "the backend could not be reached");
  }
}

type Send = (call: BackendCall) => Promise<Exchange>;

function withCredential(call: BackendCall, credential: HeaderList): BackendCall {
  return { ...call, headers: [...call.headers, ...credential] };
}

/** Logs in at the CRM when needed; calls at the same time share one login. */
function crmClient(send: Send, { name, password }: Account): BackendClient["call"] {
  let session: Promise<string> | undefined;
  const login = async (): Promise<string> => {
    const { status, headers } = await send({
      method: "POST",
      path: crmLoginPath,
      headers: [["content-type", "application/x-www-form-urlencoded"]],
      body: formText({ user: name, password }),
    });
    const cookie = headerOf(headers, "set-cookie")?.split(";")[0];
    if (status !== 200 || cookie?.startsWith(`${crmCookie}=`) !== true) {
      throw new Refused("backend-failed", "the backend does not let the gateway in");
    }
    return cookie;
  };
  const current = (): Promise<string> => {
    session ??= login().catch((error: unknown) => {
      session = undefined;
      throw error;
    });
    return session;
  };
  return async (call, toCredential) => {
    const used = current();
    const first = await send(withCredential(call, toCredential([["cookie", await used]])));
    if (first.status !== 401) return first;
    // The session has ended; whoever notices it first logs in for all.
    if (session === used) session = undefined;
    return send(withCredential(call, toCredential([["cookie", await current()]])));
  };
}

/** A client for one backend. */
export function backendClient(access: BackendAccess, forward: Forward, timeoutMs: number): BackendClient {
  const { kind, origin } = access;
  const send: Send = (call) => exchange(forward, origin, call, timeoutMs);
  if (access.kind === "crm") return { kind, call: crmClient(send, access.account) };
  const fixed: HeaderList =
    access.kind === "finance"
      ? [["x-api-key", access.apiKey]]
      : [
          [
            "authorization",
            `Basic ${Buffer.from(`${access.account.name}:${access.account.password}`).toString("base64")}`,
          ],
        ];
  return { kind, call: (call, toCredential) => send(withCredential(call, toCredential(fixed))) };
}
