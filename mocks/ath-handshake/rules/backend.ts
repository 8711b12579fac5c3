import type { HeaderList } from "../../ath/body-source.ts";
import type { AnswerReading, BackendCall, Fields, Translation } from "../translate/translation.ts";

/** The backend's side of a call (GW-2, GW-3). */
export interface BackendRules {
  /** GW-2: fields of the agent's request that go on to the backend, beside its own credential. */
  "backend.passedHeaders": (input: { readonly headers: HeaderList }) => HeaderList;
  /** GW-2: the fields that identify the gateway at the backend. */
  "backend.credential": (input: { readonly credential: HeaderList }) => HeaderList;
  /** GW-3: what of the agent's call is translated. */
  "backend.fields": (input: { readonly fields: Fields }) => Fields;
  /** GW-3: the call in the backend's own form; `asJson` is what the agent sent. */
  "backend.request": (input: { readonly translated: BackendCall; readonly asJson: () => BackendCall }) => BackendCall;
  /** GW-3: a text made safe to stand inside the backend's form. */
  "backend.escaped": (input: { readonly text: string; readonly toSafe: Translation["escape"] }) => string;
  /** GW-3: the backend's answer as JSON. */
  "backend.answer": (input: {
    readonly body: string;
    readonly contentType: string;
    readonly read: () => AnswerReading;
  }) => AnswerReading;
}

export const honestBackend: BackendRules = {
  "backend.passedHeaders": () => [],
  "backend.credential": ({ credential }) => credential,
  "backend.fields": ({ fields }) => fields,
  "backend.request": ({ translated }) => translated,
  "backend.escaped": ({ text, toSafe }) => toSafe(text),
  "backend.answer": ({ read }) => read(),
};
