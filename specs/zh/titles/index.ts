import { athConsent } from "./ath-consent.ts";
import { athIdentity } from "./ath-identity.ts";
import { athUse } from "./ath-use.ts";
import { aunConnection } from "./aun-connection.ts";
import { aunMessages } from "./aun-messages.ts";
import { aunRegistration } from "./aun-registration.ts";
import { aunSharing } from "./aun-sharing.ts";
import { aunTokens } from "./aun-tokens.ts";
import { handshakeGateway } from "./handshake-gateway.ts";
import { handshakeGrant } from "./handshake-grant.ts";
import { handshakeProof } from "./handshake-proof.ts";

/** What each check holds, by the check's id. */
export const checkTitles: Readonly<Record<string, string>> = {
  ...athIdentity,
  ...athConsent,
  ...athUse,
  ...handshakeProof,
  ...handshakeGrant,
  ...handshakeGateway,
  ...aunConnection,
  ...aunSharing,
  ...aunRegistration,
  ...aunTokens,
  ...aunMessages,
};
