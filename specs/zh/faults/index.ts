import { athConsent } from "./ath-consent.ts";
import { athIdentity } from "./ath-identity.ts";
import { athTrace } from "./ath-trace.ts";
import { athUse } from "./ath-use.ts";
import { aunConnection } from "./aun-connection.ts";
import { aunDelivery } from "./aun-delivery.ts";
import { aunLogin } from "./aun-login.ts";
import { aunMessages } from "./aun-messages.ts";
import { aunRegistration } from "./aun-registration.ts";
import { aunRpc } from "./aun-rpc.ts";
import { aunSharing } from "./aun-sharing.ts";
import { handshakeGateway } from "./handshake-gateway.ts";
import { handshakeGrant } from "./handshake-grant.ts";
import { handshakeProof } from "./handshake-proof.ts";
import { oauth } from "./oauth.ts";

/** What each fault of the mocks does, by the fault's id. */
export const faultSentences: Readonly<Record<string, string>> = {
  ...athIdentity,
  ...athConsent,
  ...athUse,
  ...athTrace,
  ...handshakeProof,
  ...handshakeGrant,
  ...handshakeGateway,
  ...aunConnection,
  ...aunSharing,
  ...aunDelivery,
  ...aunRegistration,
  ...aunLogin,
  ...aunRpc,
  ...aunMessages,
  ...oauth,
};
