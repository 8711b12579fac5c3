import type { AuthServiceRules } from "./rules/auth-service.ts";
import type { ChallengeRules } from "./rules/challenge.ts";
import type { ConnectRules } from "./rules/connect.ts";
import type { DeliveryRules } from "./rules/delivery.ts";
import type { FederationRules } from "./rules/federation.ts";
import type { GateRules } from "./rules/gate.ts";
import type { MessageRules } from "./rules/messages.ts";
import type { MetaRules } from "./rules/meta.ts";
import type { KindRules, PlaceRules } from "./rules/places.ts";
import type { RpcRules } from "./rules/rpc.ts";
import type { VersionRules } from "./rules/versions.ts";

/**
 * Every decision of an AUN gateway by name. The honest rules stand beside their types in `rules/<area>.ts`; a fault
 * replaces one of them. A rule gets what it decides by, and what a wrong rule would wrongly decide by, in its input.
 */
export interface AunRules
  extends AuthServiceRules,
    ChallengeRules,
    GateRules,
    RpcRules,
    ConnectRules,
    VersionRules,
    PlaceRules,
    KindRules,
    DeliveryRules,
    MessageRules,
    MetaRules,
    FederationRules {}
