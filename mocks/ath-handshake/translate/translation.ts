import type { HeaderList } from "../../ath/body-source.ts";
import type { JsonObject } from "../../ath/json.ts";

/** What an agent sends to a backend: the parameters of its query and the members of its body. */
export type Fields = JsonObject;

/** An agent's call, without the prefix of the system. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
}

/** A call as a backend takes it, without credentials. */
export interface BackendCall {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
}

/** What became of a backend's answer; `raw`: it goes to the agent as it is. */
export type AnswerReading =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "raw"; readonly contentType: string; readonly text: string }
  | { readonly kind: "unreadable"; readonly problem: string };

/** The two ways between the agent's JSON and a backend's own form. */
export interface Translation {
  /** Makes a text safe to stand inside the form. */
  readonly escape: (text: string) => string;
  readonly request: (call: ApiCall, safe: (text: string) => string) => BackendCall;
  readonly read: (body: string) => AnswerReading;
}

/** Whether a call of this method has a body. */
export function hasBody(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "DELETE";
}
