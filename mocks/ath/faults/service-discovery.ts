import { fault, foundBy } from "./fault.ts";

/** What the document of a native service says (DISC-2, DISC-3). */
export const serviceDiscoveryFaults = [
  fault({
    id: "DISC-2.scopes-missing",
    requirement: "DISC-2",
    sentence: "The service's document does not list the scopes it knows.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => {
        const { scopes_supported: _, ...auth } = document.auth;
        return { ...document, auth };
      },
    kills: foundBy("schema", "DISC-2.shape"),
  }),
  fault({
    id: "DISC-2.wrong-auth-type",
    requirement: "DISC-2",
    sentence: "The service's document says that agents authenticate by API key.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => ({ ...document, auth: { ...document.auth, type: "api_key" } }),
    kills: { ...foundBy("wrong-auth-type", "DISC-2.auth-type"), ...foundBy("schema", "DISC-2.shape") },
  }),
  fault({
    id: "DISC-2.wrong-version",
    requirement: "DISC-2",
    sentence: "The service's document says that it is written for another version of the protocol.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => ({ ...document, ath_version: "1.0" }),
    kills: foundBy("wrong-version", "DISC-2.version"),
  }),
  fault({
    id: "DISC-2.app-id-differs",
    requirement: "DISC-2",
    sentence: "The app_id of the service's document is not the provider_id that registrations are decided by.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => ({ ...document, app_id: `${document.app_id}-v2` }),
    kills: foundBy("app-id-unknown", "DISC-2.app-id"),
  }),
  fault({
    id: "DISC-2.scope-unlisted",
    requirement: "DISC-2",
    sentence: "The service approves a scope that its document does not list.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => {
        const scopes_supported = document.auth.scopes_supported.slice(1);
        return { ...document, auth: { ...document.auth, scopes_supported } };
      },
    kills: foundBy("scope-unlisted", "DISC-2.scopes"),
  }),
  fault({
    id: "DISC-2.api-base-moved",
    requirement: "DISC-2",
    sentence: "The service's document names an older path of the API that is no longer served.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document, publicUrl }) => ({ ...document, api_base: `${publicUrl}/v0` }),
    kills: foundBy("api-base-broken", "DISC-2.api-base-works"),
  }),
  fault({
    id: "DISC-2.api-base-internal",
    requirement: "DISC-2",
    sentence: "The service's document names the API's address inside the operator's network, on plain http.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => ({ ...document, api_base: "http://mail.internal.example/api" }),
    kills: foundBy("foreign-origin", "DISC-2.api-base-origin"),
  }),
  fault({
    id: "DISC-2.authorization-endpoint-broken",
    requirement: "DISC-2",
    sentence: "The advertised authorization endpoint is an older path that is no longer served.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document, publicUrl }) => ({
        ...document,
        auth: { ...document.auth, authorization_endpoint: `${publicUrl}/ath/v0/authorize` },
      }),
    kills: foundBy("endpoint-broken", "DISC-2.authorization-endpoint"),
  }),
  fault({
    id: "DISC-2.token-endpoint-broken",
    requirement: "DISC-2",
    sentence: "The advertised token endpoint is an older path that is no longer served.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document, publicUrl }) => ({
        ...document,
        auth: { ...document.auth, token_endpoint: `${publicUrl}/ath/v0/token` },
      }),
    kills: foundBy("endpoint-broken", "DISC-2.token-endpoint"),
  }),
  fault({
    id: "DISC-3.service-endpoint-broken",
    requirement: "DISC-3",
    sentence: "The registration endpoint in the service's document is an older path that is no longer served.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document, publicUrl }) => ({
        ...document,
        auth: { ...document.auth, registration_endpoint: `${publicUrl}/ath/v0/register` },
      }),
    kills: foundBy("endpoint-broken", "DISC-3.endpoint-works"),
  }),
  fault({
    id: "DISC-3.service-endpoint-foreign-http",
    requirement: "DISC-3",
    sentence: "The registration endpoint in the service's document is the address inside the operator's network.",
    rule: "discovery.serviceDocument",
    wrong:
      () =>
      ({ document }) => ({
        ...document,
        auth: { ...document.auth, registration_endpoint: "http://mail.internal.example/ath/register" },
      }),
    kills: foundBy("foreign-origin", "DISC-3.endpoint-origin"),
  }),
];
