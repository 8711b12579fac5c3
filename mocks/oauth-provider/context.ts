import type { Clock } from "../core/clock.ts";
import type { ConsentControl } from "../core/consent-policy.ts";
import type { ConsentPageContent } from "./consent-page.ts";
import type { Lifetimes, OAuthClient } from "./options.ts";
import type { OAuthRules } from "./rules.ts";
import type { Store } from "./store.ts";

/** What every endpoint of one provider works with. */
export interface ProviderContext {
  readonly issuer: () => string;
  readonly clock: Clock;
  readonly clients: ReadonlyMap<string, OAuthClient>;
  readonly users: readonly string[];
  readonly scopes: readonly string[];
  readonly ttl: Lifetimes;
  readonly rules: OAuthRules;
  readonly store: Store;
  readonly consent: ConsentControl;
  /** The page that asks a person. */
  readonly consentPage: (content: ConsentPageContent) => Response;
}
