import type { Section } from "../engine/check.ts";
import { registrationEndpointChecks } from "./registration-endpoint.ts";
import { serviceDocumentChecks } from "./service-document.ts";
import { serviceEndpointChecks } from "./service-endpoints.ts";

/** The document of a native service (DISC-2, DISC-3). */
export const serviceDiscovery: Section = {
  id: "discovery",
  title: "Discovery",
  checks: [...serviceDocumentChecks, ...serviceEndpointChecks, ...registrationEndpointChecks],
};
