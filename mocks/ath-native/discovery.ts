import type { ServiceDiscoveryDocument } from "../../schemas/index.ts";
import { answer } from "../ath/engine/answers.ts";
import { type AthContext, authorizePath, registerPath, tokenPath } from "../ath/engine/context.ts";
import { apiPath, mailApp } from "./app.ts";

/** GET /.well-known/ath-app.json (ATH 0.1 client/discovery § Mode 3). */
export function serviceDiscovery({ rules, settings }: AthContext): Response {
  const { publicUrl } = settings;
  const handedOut = (path: string) => rules["transport.handedOutUrl"]({ url: publicUrl + path });
  const document: ServiceDiscoveryDocument = {
    ath_version: "0.1",
    app_id: mailApp.id,
    name: mailApp.name,
    auth: {
      type: "oauth2",
      authorization_endpoint: handedOut(authorizePath),
      token_endpoint: handedOut(tokenPath),
      registration_endpoint: handedOut(registerPath),
      scopes_supported: mailApp.scopes,
      agent_attestation_required: true,
    },
    api_base: handedOut(apiPath),
  };
  return answer(rules["discovery.serviceDocument"]({ document, publicUrl }));
}
