import type { AccessRules } from "./rules/access.ts";
import type { BackendRules } from "./rules/backend.ts";
import type { CompletionRules } from "./rules/completion.ts";
import type { ConfirmationRules } from "./rules/confirmation.ts";
import type { CredentialRules } from "./rules/credential.ts";
import type { HelloRules } from "./rules/hello.ts";
import type { IdentityRules } from "./rules/identity.ts";
import type { MessageRules } from "./rules/message.ts";
import type { OrderRules } from "./rules/order.ts";
import type { ScopeRules } from "./rules/scopes.ts";
import type { TrafficRules } from "./rules/traffic.ts";

/**
 * Every decision of the nine-step gateway by name. The honest rules stand beside their types in `rules/<area>.ts`; a
 * fault replaces one of them. A rule gets what it decides by, and what a wrong rule would wrongly decide by.
 */
export interface HandshakeRules
  extends MessageRules,
    HelloRules,
    OrderRules,
    IdentityRules,
    CredentialRules,
    ScopeRules,
    ConfirmationRules,
    CompletionRules,
    AccessRules,
    BackendRules,
    TrafficRules {}
