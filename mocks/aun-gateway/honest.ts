import { honestAuthService } from "./rules/auth-service.ts";
import { honestChallenge } from "./rules/challenge.ts";
import { honestConnect } from "./rules/connect.ts";
import { honestDelivery } from "./rules/delivery.ts";
import { honestFederation } from "./rules/federation.ts";
import { honestGate } from "./rules/gate.ts";
import { honestMessages } from "./rules/messages.ts";
import { honestMeta } from "./rules/meta.ts";
import { honestKinds, honestPlaces } from "./rules/places.ts";
import { honestRpc } from "./rules/rpc.ts";
import { honestVersions } from "./rules/versions.ts";
import type { AunRules } from "./rules.ts";

/** The reference gateway's decisions, all of them as the AUN documents state. */
export const honestAunRules: AunRules = {
  ...honestAuthService,
  ...honestChallenge,
  ...honestGate,
  ...honestRpc,
  ...honestConnect,
  ...honestVersions,
  ...honestPlaces,
  ...honestKinds,
  ...honestDelivery,
  ...honestMessages,
  ...honestMeta,
  ...honestFederation,
};
