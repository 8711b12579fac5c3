import type { BodySource, HeaderList, UpstreamResponse } from "../body-source.ts";
import { digest } from "../random.ts";
import type { Provider } from "../settings.ts";
import type { Agent, ProviderGrant, Token } from "../state.ts";
import { containedPath, grants, nameable, splitBase, withoutHopByHop } from "./forwarding.ts";

/** Where a proxied call goes. */
export interface ProxyTarget {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path as sent, without query. */
  readonly path: string;
  /** The path that scopes are judged by, below the provider's API base. */
  readonly operationPath: string;
}

/** How calls through ANY /ath/proxy/{provider_id}/{path} are judged and passed on (ATH 0.1 server/proxy § Behavior). */
export interface ProxyRules {
  /** PRX-1: what happens before the token is looked at: nothing, so that the provider sees no refused call. */
  "proxy.beforeChecks": (input: { readonly forward: () => Promise<void> }) => void | Promise<void>;
  /** PRX-1, BIND-1: the token that was presented; undefined when it is missing, malformed or unknown. */
  "proxy.token": (input: {
    /** The Authorization field's value. */
    readonly authorization: string | undefined;
    /** From X-ATH-Agent-ID. */
    readonly agentId: string | undefined;
    /** From the path. */
    readonly providerId: string;
    /** By digest, oldest first. */
    readonly tokens: ReadonlyMap<string, Token>;
  }) => Token | undefined;
  /** PRX-7, REV-1. `now` in milliseconds. */
  "proxy.tokenState": (input: { readonly token: Token; readonly now: number }) => "good" | "expired" | "revoked";
  /** PRX-2, BIND-1: X-ATH-Agent-ID is there and names the token's agent. */
  "proxy.agentIsTheTokens": (input: {
    readonly agentId: string | undefined;
    readonly token: Token;
    readonly agents: ReadonlyMap<string, Agent>;
  }) => boolean;
  /** PRX-3: the provider in the path is the token's; undefined when it is not. */
  "proxy.provider": (input: {
    readonly providerId: string;
    readonly token: Token;
    readonly findProvider: (providerId: string) => Provider | undefined;
  }) => Provider | undefined;
  /**
   * PRX-8: where the call goes: below the provider's API base, the path byte for byte as it came; undefined when the
   * path could be understood as leading anywhere else.
   */
  "proxy.target": (input: {
    readonly apiBase: string;
    /** What follows the provider's id in the request target, not decoded, without query; begins with `/` or is empty. */
    readonly rawPath: string;
  }) => ProxyTarget | undefined;
  /** TOK-2, BIND-1: what the token allows. */
  "proxy.scopes": (input: { readonly token: Token; readonly tokens: ReadonlyMap<string, Token> }) => readonly string[];
  /** PRX-4: the method that scopes are judged by is the call's own. */
  "proxy.judgedMethod": (input: { readonly method: string; readonly headers: Headers }) => string;
  /** PRX-4: one of the scopes maps this operation. */
  "proxy.operationIsGranted": (input: {
    readonly method: string;
    readonly operationPath: string;
    readonly scopes: readonly string[];
    /** `METHOD /path` patterns by scope. */
    readonly operations: ReadonlyMap<string, readonly string[]>;
  }) => boolean;
  /** BIND-1: the provider's tokens of the user who consented to this token; undefined when they are gone. */
  "proxy.grant": (input: {
    readonly token: Token;
    /** By id, oldest first. */
    readonly grants: ReadonlyMap<string, ProviderGrant>;
  }) => ProviderGrant | undefined;
  /** PRX-5. */
  "proxy.method": (input: { readonly method: string }) => string;
  /** PRX-5: the path that is sent, from the target's. */
  "proxy.path": (input: { readonly path: string }) => string;
  /** PRX-5: without the question mark; undefined: none. */
  "proxy.query": (input: { readonly query: string | undefined }) => string | undefined;
  /** PRX-5, PRX-6: the fields that are sent: without ours and the hop-by-hop ones, with the provider's token. */
  "proxy.requestHeaders": (input: {
    readonly headers: HeaderList;
    readonly providerToken: string;
    readonly token: Token;
  }) => HeaderList;
  /** PRX-5: the body that is sent. */
  "proxy.requestBody": (input: {
    readonly body: BodySource;
    readonly contentType: string | undefined;
    /** Whether the caller said how long it is; it may send it in chunks. */
    readonly hasLength: boolean;
  }) => BodySource | Promise<BodySource>;
  /** PRX-5: what is done about a redirect of the provider: it is passed on (undefined), never followed. */
  "proxy.onRedirect": (input: {
    readonly response: UpstreamResponse;
    /** The URL it leads to. */
    readonly location: string;
    readonly follow: (url: string) => Promise<UpstreamResponse>;
  }) => Promise<UpstreamResponse> | undefined;
  /** PRX-5. */
  "proxy.responseStatus": (input: { readonly status: number }) => number;
  /** PRX-5, BRG-2: the fields that are answered: without the hop-by-hop ones and without the provider's cookies. */
  "proxy.responseHeaders": (input: { readonly headers: HeaderList; readonly grant: ProviderGrant }) => HeaderList;
  /** PRX-5: the body that is answered. */
  "proxy.responseBody": (input: {
    readonly body: BodySource;
    readonly status: number;
    readonly contentType: string | undefined;
  }) => BodySource | Promise<BodySource>;
}

export const honestProxy: ProxyRules = {
  "proxy.beforeChecks": () => {},
  "proxy.token": ({ authorization, tokens }) => {
    const presented = /^bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? "")?.[1];
    return presented === undefined ? undefined : tokens.get(digest(presented));
  },
  "proxy.tokenState": ({ token, now }) => {
    if (token.revokedAt !== undefined) return "revoked";
    return now < token.expiresAt ? "good" : "expired";
  },
  "proxy.agentIsTheTokens": ({ agentId, token }) => agentId === token.agentId,
  "proxy.provider": ({ providerId, token, findProvider }) =>
    providerId === token.providerId ? findProvider(providerId) : undefined,
  "proxy.target": ({ apiBase, rawPath }) => {
    const base = splitBase(apiBase);
    const operationPath = rawPath === "" ? "/" : rawPath;
    if (!containedPath(operationPath)) return undefined;
    return { origin: base.origin, path: base.path + rawPath, operationPath };
  },
  "proxy.scopes": ({ token }) => token.effectiveScopes,
  "proxy.judgedMethod": ({ method }) => method,
  "proxy.operationIsGranted": ({ method, operationPath, scopes, operations }) =>
    scopes.some((scope) => operations.get(scope)?.some((pattern) => grants(pattern, method, operationPath)) === true),
  "proxy.grant": ({ token, grants: all }) => all.get(token.grantId),
  "proxy.method": ({ method }) => method,
  "proxy.path": ({ path }) => path,
  "proxy.query": ({ query }) => query,
  "proxy.requestHeaders": ({ headers, providerToken }) => [
    ...withoutHopByHop(headers).filter(([name]) => nameable(name)),
    ["authorization", `Bearer ${providerToken}`],
  ],
  "proxy.requestBody": ({ body }) => body,
  "proxy.onRedirect": () => undefined,
  "proxy.responseStatus": ({ status }) => status,
  "proxy.responseHeaders": ({ headers }) =>
    withoutHopByHop(headers).filter(([name]) => name.toLowerCase() !== "set-cookie"),
  "proxy.responseBody": ({ body }) => body,
};
