import type { DiscoveryDocument } from "../../schemas/index.ts";
import { answer } from "../ath/engine/answers.ts";
import { type AthContext, registerPath } from "../ath/engine/context.ts";

/** GET /.well-known/ath.json (ATH 0.1 client/discovery § Mode 2). */
export function discovery({ rules, settings }: AthContext): Response {
  const { publicUrl, gatewayId, providers } = settings;
  const document: DiscoveryDocument = {
    ath_version: "0.1",
    gateway_id: gatewayId,
    agent_registration_endpoint: rules["transport.handedOutUrl"]({ url: publicUrl + registerPath }),
    supported_providers: [...providers.values()].map(({ id, displayName, categories, scopes }) => ({
      provider_id: id,
      display_name: displayName,
      categories,
      available_scopes: scopes,
      auth_mode: "OAUTH2",
      agent_approval_required: true,
    })),
  };
  return answer(rules["discovery.document"]({ document, publicUrl }));
}
