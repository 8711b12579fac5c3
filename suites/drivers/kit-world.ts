import { notTested } from "../engine/stop.ts";
import type { WorldOptions } from "../engine/world.ts";
import { newAgentKey } from "./agent-key.ts";
import { createAthAgent } from "./ath-agent.ts";
import { httpActs, recordingActs } from "./http-acts.ts";
import type { HttpClient } from "./http-client.ts";
import type { IdentityHost } from "./identity-host.ts";
import type { KitClock } from "./kit-clock.ts";
import type { KitProvider } from "./kit-provider.ts";
import { createCodes, createUser, type Patience } from "./kit-user.ts";
import type { Leavings } from "./leavings.ts";
import type { ServiceApi } from "./service-api.ts";
import type { Settings } from "./settings.ts";
import type { TakeBack } from "./take-back.ts";
import type { User } from "./user.ts";
import { createWire } from "./wire.ts";
import type { Witnesses } from "./witness.ts";
import type { World } from "./world.ts";

/** What all worlds of a run share. */
export interface Surroundings {
  readonly settings: Settings;
  readonly clock: KitClock;
  readonly client: HttpClient;
  readonly identityHost: IdentityHost;
  readonly witnesses: Witnesses;
  readonly patience: Patience;
  readonly leavings: Leavings;
  readonly takeBack: TakeBack;
  /** Open when consent.driver is `provider`. */
  readonly provider?: KitProvider;
  /** The API of a native service; undefined: the target is a gateway. */
  readonly serviceApi?: ServiceApi;
}

const names = ["bob", "carol", "dave", "erin", "frank", "grace", "heidi"];

/** A fresh world for one check or one generated case. */
export function createWorld(surroundings: Surroundings, options: WorldOptions): World {
  const {
    settings,
    clock,
    client,
    identityHost,
    witnesses,
    patience,
    leavings,
    takeBack,
    provider: kitProvider,
    serviceApi,
  } = surroundings;
  const { recorder, refusalsOfRun } = options;
  const base = settings.target.url;
  const witness = witnesses.add(recorder);
  const wire = createWire(client, recorder, clock.now);
  const account = kitProvider?.open(witness);
  const callbacks = new Set<string>();
  const codes = createCodes();
  let users = 0;

  const userNamed = (name: string): User =>
    createUser(name, {
      settings,
      wire,
      identityHost,
      callbacks,
      codes,
      patience,
      now: clock.now,
      ...(kitProvider && account && { behind: { provider: kitProvider, account } }),
    });
  const first = lazily(() => userNamed("alice"));
  const agent = lazily(() => newAgent());

  const operationOf = (scope: string, provider = firstProvider()): string | undefined => {
    const { operations = {} } = settings.providers.find(({ id }) => id === provider) ?? {};
    return Object.hasOwn(operations, scope) ? operations[scope]?.[0] : undefined;
  };

  function newAgent() {
    return createAthAgent({
      settings,
      leavings,
      takeBack,
      site: identityHost.newSite(recorder),
      wire,
      recorder,
      now: clock.now,
      marker: witness.marker,
      codes,
      user: first,
      operationOf,
      ...(serviceApi && { serviceApi }),
    });
  }

  function firstProvider(): string {
    return settings.providers[0]?.id ?? missingProvider("no provider is configured");
  }

  return {
    ...httpActs({ settings, clock, wire }, options),
    ...recordingActs(options, (own) => createWorld(surroundings, own)),
    settings,
    mode: serviceApi === undefined ? "gateway" : "native",
    base,
    tokenEndpoint: `${base}/ath/token`,
    marker: witness.marker,
    get agent() {
      return agent();
    },
    get user() {
      return first();
    },
    newAgent,
    newUser(name) {
      users += 1;
      return userNamed(name ?? names[users - 1] ?? `user${users}`);
    },
    newKey: () => newAgentKey(),
    get provider() {
      return account?.behind ?? providerNotOurs();
    },
    get firstProvider() {
      return firstProvider();
    },
    get secondProvider() {
      return settings.providers[1]?.id ?? missingProvider("only one provider is configured");
    },
    operationOf,
    refusalsOfRun,
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function providerNotOurs(): never {
  throw notTested("provider-not-ours", "the kit's OAuth provider is not behind the target", {
    cause: "configuration",
    mend: "put the kit's provider behind the target: consent.driver: provider",
  });
}

function missingProvider(what: string): never {
  throw notTested("one-provider", what, { cause: "configuration", mend: "add an entry to providers" });
}
