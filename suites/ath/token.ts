import type { Section } from "../engine/check.ts";
import { tokenAttestationChecks } from "./token-attestation.ts";
import { clientSecretChecks, grantTypeChecks } from "./token-client.ts";
import { emptyChecks } from "./token-empty.ts";
import { beforeConsentChecks, sessionLifetimeChecks } from "./token-lifetime.ts";
import { tokenLifeChecks, tokenShapeChecks } from "./token-response.ts";
import { scopeChecks } from "./token-scopes.ts";
import { sessionIdentityChecks } from "./token-session.ts";
import { singleUseChecks } from "./token-single-use.ts";

/** A session becomes a token (TOK-1 to TOK-12). */
export const token: Section = {
  id: "token",
  title: "Token exchange",
  checks: [
    ...tokenShapeChecks,
    ...scopeChecks,
    ...emptyChecks,
    ...tokenAttestationChecks,
    ...clientSecretChecks,
    ...sessionIdentityChecks,
    ...sessionLifetimeChecks,
    ...singleUseChecks,
    ...grantTypeChecks,
    ...beforeConsentChecks,
    ...tokenLifeChecks,
  ],
};
