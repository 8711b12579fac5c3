import { notTested, Stopped } from "../engine/stop.ts";
import { type Browser, createBrowser } from "./browser.ts";
import { commandConsent } from "./consent/command.ts";
import type { ConsentAsk, ConsentDriver } from "./consent/consent-driver.ts";
import { formConsent } from "./consent/form.ts";
import { manualConsent } from "./consent/manual.ts";
import { providerConsent } from "./consent/provider.ts";
import type { IdentityHost } from "./identity-host.ts";
import type { KitProvider, ProviderAccount } from "./kit-provider.ts";
import type { Settings } from "./settings.ts";
import type { ConsentOptions, Journey, User } from "./user.ts";
import type { Wire } from "./wire.ts";

/** What the users of one check share. */
export interface UserSurroundings {
  readonly settings: Settings;
  readonly wire: Wire;
  readonly identityHost: IdentityHost;
  /** The kit's provider and this check's account there, when it stands behind the target. */
  readonly behind?: { readonly provider: KitProvider; readonly account: ProviderAccount };
  readonly callbacks: Set<string>;
  readonly codes: Codes;
  readonly patience: Patience;
  /** The kit's clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** What the run has learned about waiting: where consent did not come once, no other check waits for it again. */
export interface Patience {
  lost?: Stopped;
}

/** The codes that browsers brought back, by authorization_url; whichever walk completed the callback. */
export interface Codes {
  /** A walk that began at an authorization_url came to the callback. */
  expect(authorizationUrl: string, callbackUrl: string): void;
  /** A walk went through a callback and ended with a code. */
  learn(callbackUrl: string, code: string): void;
  /** A walk that began at an authorization_url ended with a code, and went through no callback. */
  keep(authorizationUrl: string, code: string): void;
  of(authorizationUrl: string): string | undefined;
}

export function createCodes(): Codes {
  const authorizationUrls = new Map<string, string>();
  const codes = new Map<string, string>();
  return {
    expect(authorizationUrl, callbackUrl) {
      authorizationUrls.set(stateOf(callbackUrl), authorizationUrl);
    },
    learn(callbackUrl, code) {
      const authorizationUrl = authorizationUrls.get(stateOf(callbackUrl));
      if (authorizationUrl !== undefined) codes.set(authorizationUrl, code);
    },
    keep: (authorizationUrl, code) => codes.set(authorizationUrl, code),
    of: (authorizationUrl) => codes.get(authorizationUrl),
  };
}

/** The state of the OAuth leg tells which session a callback belongs to; without one, the whole URL does. */
function stateOf(callbackUrl: string): string {
  return new URL(callbackUrl).searchParams.get("state") ?? callbackUrl;
}

const commandTimeoutMs = 60_000;
const manualTimeoutMs = 300_000;

type Authorization = Parameters<User["consent"]>[0];

/** A person with a fresh browser, who consents through the configured driver. */
export function createUser(name: string, surroundings: UserSurroundings): User {
  const { settings, wire, identityHost, behind, callbacks, codes, patience, now } = surroundings;
  const browser: Browser = createBrowser({
    wire,
    base: settings.target.url,
    isLanding: (url) => identityHost.owns(url),
    callbacks,
    now,
    ...(behind && { providerOrigin: behind.provider.origin }),
  });

  const learn = (authorization: Authorization | undefined, journey: Journey): Journey => {
    const { callbackUrl, code } = journey;
    if (callbackUrl !== undefined) {
      if (authorization !== undefined) codes.expect(authorization.authorizationUrl, callbackUrl);
      if (code !== undefined) codes.learn(callbackUrl, code);
    } else if (authorization !== undefined && code !== undefined && journey.returned) {
      codes.keep(authorization.authorizationUrl, code);
    }
    return journey;
  };

  const consent = async (authorization: Authorization, { grant = "asked" }: ConsentOptions, stop?: true) => {
    const scopes = "scopes" in authorization ? authorization.scopes : [];
    const redirectUri = "redirectUri" in authorization ? authorization.redirectUri : undefined;
    const driver = consentDriver({ user: name, grant, scopes }, surroundings, redirectUri);
    if (stop && driver.replaceWalk !== undefined) {
      throw notTested("consent-manual", "a person's own browser cannot be stopped before the callback", {
        cause: "configuration",
        mend: "use consent.driver: provider, form or command",
      });
    }
    if (patience.lost !== undefined) throw patience.lost;
    const start = authorization.authorizationUrl;
    try {
      return learn(authorization, await browser.walk({ start, driver, ...(stop && { stopAtCallback: stop }) }));
    } catch (error) {
      if (error instanceof Stopped && error.stop.reasonCode === "consent-timeout") patience.lost = error;
      throw error;
    }
  };

  return {
    name,
    consent: (authorization, options = {}) => consent(authorization, options),
    consentUntilCallback: (authorization, options = {}) => consent(authorization, options, true),
    open: async (url) => learn(undefined, await browser.walk({ start: url })),
    cookies: (url) => browser.cookies.list(url),
  };
}

/** The driver that the configuration chooses, made for one walk. */
function consentDriver(ask: ConsentAsk, surroundings: UserSurroundings, redirectUri?: string): ConsentDriver {
  const { settings, behind, identityHost } = surroundings;
  const { consent } = settings;
  const landing = (timeoutMs: number) =>
    identityHost.landing((url) => redirectUri !== undefined && url.href.startsWith(redirectUri), timeoutMs);
  switch (consent.driver) {
    case "provider":
      if (behind === undefined) throw new Error("the kit's provider is not open");
      return providerConsent({ ask, ...behind });
    case "form":
      return formConsent({ ask, fields: consent.fields });
    case "command":
      return commandConsent({ ask, run: consent.run, timeoutMs: consent.timeoutMs ?? commandTimeoutMs, landing });
    case "manual":
      return manualConsent({
        ask,
        timeoutMs: consent.timeoutMs ?? manualTimeoutMs,
        landing,
        tell: (text) => process.stderr.write(text),
      });
  }
}
