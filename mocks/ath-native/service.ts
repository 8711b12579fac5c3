import { type AthContext, type AthHooks, callbackPath } from "../ath/engine/context.ts";
import type { HttpClient } from "../ath/engine/http-client.ts";
import { type AthImplementor, athImplementor } from "../ath/engine/implementor.ts";
import type { Route } from "../ath/engine/route.ts";
import { type ProvidedConfig, settingsOf } from "../ath/settings.ts";
import type { Clock } from "../core/clock.ts";
import type { ConsentControl } from "../core/consent-policy.ts";
import { type RandomSource, systemRandom } from "../core/random.ts";
import type { ActiveFault } from "../core/rules.ts";
import { createOAuthProvider } from "../oauth-provider/provider.ts";
import { mailApi } from "./api.ts";
import { accountPath, apiPath, mailApp, type NativeConfig } from "./app.ts";
import { type AskingAgent, consentPage } from "./consent-page.ts";
import { serviceDiscovery } from "./discovery.ts";
import { nativeFaults } from "./faults.ts";
import { inProcess } from "./in-process.ts";
import { mailboxes } from "./mailboxes.ts";

export interface AthNativeOptions {
  /** The base URL that agents and browsers know; attestations are made out to it. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly config?: NativeConfig;
  readonly faults?: readonly ActiveFault[];
  /** Default: nobody can guess it. */
  readonly random?: RandomSource;
  /** How identity documents are fetched, where the network is not the way. */
  readonly hooks?: Pick<Partial<AthHooks>, "fetchText"> & { readonly client?: HttpClient };
}

/** The reference native service, running. */
export interface AthNative extends AthImplementor {
  /** Who decides at the consent page; a person, unless a policy is set. */
  readonly consent: ConsentControl;
}

/** The client by which the ATH endpoints are known at the service's own OAuth server. */
const clientId = "ath";

function configOf(base: string, clientSecret: string, config: NativeConfig): ProvidedConfig {
  const issuer = base + accountPath;
  const own = {
    id: mailApp.id,
    display_name: mailApp.name,
    scopes: mailApp.scopes,
    operations: mailApp.operations,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    client_id: clientId,
    client_secret: clientSecret,
    api_base: base + apiPath,
  };
  return { ...config, providers: [own] };
}

/** The session that a consent page belongs to, by the state of its authorization request. */
function asking({ state }: AthContext, providerState: string | undefined): AskingAgent | undefined {
  const session = state.sessions.get(state.providerStates.get(providerState ?? "") ?? "");
  const agent = session && state.agents.get(session.clientId);
  return session && agent && { session, agent };
}

/**
 * The reference native service of ATH 0.1: a small mail service that implements the handshake itself. Discovery,
 * registration, authorization with sign-in and consent pages of its own, tokens, revocation, audit log, and a mail API
 * under `api_base` that takes the ATH token. Throws {@link UnknownFaultError}.
 */
export function createAthNative(options: AthNativeOptions): AthNative {
  const { clock, config = {}, faults = [], random = systemRandom, hooks = {} } = options;
  const base = options.publicUrl.replace(/\/+$/, "");
  const issuer = base + accountPath;
  const clientSecret = random.text(24);
  const boxes = mailboxes();

  // The OAuth server's page tells of agents, which the implementor knows once it is there.
  let agentOf: (providerState: string | undefined) => AskingAgent | undefined = () => undefined;
  const accounts = createOAuthProvider({
    issuer,
    clock,
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [base + callbackPath] }],
    scopes: mailApp.scopes,
    consentPage: (content) => consentPage(content, agentOf(content.request.state)),
  });

  const service = athImplementor({
    settings: settingsOf(base, configOf(base, clientSecret, config)),
    clock,
    faults,
    knownFaults: nativeFaults,
    random,
    hooks: { ...hooks, exchange: inProcess(issuer, accounts.handler) },
    ...(hooks.client === undefined ? {} : { client: hooks.client }),
    routes(context): readonly Route[] {
      agentOf = (providerState) => asking(context, providerState);
      return [
        {
          methods: ["GET"],
          path: "/.well-known/ath-app.json",
          match: "exact",
          answer: () => serviceDiscovery(context),
        },
        {
          methods: "any",
          path: `${accountPath}/`,
          match: "below",
          answer: ({ request }) => accounts.handler(request),
        },
        {
          methods: "any",
          path: `${apiPath}/`,
          match: "below",
          answer: (call) => mailApi(context, boxes, call),
        },
      ];
    },
  });

  return {
    ...service,
    consent: accounts.consent,
    reset() {
      service.reset();
      accounts.reset();
      boxes.reset();
    },
  };
}
