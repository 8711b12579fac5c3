import { type BodySource, type HeaderList, headerOf, type UpstreamResponse } from "../ath/body-source.ts";
import { logCall, tokenOfCall } from "../ath/engine/api-call.ts";
import { BridgeError, refresh } from "../ath/engine/bridge.ts";
import type { AthContext } from "../ath/engine/context.ts";
import type { Call } from "../ath/engine/route.ts";
import { Refused } from "../ath/refusal.ts";
import { splitBase } from "../ath/rules/forwarding.ts";
import type { ProxyTarget } from "../ath/rules/proxy.ts";
import type { Provider } from "../ath/settings.ts";
import type { ProviderGrant, Token } from "../ath/state.ts";
import { bodyOf } from "../core/known-request.ts";
import { knownResponse } from "../core/known-response.ts";
import { guarded } from "./breaker.ts";
import { type Forward, UpstreamError, type UpstreamRequest } from "./forwarder.ts";

/** Request bodies announced up to this size are read whole, so that the call can be repeated after a refresh. */
const WHOLE_BYTES = 64 * 1024;

const bodiless = new Set([204, 205, 304]);

/** What the endpoint needs beside the context. */
export interface ProxyMeans {
  readonly forward: Forward;
  /** Refreshes under way, by grant id; calls that need the same one wait for it. */
  readonly refreshes: Map<string, Promise<void>>;
}

/** A call that may be forwarded. */
interface Admitted {
  readonly token: Token;
  readonly provider: Provider;
  readonly grant: ProviderGrant;
  readonly target: ProxyTarget;
}

/** Provider id and raw path of what follows `/ath/proxy/`. */
function split(rest: string): { readonly providerId: string; readonly rawPath: string } {
  const slash = rest.indexOf("/");
  return slash === -1
    ? { providerId: rest, rawPath: "" }
    : { providerId: rest.slice(0, slash), rawPath: rest.slice(slash) };
}

function findProvider({ rules, settings }: AthContext, providerId: string): Provider | undefined {
  return rules["provider.find"]({ providerId, providers: settings.providers });
}

function grantOf({ rules, state }: AthContext, token: Token): ProviderGrant {
  const grant = rules["proxy.grant"]({ token, grants: state.grants });
  if (grant === undefined)
    throw new Refused("refresh-failed", "the provider's token is gone; the user has to consent again");
  return grant;
}

/** Everything that is judged before the provider sees anything. Throws {@link Refused}. */
function admit(context: AthContext, { request, rest }: Call): Admitted {
  const { rules, state } = context;
  const { providerId, rawPath } = split(rest);
  const token = tokenOfCall(context, request, providerId);
  const provider = rules["proxy.provider"]({
    providerId,
    token,
    findProvider: (id) => findProvider(context, id),
  });
  if (provider === undefined) throw new Refused("provider-mismatch", "the token is for another provider");
  const target = rules["proxy.target"]({ apiBase: provider.apiBase, rawPath });
  const method = rules["proxy.judgedMethod"](request);
  const { operations } = provider;
  const scopes = rules["proxy.scopes"]({ token, tokens: state.tokens });
  const refusal =
    target === undefined
      ? new Refused("path-outside-provider", "this path does not stay below the provider's API")
      : rules["proxy.operationIsGranted"]({ method, operationPath: target.operationPath, scopes, operations })
        ? undefined
        : new Refused("operation-not-granted", "no granted scope covers this operation");
  if (target !== undefined && refusal === undefined) return { token, provider, target, grant: grantOf(context, token) };
  logCall(context, "scope_violation", token, refusal?.message);
  throw refusal;
}

async function requestBody(request: Request): Promise<BodySource> {
  const known = bodyOf(request);
  if (known !== undefined) return known;
  if (request.body === null) return undefined;
  const announced = request.headers.get("content-length");
  if (announced === null || Number(announced) > WHOLE_BYTES) return request.body;
  return new Uint8Array(await request.arrayBuffer());
}

/** Refreshes the provider's token; calls at the same time share one refresh. */
async function refreshed(context: AthContext, means: ProxyMeans, { provider, grant }: Admitted): Promise<void> {
  const { refreshes } = means;
  let running = refreshes.get(grant.id);
  if (running === undefined) {
    running = refresh(context, provider, grant).finally(() => refreshes.delete(grant.id));
    refreshes.set(grant.id, running);
  }
  try {
    await running;
  } catch (error) {
    if (context.rules["bridge.onRefreshFailure"]({ grant }) === "go-on") return;
    const why = error instanceof BridgeError ? error.message : "the provider could not be asked";
    throw new Refused("refresh-failed", `the provider's token could not be refreshed: ${why}`);
  }
}

