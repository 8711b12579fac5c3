import { randomBytes } from "node:crypto";
import type { Recorder } from "../../engine/recorder.ts";
import type { ProviderTokenRequest } from "../behind.ts";
import type { ConsentOptions } from "../user.ts";
import type { Witness } from "../witness.ts";

/** How the provider serves one check: what {@link BehindTarget} was told. */
interface Policy {
  readonly accessSeconds?: number;
  readonly refresh?: "work" | "fail";
  readonly exchange?: "work" | "quote-secret";
  readonly reportScope?: string;
}

export interface UpstreamAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** One check at the provider. */
export interface Customer {
  readonly witness: Witness;
  readonly recorder: Recorder;
  policy: Policy;
  answer: UpstreamAnswer;
  readonly tokenRequests: ProviderTokenRequest[];
}

/** The right to be a certain user with a certain mind, once, at /authorize. */
interface Ticket {
  readonly customer: Customer;
  readonly user: string;
  readonly grant: NonNullable<ConsentOptions["grant"]>;
}

/** An authorization request that the user agreed to. */
export interface Authorization {
  readonly customer: Customer;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge?: string;
  readonly challengeMethod: string;
  used: boolean;
}

/** What an access token of the provider stands for. */
export interface Access {
  readonly authorization: Authorization;
  /** By the kit's clock, which moves along with the target's. */
  readonly expiresAt: number;
  /** By a clock that nobody moves or stops (performance.now): a wait of a second is a second. */
  readonly expiresAtReal: number;
}

/** What the provider has given out. Values are unguessable; each is a secret of the check it belongs to. */
export interface Ledger {
  readonly tickets: OneTime<Ticket>;
  authorize(authorization: Authorization): string;
  ofCode(code: string): Authorization | undefined;
  /** The authorization that was asked for with this challenge. */
  ofChallenge(challenge: string): Authorization | undefined;
  issue(authorization: Authorization, seconds: number): string;
  /** What a token stands for while it is valid. */
  access(token: string): Access | undefined;
  refreshToken(authorization: Authorization): string;
  ofRefreshToken(token: string): Authorization | undefined;
  revoke(token: string): void;
}

/** Values that can be taken out once, by a random key. */
interface OneTime<Value> {
  put(value: Value): string;
  take(key: string): Value | undefined;
}

const random = (prefix: string) => `${prefix}-${randomBytes(24).toString("base64url")}`;

export function createLedger(now: () => number): Ledger {
  const codes = new Map<string, Authorization>();
  const challenges = new Map<string, Authorization>();
  const accesses = new Map<string, Access>();
  const refreshTokens = new Map<string, Authorization>();
  const tickets = new Map<string, Ticket>();

  return {
    tickets: {
      put(ticket) {
        const key = random("ticket");
        tickets.set(key, ticket);
        return key;
      },
      take(key) {
        const ticket = tickets.get(key);
        tickets.delete(key);
        return ticket;
      },
    },
    authorize(authorization) {
      const code = random("code");
      authorization.customer.recorder.secret(code, "code");
      codes.set(code, authorization);
      if (authorization.challenge !== undefined) challenges.set(authorization.challenge, authorization);
      return code;
    },
    ofCode: (code) => codes.get(code),
    ofChallenge: (challenge) => challenges.get(challenge),
    issue(authorization, seconds) {
      const token = random("provider-access");
      authorization.customer.recorder.secret(token, "provider-token");
      accesses.set(token, {
        authorization,
        expiresAt: now() + seconds * 1000,
        expiresAtReal: performance.now() + seconds * 1000,
      });
      return token;
    },
    access(token) {
      const access = accesses.get(token);
      if (access === undefined) return undefined;
      const live = access.expiresAt > now() && access.expiresAtReal > performance.now();
      return live ? access : undefined;
    },
    refreshToken(authorization) {
      const token = random("provider-refresh");
      authorization.customer.recorder.secret(token, "provider-token");
      refreshTokens.set(token, authorization);
      return token;
    },
    ofRefreshToken: (token) => refreshTokens.get(token),
    revoke(token) {
      accesses.delete(token);
      refreshTokens.delete(token);
    },
  };
}
