import type { BackendKind } from "../settings.ts";
import { formTranslation } from "./form.ts";
import { jsonTranslation } from "./json.ts";
import { soapTranslation } from "./soap.ts";
import type { Translation } from "./translation.ts";

/** How the gateway speaks with each kind of backend. */
export const translations: Readonly<Record<BackendKind, Translation>> = {
  oa: soapTranslation,
  crm: formTranslation,
  finance: jsonTranslation,
};
