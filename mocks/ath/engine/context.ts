import type { Clock } from "../../core/clock.ts";
import type { RandomSource } from "../../core/random.ts";
import type { AthRules } from "../rules.ts";
import type { Settings } from "../settings.ts";
import type { GatewayState } from "../state.ts";
import type { HttpClient } from "./http-client.ts";
import type { IdentityDocuments } from "./identity-documents.ts";

/** What every endpoint works with. */
export interface AthContext {
  readonly settings: Settings;
  readonly state: GatewayState;
  /** The rules in force. */
  readonly rules: AthRules;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly documents: IdentityDocuments;
  readonly hooks: AthHooks;
}

/** How the implementor reaches the outside; replaceable where there is no network. */
export interface AthHooks {
  /** Fetches the text of a URL (identity documents and what hostile attestations point to). */
  readonly fetchText: FetchText;
  /** Requests to the providers' token and userinfo endpoints. */
  readonly exchange: HttpClient["exchange"];
}

/** Gives the body of a 200 answer; rejects otherwise. */
export type FetchText = (url: string) => Promise<string>;

export const callbackPath = "/ath/callback";
export const authorizePath = "/ath/authorize";
export const tokenPath = "/ath/token";
export const registerPath = "/ath/agents/register";
export const consentPath = "/ath/consent/";

/** The redirect URI of our own client registration at the providers. */
export function callbackUrl({ settings }: AthContext): string {
  return settings.publicUrl + callbackPath;
}
