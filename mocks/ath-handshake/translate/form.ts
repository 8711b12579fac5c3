import { escapeForm, formText, readForm } from "../../backends/form.ts";
import { hasBody, type Translation } from "./translation.ts";

/** JSON to and from forms; what has no body travels in the query. */
export const formTranslation: Translation = {
  escape: escapeForm,
  request({ method, path, fields }, safe) {
    const text = formText(fields, safe);
    if (hasBody(method)) {
      return { method, path, headers: [["content-type", "application/x-www-form-urlencoded"]], body: text };
    }
    return { method, path: text === "" ? path : `${path}?${text}`, headers: [], body: undefined };
  },
  read: (body) => ({ kind: "json", value: readForm(body) }),
};
