import type { HandshakeSettings, SystemSettings } from "../../suites/drivers/handshake/settings.ts";

/** Which of the ways that the text leaves open a gateway goes. */
export type HandshakeBinding = Partial<Pick<HandshakeSettings, "correlation" | "signature">>;

/** What stands behind the reference gateway of the nine-step handshake: both sides know it. */
export const systems = [
  {
    prefix: "/oa",
    backend: "oa",
    format: "soap",
    scopes: { "oa:read": ["GET /oa/api/documents"], "oa:write": ["POST /oa/api/documents"] },
    unmapped: ["DELETE /oa/api/everything", "GET /oa/api/unlisted"],
    sample: { title: "Travel plan", folder: "policies" },
  },
  {
    prefix: "/crm",
    backend: "crm",
    format: "form",
    scopes: { "crm:read": ["GET /crm/api/customers"], "crm:write": ["POST /crm/api/customers"] },
    unmapped: ["DELETE /crm/api/everything"],
    sample: { name: "Ada", city: "Zürich" },
  },
  {
    prefix: "/finance",
    backend: "finance",
    format: "json",
    scopes: { "finance:read": ["GET /finance/api/invoices"], "finance:write": ["POST /finance/api/invoices"] },
    unmapped: ["DELETE /finance/api/everything"],
    sample: { customer: "c-1", total: 80 },
  },
] as const satisfies readonly (SystemSettings & { readonly backend: string })[];
