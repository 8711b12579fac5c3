import { type AuthRules, honestAuth } from "./auth.ts";
import { type DiscoveryRules, honestDiscovery } from "./discovery.ts";
import { honestLogin, type LoginRules } from "./login.ts";
import { honestPki, type PkiRules } from "./pki.ts";
import { honestRefresh, type RefreshRules } from "./refresh.ts";
import { honestTokens, type TokenRules } from "./tokens.ts";

/** Every decision of discovery, the auth service and its public key infrastructure by name. */
export interface AuthServiceRules extends DiscoveryRules, PkiRules, AuthRules, LoginRules, RefreshRules, TokenRules {}

/** These decisions as the AUN documents have them. */
export const honestAuthService: AuthServiceRules = {
  ...honestDiscovery,
  ...honestPki,
  ...honestAuth,
  ...honestLogin,
  ...honestRefresh,
  ...honestTokens,
};
