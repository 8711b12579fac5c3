import { text } from "../../engine/json.ts";
import { notTested } from "../../engine/stop.ts";
import type { KitProvider, ProviderAccount } from "../kit-provider.ts";
import { ticketHeader } from "../provider/authorize-endpoint.ts";
import type { ConsentAsk, ConsentDriver, Page } from "./consent-driver.ts";
import { formConsent } from "./form.ts";

export interface ProviderConsentOptions {
  readonly ask: ConsentAsk;
  readonly provider: KitProvider;
  readonly account: ProviderAccount;
}

/**
 * Consent at the kit's own provider: a ticket goes with each visit of its authorization endpoint, and to nobody else.
 * Pages that the target puts before it are agreed to, since the decision under test is the one at the provider.
 */
export function providerConsent({ ask, provider, account }: ProviderConsentOptions): ConsentDriver {
  const pages = formConsent({ ask: { ...ask, grant: "asked" }, fields: {} });
  return {
    headersFor: (url) =>
      provider.isAuthorizationEndpoint(url) ? { [ticketHeader]: account.ticket(ask.user, ask.grant) } : {},
    async next(page) {
      if (!provider.isAuthorizationEndpoint(page.url)) return pages.next?.(page);
      if (text(page.reply.json, "error") === "unauthorized_client") throw wrongClient(page);
      return undefined;
    },
    decided: () => pages.decided?.() ?? false,
  };
}

function wrongClient({ reply }: Page) {
  const description = text(reply.json, "error_description") ?? "";
  return notTested("provider-client-unknown", `the target is configured with another client: ${description}`, {
    cause: "configuration",
    exchanges: [reply.exchange.id],
    mend: "give the target and consent.provider the same client_id and client_secret",
  });
}
