import type { MockConfig } from "../../schemas/index.ts";

/** What the reference native service is: a small mail service. In native mode its app_id is the provider_id. */
export const mailApp = {
  id: "mock-mail",
  name: "Mock Mail",
  scopes: ["mail:read", "mail:send", "mail:delete"],
  /** `METHOD /path` patterns below {@link apiPath}. */
  operations: {
    "mail:read": ["GET /v1/messages", "GET /v1/messages/{id}", "HEAD /v1/messages"],
    "mail:send": ["POST /v1/messages"],
    "mail:delete": ["DELETE /v1/messages/{id}"],
  },
} as const;

/** Where the business API is, below the service's base URL. */
export const apiPath = "/api";
/** Where the service's own sign-in and consent pages are, below its base URL. */
export const accountPath = "/oauth";

/** What may be configured of the service; what it offers is fixed. */
export type NativeConfig = Pick<MockConfig, "policy" | "limits" | "audit">;