async function outgoing(
  context: AthContext,
  call: Call,
  admitted: Admitted,
  body: BodySource,
): Promise<UpstreamRequest> {
  const { rules, settings } = context;
  const { target, token, grant } = admitted;
  const incoming: HeaderList = [...call.request.headers];
  const query = rules["proxy.query"]({ query: call.query });
  const path = rules["proxy.path"]({ path: target.path });
  return {
    origin: target.origin,
    method: rules["proxy.method"]({ method: call.request.method }),
    path: (path === "" ? "/" : path) + (query === undefined ? "" : `?${query}`),
    headers: rules["proxy.requestHeaders"]({ headers: incoming, providerToken: grant.accessToken, token }),
    body: await rules["proxy.requestBody"]({
      body,
      contentType: headerOf(incoming, "content-type"),
      hasLength: headerOf(incoming, "content-length") !== undefined,
    }),
    timeoutMs: settings.limits.upstreamTimeoutMs,
  };
}

/** Sends the call. Throws {@link Refused} when the provider gives no answer. */
async function send(context: AthContext, means: ProxyMeans, provider: Provider, request: UpstreamRequest) {
  const { state, settings, clock } = context;
  const { breakers } = state;
  try {
    return await guarded({ breakers, limits: settings.limits, clock }, provider.id, () => means.forward(request));
  } catch (error) {
    if (error instanceof UpstreamError) throw new Refused("upstream-unreachable", error.message);
    throw error;
  }
}

async function exchange(context: AthContext, means: ProxyMeans, call: Call, admitted: Admitted) {
  const { rules, clock } = context;
  const { provider, grant } = admitted;
  if (rules["bridge.needsRefresh"]({ grant, now: clock.now(), upstreamStatus: undefined })) {
    await refreshed(context, means, admitted);
  }
  const body = await requestBody(call.request);
  const first = await send(context, means, provider, await outgoing(context, call, admitted, body));
  // The provider may have ended its token early. A streamed body is gone, and without a refresh token nothing helps.
  const repeatable = first.status === 401 && grant.refreshToken !== undefined && !(body instanceof ReadableStream);
  if (!repeatable || !rules["bridge.needsRefresh"]({ grant, now: clock.now(), upstreamStatus: first.status }))
    return first;
  if (first.body instanceof ReadableStream) await first.body.cancel();
  await refreshed(context, means, admitted);
  return send(context, means, provider, await outgoing(context, call, admitted, body));
}

/** What a redirect leads to under the rules; normally the redirect itself. */
async function afterRedirect(context: AthContext, means: ProxyMeans, admitted: Admitted, response: UpstreamResponse) {
  const location = headerOf(response.headers, "location");
  if (response.status < 300 || response.status > 399 || location === undefined) return response;
  const { rules, settings } = context;
  const { target, grant, token } = admitted;
  const follow = (url: string) => {
    const { origin, path } = splitBase(new URL(url, target.origin + target.path).href);
    const headers = rules["proxy.requestHeaders"]({ headers: [], providerToken: grant.accessToken, token });
    const timeoutMs = settings.limits.upstreamTimeoutMs;
    return means.forward({ origin, path, method: "GET", headers, body: undefined, timeoutMs });
  };
  return (await rules["proxy.onRedirect"]({ response, location, follow })) ?? response;
}

async function answered(context: AthContext, admitted: Admitted, response: UpstreamResponse): Promise<Response> {
  const { rules } = context;
  const contentType = headerOf(response.headers, "content-type");
  const status = rules["proxy.responseStatus"]({ status: response.status });
  const body = await rules["proxy.responseBody"]({ body: response.body, status, contentType });
  const passed = rules["proxy.responseHeaders"]({ headers: response.headers, grant: admitted.grant });
  const sent = bodiless.has(status) ? undefined : body;
  if (!(sent instanceof ReadableStream)) return knownResponse(status, { headers: passed, body: sent });
  return new Response(sent, { status, headers: passed.map(([name, value]): [string, string] => [name, value]) });
}

/** Sends the call on without having judged it; for the rule that must not do that. */
async function forwardUnjudged(context: AthContext, means: ProxyMeans, { request, rest, query }: Call): Promise<void> {
  const { providerId, rawPath } = split(rest);
  const provider = findProvider(context, providerId);
  if (provider === undefined) return;
  const { origin, path } = splitBase(provider.apiBase);
  const timeoutMs = context.settings.limits.upstreamTimeoutMs;
  const whole = path + rawPath + (query === undefined ? "" : `?${query}`);
  const { body } = await means.forward({
    origin,
    path: whole,
    method: request.method,
    headers: [],
    body: undefined,
    timeoutMs,
  });
  if (body instanceof ReadableStream) await body.cancel();
}

/** ANY /ath/proxy/{provider_id}/{path} (ATH 0.1 server/proxy). */
export async function proxy(context: AthContext, means: ProxyMeans, call: Call): Promise<Response> {
  const { rules } = context;
  await rules["proxy.beforeChecks"]({ forward: () => forwardUnjudged(context, means, call) });
  const admitted = admit(context, call);
  logCall(context, "proxy_request", admitted.token);
  const response = await exchange(context, means, call, admitted);
  return answered(context, admitted, await afterRedirect(context, means, admitted, response));
}
