import type { JsonObject } from "../../ath/json.ts";

/** Why a frame is no request that could be carried out. */
export type FrameProblem =
  | "not-json"
  | "not-a-request"
  | "batch"
  | "binary"
  | "too-long"
  | "bad-params"
  | "unknown-method";

/** A request as far as it could be read. */
export interface ReadRequest {
  /** The frame as it came. */
  readonly text: string;
  /** Undefined when the frame has none or none that JSON-RPC allows. */
  readonly id: string | number | null | undefined;
  readonly method: string | undefined;
  readonly params: unknown;
  readonly problem: FrameProblem | undefined;
}

export interface RpcRules {
  /** A125: characters of a frame beyond which it is refused; far beyond, the connection ends (1009). */
  "rpc.frameLimit": (input: { readonly configured: number }) => number;
  /** A125: whether a message that came in fragments, with control frames between, is taken. */
  "rpc.takesMessage": (input: { readonly pingBefore: boolean }) => boolean;
  /** A117: whether the member `jsonrpc` is right. */
  "rpc.versionFits": (input: { readonly version: unknown }) => boolean;
  /** A118: whether the name is one of a method; throws when the look-up itself fails. */
  "rpc.knows": (input: { readonly name: string; readonly methods: ReadonlyMap<string, unknown> }) => boolean;
  /** A118: the result of a method that is not there; undefined: an error. */
  "rpc.unknownMethod": () => JsonObject | undefined;
  /** A116–A119: error code by problem. */
  "rpc.errorCode": (input: { readonly problem: FrameProblem }) => number;
  /** A120: whether a notification is answered. */
  "rpc.answersNotifications": () => boolean;
  /** A113–A115, A122: the frames that answer a request, given the answer. */
  "rpc.answers": (input: {
    readonly request: ReadRequest;
    readonly answer: JsonObject;
    /** The connection, as a key only. */
    readonly session: object;
    /** The connection was authenticated before this request. */
    readonly connectedBefore: boolean;
  }) => readonly unknown[];
  /** A121: a notification on its way to a client. */
  "rpc.push": (input: { readonly notification: JsonObject }) => JsonObject;
  /** A124: whether the connection ends after such a frame. */
  "rpc.closesAfter": (input: { readonly problem: FrameProblem }) => boolean;
  /** A125: whether the gateway lives on after such a frame. */
  "rpc.survives": (input: { readonly text: string; readonly binary: boolean; readonly limit: number }) => boolean;
}

const codes: Readonly<Record<FrameProblem, number>> = {
  "not-json": -32700,
  "not-a-request": -32600,
  batch: -32600,
  binary: -32600,
  "too-long": -32600,
  "bad-params": -32602,
  "unknown-method": -32601,
};

export const honestRpc: RpcRules = {
  "rpc.frameLimit": ({ configured }) => configured,
  "rpc.takesMessage": () => true,
  "rpc.versionFits": ({ version }) => version === "2.0",
  "rpc.knows": ({ name, methods }) => methods.has(name),
  "rpc.unknownMethod": () => undefined,
  "rpc.errorCode": ({ problem }) => codes[problem],
  "rpc.answersNotifications": () => false,
  "rpc.answers": ({ answer }) => [answer],
  "rpc.push": ({ notification }) => notification,
  "rpc.closesAfter": () => false,
  "rpc.survives": () => true,
};
