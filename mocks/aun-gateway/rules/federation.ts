import type { JsonObject } from "../../ath/json.ts";
import { issuerOf } from "../settings.ts";

/** Why another domain could not be reached: codes of services § cross-domain. */
export const federationCodes = { unreachable: -32010, timeout: -32011, refused: -32012 } as const;

export interface FederationRules {
  /** A142: whether a gateway that proved to be its issuer's may speak for this sender. */
  "federation.senderIsOfPeer": (input: { readonly from: string; readonly issuer: string }) => boolean;
  /** A142: whether the greeting of a gateway holds; it gives the outcome of verifying its signature. */
  "federation.helloHolds": (input: { readonly verified: boolean }) => boolean;
  /** A139: the relays that carry one message, given the honest one. */
  "federation.relays": (input: { readonly params: JsonObject }) => readonly JsonObject[];
  /** A139: whether a message that another gateway brought is delivered. */
  "federation.delivers": (input: { readonly from: string }) => boolean;
  /** A139: the sender as the receiver sees it. */
  "federation.shownFrom": (input: { readonly from: string }) => string;
  /** A139: the result of message.send to another domain. */
  "federation.result": (input: { readonly result: JsonObject }) => JsonObject;
  /** A140: the result of message.send when the other domain cannot be reached; undefined: an error. */
  "federation.unreachable": (input: { readonly params: JsonObject }) => JsonObject | undefined;
  /** A140: milliseconds that a message within the domain waits, given when reaching another domain failed last. */
  "federation.localWaitMs": (input: { readonly failedAt: number | undefined; readonly now: number }) => number;
  /** A141: whether somebody in a domain that cannot be reached is online. Throws where a wrong rule would. */
  "federation.onlineOfUnreachable": (input: { readonly aid: string; readonly error: unknown }) => boolean;
}

export const honestFederation: FederationRules = {
  "federation.senderIsOfPeer": ({ from, issuer }) => issuerOf(from) === issuer,
  "federation.helloHolds": ({ verified }) => verified,
  "federation.relays": ({ params }) => [params],
  "federation.delivers": () => true,
  "federation.shownFrom": ({ from }) => from,
  "federation.result": ({ result }) => result,
  "federation.unreachable": () => undefined,
  "federation.localWaitMs": () => 0,
  "federation.onlineOfUnreachable": () => false,
};
