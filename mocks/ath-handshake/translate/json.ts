import { escapeForm, formText } from "../../backends/form.ts";
import type { AnswerReading, Translation } from "./translation.ts";
import { hasBody } from "./translation.ts";

function read(body: string): AnswerReading {
  try {
    const value: unknown = JSON.parse(body);
    return { kind: "json", value };
  } catch {
    return { kind: "unreadable", problem: "no JSON" };
  }
}

/** JSON to and from JSON; what has no body travels in the query. */
export const jsonTranslation: Translation = {
  escape: escapeForm,
  request({ method, path, fields }, safe) {
    if (hasBody(method)) {
      return { method, path, headers: [["content-type", "application/json"]], body: JSON.stringify(fields) };
    }
    const text = formText(fields, safe);
    return { method, path: text === "" ? path : `${path}?${text}`, headers: [], body: undefined };
  },
  read,
};
