import { fault, foundBy } from "./fault.ts";

/** What the published directory says. */
export const discoveryFaults = [
  fault({
    id: "DISC-1.providers-missing",
    requirement: "DISC-1",
    sentence: "The directory does not list the providers.",
    rule: "discovery.document",
    wrong:
      () =>
      ({ document: { supported_providers: _, ...rest } }) =>
        rest,
    kills: foundBy("schema", "DISC-1.shape"),
  }),
  fault({
    id: "DISC-1.wrong-version",
    requirement: "DISC-1",
    sentence: "The directory says that it is written for another version of the protocol.",
    rule: "discovery.document",
    wrong:
      () =>
      ({ document }) => ({ ...document, ath_version: "1.0" }),
    kills: foundBy("wrong-version", "DISC-1.version"),
  }),
  fault({
    id: "DISC-3.endpoint-broken",
    requirement: "DISC-3",
    sentence: "The advertised registration endpoint is an older path that is no longer served.",
    rule: "discovery.document",
    wrong:
      () =>
      ({ document, publicUrl }) => ({ ...document, agent_registration_endpoint: `${publicUrl}/ath/v0/register` }),
    kills: foundBy("endpoint-broken", "DISC-3.endpoint-works"),
  }),
  fault({
    id: "DISC-3.endpoint-relative",
    requirement: "DISC-3",
    sentence: "The advertised registration endpoint is a path without scheme and host.",
    rule: "discovery.document",
    wrong:
      () =>
      ({ document, publicUrl }) => {
        const endpoint = document.agent_registration_endpoint.slice(new URL(publicUrl).origin.length);
        return { ...document, agent_registration_endpoint: endpoint };
      },
    kills: foundBy("foreign-origin", "DISC-3.endpoint-origin"),
  }),
  fault({
    id: "DISC-3.endpoint-foreign-http",
    requirement: "DISC-3",
    sentence: "The advertised registration endpoint is the address inside the operator's network, on plain http.",
    rule: "discovery.document",
    wrong:
      () =>
      ({ document }) => ({ ...document, agent_registration_endpoint: "http://gateway.internal.example/ath/register" }),
    kills: foundBy("foreign-origin", "DISC-3.endpoint-origin"),
  }),
];
