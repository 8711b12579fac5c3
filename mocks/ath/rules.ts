import type { AgentStatusRules } from "./rules/agent-status.ts";
import type { AttestationRules } from "./rules/attestation.ts";
import type { AuditRules } from "./rules/audit.ts";
import type { AuthorizationRules } from "./rules/authorization.ts";
import type { BodyRules } from "./rules/body.ts";
import type { BridgeRules } from "./rules/bridge.ts";
import type { CallbackRules } from "./rules/callback.ts";
import type { DiscoveryRules } from "./rules/discovery.ts";
import type { ErrorRules } from "./rules/errors.ts";
import type { IdentityRules } from "./rules/identity.ts";
import type { ProxyRules } from "./rules/proxy.ts";
import type { RateRules } from "./rules/rate.ts";
import type { RegistrationRules } from "./rules/registration.ts";
import type { RevocationRules } from "./rules/revocation.ts";
import type { TokenRules } from "./rules/token.ts";
import type { TransportRules } from "./rules/transport.ts";

/**
 * Every decision of an ATH implementor by name. The honest rules stand beside their types in `rules/<area>.ts`; a fault
 * replaces one of them. A rule gets what it decides by, and what a wrong rule would wrongly decide by, in its input.
 */
export interface AthRules
  extends TransportRules,
    DiscoveryRules,
    BodyRules,
    ErrorRules,
    RateRules,
    IdentityRules,
    AttestationRules,
    RegistrationRules,
    AgentStatusRules,
    AuthorizationRules,
    CallbackRules,
    BridgeRules,
    TokenRules,
    ProxyRules,
    RevocationRules,
    AuditRules {}
