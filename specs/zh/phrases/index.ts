import type { Phrases } from "../phrase-book.ts";
import { athConsent } from "./ath-consent.ts";
import { athIdentity } from "./ath-identity.ts";
import { athUse } from "./ath-use.ts";
import { aunAuth } from "./aun-auth.ts";
import { aunConnections } from "./aun-connections.ts";
import { aunMessages } from "./aun-messages.ts";
import { commands } from "./commands.ts";
import { drivers } from "./drivers.ts";
import { engine } from "./engine.ts";
import { handshakeGateway } from "./handshake-gateway.ts";
import { handshakeSteps } from "./handshake-steps.ts";
import { setUp } from "./set-up.ts";

/** Everything that findings, diagnoses and refusals of a certificate are worded in. */
export const phrases: Phrases = {
  ...athConsent,
  ...athIdentity,
  ...athUse,
  ...aunConnections,
  ...aunAuth,
  ...aunMessages,
  ...commands,
  ...drivers,
  ...engine,
  ...handshakeGateway,
  ...handshakeSteps,
  ...setUp,
};
