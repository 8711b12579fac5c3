import { systemRandom } from "../../core/random.ts";
import { s256 } from "../rules/authorization.ts";
import type { BridgeRules } from "../rules/bridge.ts";
import { fault, foundBy } from "./fault.ts";

type WireRule = BridgeRules["bridge.wireRequest"];

/** A rule that sends the form with a change. */
function sending(change: (form: URLSearchParams) => void): (honest: WireRule) => WireRule {
  return (honest) => (input) => {
    const form = new URLSearchParams(input.form);
    change(form);
    return honest({ ...input, form });
  };
}

/** The implementor as a client of the provider (BRG-1 to BRG-3). */
export const bridgeFaults = [
  fault({
    id: "BRG-1.json-body",
    requirement: "BRG-1",
    sentence: "The provider's token endpoint is sent JSON and no form.",
    rule: "bridge.wireRequest",
    wrong:
      () =>
      ({ headers, form }) => ({
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(Object.fromEntries(form)),
      }),
    kills: foundBy("not-form-encoded", "BRG-1.form-encoded"),
  }),
  fault({
    id: "BRG-1.verifier-missing",
    requirement: "BRG-1",
    sentence: "A challenge is sent to the provider, and the code is redeemed without the verifier.",
    rule: "bridge.wireRequest",
    wrong: sending((form) => form.delete("code_verifier")),
    kills: foundBy("verifier-missing", "BRG-1.code-verifier"),
  }),
  fault({
    id: "BRG-1.verifier-wrong",
    requirement: "BRG-1",
    sentence: "The verifier is made anew when the code is redeemed, so that it does not belong to the challenge.",
    rule: "bridge.wireRequest",
    wrong: sending((form) => {
      if (form.has("code_verifier")) form.set("code_verifier", systemRandom.text(32));
    }),
    kills: foundBy("verifier-wrong", "BRG-1.code-verifier"),
  }),
  fault({
    id: "BRG-1.verifier-short",
    requirement: "BRG-1",
    sentence: "The code verifier has 27 characters, fewer than a provider has to accept.",
    rule: "authorization.pkce",
    wrong:
      () =>
      ({ random }) => {
        const verifier = random.text(20);
        return { verifier, challenge: s256(verifier), method: "S256" };
      },
    kills: foundBy("verifier-malformed", "BRG-1.code-verifier"),
  }),
  fault({
    id: "BRG-1.challenge-as-verifier",
    requirement: "BRG-1",
    sentence: "The challenge, which everybody has seen, is sent where the verifier belongs.",
    rule: "bridge.wireRequest",
    wrong: sending((form) => {
      const verifier = form.get("code_verifier");
      if (verifier !== null) form.set("code_verifier", s256(verifier));
    }),
    kills: foundBy("verifier-wrong", "BRG-1.code-verifier"),
  }),
  fault({
    id: "BRG-1.redirect-uri-missing",
    requirement: "BRG-1",
    sentence: "The code is redeemed without the redirect_uri of the authorization request.",
    rule: "bridge.wireRequest",
    wrong: sending((form) => form.delete("redirect_uri")),
    kills: foundBy("redirect-uri-differs", "BRG-1.redirect-uri"),
  }),
  fault({
    id: "BRG-2.token-in-response",
    requirement: "BRG-2",
    sentence: "The token response carries the provider's access token besides the ATH token.",
    rule: "token.body",
    wrong:
      () =>
      ({ response, grant }) => ({ ...response, provider_access_token: grant?.accessToken }),
    kills: foundBy("provider-secret-leaked", "BRG-2.provider-tokens"),
  }),
  fault({
    id: "BRG-2.token-in-jwt",
    requirement: "BRG-2",
    sentence: "The ATH token is a JWT with the provider's access token among its claims.",
    rule: "token.body",
    wrong:
      () =>
      ({ response, grant }) => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
        const claims = { sub: response.agent_id, upstream_token: grant?.accessToken };
        return {
          ...response,
          access_token: `${part({ alg: "HS256" })}.${part(claims)}.${part(response.access_token)}`,
        };
      },
    kills: foundBy("provider-secret-leaked", "BRG-2.provider-tokens"),
  }),
  fault({
    id: "BRG-2.token-in-header",
    requirement: "BRG-2",
    sentence: "The token response names the provider's access token in a header meant for debugging.",
    rule: "token.headers",
    wrong: (honest) => (input) => ({ ...honest(input), "x-provider-token": input.grant?.accessToken ?? "" }),
    kills: foundBy("provider-secret-leaked", "BRG-2.provider-tokens"),
  }),
  fault({
    id: "BRG-2.token-in-cookie",
    requirement: "BRG-2",
    sentence: "Answers of the API set a cookie that holds the provider's access token.",
    rule: "proxy.responseHeaders",
    wrong: (honest) => (input) => [...honest(input), ["set-cookie", `upstream=${input.grant.accessToken}; HttpOnly`]],
    kills: foundBy("provider-secret-leaked", "BRG-2.provider-tokens"),
  }),
  fault({
    id: "BRG-2.secret-in-url",
    requirement: "BRG-2",
    sentence: "The URL that takes the browser to the provider contains the implementor's client secret.",
    rule: "authorization.providerUrl",
    wrong: (honest) => (input) => {
      const url = new URL(honest(input));
      url.searchParams.set("client_secret", input.provider.clientSecret);
      return url.href;
    },
    kills: foundBy("provider-secret-leaked", "BRG-2.client-secret"),
  }),
  fault({
    id: "BRG-2.error-passed-through",
    requirement: "BRG-2",
    sentence: "When the provider refuses, the agent is told the provider's words, whatever they quote.",
    rule: "bridge.failureMessage",
    wrong: (honest) => (input) => `${honest(input)}: ${input.body}`,
    kills: foundBy("provider-secret-leaked", "BRG-2.on-error"),
  }),
  fault({
    id: "BRG-3.no-refresh",
    requirement: "BRG-3",
    sentence: "A provider token that has expired is never renewed.",
    rule: "bridge.needsRefresh",
    wrong: () => () => false,
    kills: foundBy("not-refreshed", "BRG-3.refresh"),
  }),
  fault({
    id: "BRG-3.refresh-failure-hidden",
    requirement: "BRG-3",
    sentence: "When the provider's token cannot be renewed, the call is made with the dead one all the same.",
    rule: "bridge.onRefreshFailure",
    wrong: () => () => "go-on" as const,
    kills: foundBy("unclear-error", "BRG-3.refresh-fails"),
  }),
];
