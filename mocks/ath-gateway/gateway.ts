import type { AthHooks } from "../ath/engine/context.ts";
import type { HttpClient } from "../ath/engine/http-client.ts";
import { type AthImplementor, athImplementor } from "../ath/engine/implementor.ts";
import { type ProvidedConfig, settingsOf } from "../ath/settings.ts";
import type { Clock } from "../core/clock.ts";
import type { RandomSource } from "../core/random.ts";
import type { ActiveFault } from "../core/rules.ts";
import { discovery } from "./discovery.ts";
import { type Forward, forwarder } from "./forwarder.ts";
import { type ProxyMeans, proxy } from "./proxy.ts";

export interface AthGatewayOptions {
  /** The base URL that agents and browsers know; attestations are made out to it. */
  readonly publicUrl: string;
  readonly config: ProvidedConfig;
  readonly clock: Clock;
  readonly faults?: readonly ActiveFault[];
  /** Default: nobody can guess it. */
  readonly random?: RandomSource;
  /** Ways to the outside, where the network is not the way. */
  readonly hooks?: Partial<AthHooks> & { readonly forward?: Forward; readonly client?: HttpClient };
}

/**
 * The reference ATH 0.1 gateway: discovery, registration, authorization over OAuth 2.0 providers, tokens, the proxy to the
 * providers' APIs, revocation, audit log. Throws {@link UnknownFaultError}.
 */
export function createAthGateway(options: AthGatewayOptions): AthImplementor {
  const { publicUrl, config, clock, faults = [], hooks = {} } = options;
  const network = forwarder();
  const means: ProxyMeans = { forward: hooks.forward ?? network.forward, refreshes: new Map() };
  const gateway = athImplementor({
    settings: settingsOf(publicUrl, config),
    clock,
    faults,
    hooks,
    ...(hooks.client === undefined ? {} : { client: hooks.client }),
    ...(options.random === undefined ? {} : { random: options.random }),
    routes: (context) => [
      {
        methods: ["GET"],
        path: "/.well-known/ath.json",
        match: "exact",
        answer: () => discovery(context),
      },
      {
        methods: "any",
        path: "/ath/proxy/",
        match: "below",
        answer: (call) => proxy(context, means, call),
      },
    ],
  });
  return {
    ...gateway,
    close() {
      gateway.close();
      network.close();
    },
  };
}
