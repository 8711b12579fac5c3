import type { Recorder } from "../engine/recorder.ts";
import type { BehindTarget } from "./behind.ts";
import { type Arrival, type KitAnswer, openKitServer } from "./kit-server.ts";
import { type Accounts, introspectEndpoint, metadata, revokeEndpoint, userinfo } from "./provider/account-endpoints.ts";
import { authorizeEndpoint } from "./provider/authorize-endpoint.ts";
import type { ClientCredentials } from "./provider/client-authentication.ts";
import { type Customer, createLedger } from "./provider/ledger.ts";
import { tokenEndpoint } from "./provider/token-endpoint.ts";
import { apiPath, upstreamApi } from "./provider/upstream-api.ts";
import type { ConsentOptions } from "./user.ts";
import type { Witness, Witnesses } from "./witness.ts";

export interface ProviderUrls {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  readonly api: string;
}

/** One check's side of the provider: what it may tell it, and tickets for its users. */
export interface ProviderAccount {
  readonly behind: BehindTarget;
  /** For one visit of /authorize. */
  ticket(user: string, grant: NonNullable<ConsentOptions["grant"]>): string;
}

/** The kit's own OAuth 2.0 provider with its API, to stand behind the target. */
export interface KitProvider {
  readonly origin: string;
  readonly urls: ProviderUrls;
  isAuthorizationEndpoint(url: URL): boolean;
  open(witness: Witness): ProviderAccount;
  close(): Promise<void>;
}

export interface KitProviderOptions {
  readonly host: string;
  readonly port: number;
  readonly client: ClientCredentials;
  readonly witnesses: Witnesses;
  readonly now: () => number;
}

/** Starts the provider. Throws SetupError when the address cannot be used. */
export async function openKitProvider({
  host,
  port,
  client,
  witnesses,
  now,
}: KitProviderOptions): Promise<KitProvider> {
  const ledger = createLedger(now);
  const customers = new Map<string, Customer>();
  let origin = "";
  const accounts: Accounts = { ledger, client, now, origin: () => origin };
  const routes: Readonly<Record<string, (arrival: Arrival) => KitAnswer>> = {
    "/authorize": (arrival) => authorizeEndpoint(arrival, ledger, client),
    "/token": (arrival) => tokenEndpoint(arrival, { ledger, client, origin, now }),
    "/userinfo": (arrival) => userinfo(arrival, accounts),
    "/revoke": (arrival) => revokeEndpoint(arrival, accounts),
    "/introspect": (arrival) => introspectEndpoint(arrival, accounts),
    "/.well-known/oauth-authorization-server": () => metadata(origin),
  };
  const handle = (arrival: Arrival): KitAnswer => {
    const path = arrival.target.split("?", 1)[0] ?? "";
    // A call with a check's marker came through the target's proxy, wherever it arrives.
    const proxied = witnesses.of(arrival.target) !== undefined && path !== "/authorize";
    const route = proxied || !Object.hasOwn(routes, path) ? undefined : routes[path];
    return route?.(arrival) ?? upstreamApi(arrival, { ledger, witnesses, customers, origin, now });
  };
  const server = await openKitServer({ host, port, setting: "consent.provider.listen", handle });
  origin = server.origin;

  return {
    origin,
    urls: {
      authorization: `${origin}/authorize`,
      token: `${origin}/token`,
      userinfo: `${origin}/userinfo`,
      api: `${origin}${apiPath}`,
    },
    isAuthorizationEndpoint: (url) => sameServer(url, new URL(origin)) && url.pathname === "/authorize",
    open(witness) {
      const customer: Customer = {
        witness,
        recorder: witness.recorder,
        policy: {},
        answer: {},
        tokenRequests: [],
      };
      customers.set(witness.marker, customer);
      announceSecret(witness.recorder, client);
      return {
        behind: behindTarget(customer, origin),
        ticket: (user, grant) => ledger.tickets.put({ customer, user, grant }),
      };
    },
    close: () => server.close(),
  };
}

const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Loopback has several names, and the target may be configured with another one than the kit. */
function sameServer(a: URL, b: URL): boolean {
  if (a.origin === b.origin) return true;
  const bothLoopback = loopbackNames.has(a.hostname) && loopbackNames.has(b.hostname);
  return bothLoopback && a.port === b.port && a.protocol === b.protocol;
}

/** The client secret is a secret in every form in which the target may send or leak it. */
function announceSecret(recorder: Recorder, { clientId, clientSecret }: ClientCredentials): void {
  recorder.secret(clientSecret, "provider-client-secret");
  for (const pair of [
    `${clientId}:${clientSecret}`,
    `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`,
  ]) {
    recorder.secret(Buffer.from(pair).toString("base64"), "provider-client-secret");
  }
}

function behindTarget(customer: Customer, origin: string): BehindTarget {
  return {
    origin,
    apiPath,
    issue(how) {
      customer.policy = { ...customer.policy, ...how };
    },
    answer(how) {
      customer.answer = how;
    },
    upstreamCalls: () => [...customer.witness.calls],
    tokenRequests: () => [...customer.tokenRequests],
  };
}
