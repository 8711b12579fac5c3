import { honestAccess } from "./rules/access.ts";
import { honestBackend } from "./rules/backend.ts";
import { honestCompletion } from "./rules/completion.ts";
import { honestConfirmation } from "./rules/confirmation.ts";
import { honestCredential } from "./rules/credential.ts";
import { honestHello } from "./rules/hello.ts";
import { honestIdentity } from "./rules/identity.ts";
import { honestMessage } from "./rules/message.ts";
import { honestOrder } from "./rules/order.ts";
import { honestScopes } from "./rules/scopes.ts";
import { honestTraffic } from "./rules/traffic.ts";
import type { HandshakeRules } from "./rules.ts";

/** The nine-step gateway's decisions, all of them as the text demands. */
export const honestRules: HandshakeRules = {
  ...honestMessage,
  ...honestHello,
  ...honestOrder,
  ...honestIdentity,
  ...honestCredential,
  ...honestScopes,
  ...honestConfirmation,
  ...honestCompletion,
  ...honestAccess,
  ...honestBackend,
  ...honestTraffic,
};
