import { honestAgentStatus } from "./rules/agent-status.ts";
import { honestAttestation } from "./rules/attestation.ts";
import { honestAudit } from "./rules/audit.ts";
import { honestAuthorization } from "./rules/authorization.ts";
import { honestBody } from "./rules/body.ts";
import { honestBridge } from "./rules/bridge.ts";
import { honestCallback } from "./rules/callback.ts";
import { honestDiscovery } from "./rules/discovery.ts";
import { honestErrors } from "./rules/errors.ts";
import { honestIdentity } from "./rules/identity.ts";
import { honestProxy } from "./rules/proxy.ts";
import { honestRate } from "./rules/rate.ts";
import { honestRegistration } from "./rules/registration.ts";
import { honestRevocation } from "./rules/revocation.ts";
import { honestToken } from "./rules/token.ts";
import { honestTransport } from "./rules/transport.ts";
import type { AthRules } from "./rules.ts";

/** The reference implementor's decisions, all of them as ATH 0.1 demands. */
export const honestRules: AthRules = {
  ...honestTransport,
  ...honestDiscovery,
  ...honestBody,
  ...honestErrors,
  ...honestRate,
  ...honestIdentity,
  ...honestAttestation,
  ...honestRegistration,
  ...honestAgentStatus,
  ...honestAuthorization,
  ...honestCallback,
  ...honestBridge,
  ...honestToken,
  ...honestProxy,
  ...honestRevocation,
  ...honestAudit,
};
