import type { Section } from "../engine/check.ts";
import { askingAgentChecks, attestedAgentChecks, forgedAuthorizationChecks } from "./authorization-agent.ts";
import { browserChecks } from "./authorization-browser.ts";
import { pkceChecks, resourceChecks } from "./authorization-provider-url.ts";
import { redirectChecks, stateChecks } from "./authorization-redirect.ts";
import { approvedOnlyChecks } from "./authorization-scopes.ts";

/** Phase B begins: an approved agent asks for a user's consent (AUTHZ-1 to AUTHZ-12). */
export const authorization: Section = {
  id: "authorization",
  title: "Authorization",
  checks: [
    ...askingAgentChecks,
    ...forgedAuthorizationChecks,
    ...approvedOnlyChecks,
    ...pkceChecks,
    ...stateChecks,
    ...redirectChecks,
    ...attestedAgentChecks,
    ...resourceChecks,
    ...browserChecks,
  ],
};
