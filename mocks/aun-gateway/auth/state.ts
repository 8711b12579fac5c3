import type { KeyObject } from "node:crypto";

/** A certificate of an agent that this issuer made. */
export interface AgentCertificate {
  readonly aid: string;
  readonly pem: string;
  /** Lower-case hex. */
  readonly serial: string;
  readonly publicKey: KeyObject;
  /** First 16 hex digits of the SHA-256 of the public key's SPKI. */
  readonly keyPrefix: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A registered AID. */
export interface Identity {
  readonly aid: string;
  /** What the registry shows; the others still count until they end or are revoked. */
  current: AgentCertificate;
  readonly certificates: AgentCertificate[];
}

/** What `auth.aid_login1` gave out and nobody has used yet. */
export interface PendingLogin {
  readonly requestId: string;
  readonly nonce: string;
  readonly aid: string;
  readonly connectionId: string;
  /** The certificate that came with the request. */
  readonly presented: PresentedCertificate;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a certificate from outside says, once its signature was judged. */
export interface PresentedCertificate {
  readonly serial: string;
  readonly publicKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A login and the refreshes since. */
export interface RefreshChain {
  readonly aid: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** How many refreshes there were. */
  readonly count: number;
  /** The jti of its latest access token. */
  readonly accessJti: string;
}

export interface AuthState {
  readonly identities: Map<string, Identity>;
  readonly certificates: Map<string, AgentCertificate>;
  readonly byKeyPrefix: Map<string, AgentCertificate>;
  readonly logins: Map<string, PendingLogin>;
  /** By digest of the refresh token. */
  readonly chains: Map<string, RefreshChain>;
  /** Serial numbers, with when they were revoked. */
  readonly revoked: Map<string, number>;
  /** Access tokens that died before their time, by jti. */
  readonly deadTokens: Set<string>;
}

export function emptyState(): AuthState {
  return {
    identities: new Map(),
    certificates: new Map(),
    byKeyPrefix: new Map(),
    logins: new Map(),
    chains: new Map(),
    revoked: new Map(),
    deadTokens: new Set(),
  };
}

export function clearState(state: AuthState): void {
  for (const store of Object.values(state)) store.clear();
}

/** More logins and sessions than this are not remembered; the oldest are forgotten first. */
export const MAX_LOGINS = 50_000;
export const MAX_CHAINS = 200_000;
/** No certificate is made beyond these; a mock is no registry of a nation. */
export const MAX_CERTIFICATES = 200_000;

/** Makes room for one more by forgetting the oldest. */
export function makeRoom(store: Map<string, unknown>, limit: number): void {
  for (const oldest of store.keys()) {
    if (store.size < limit) return;
    store.delete(oldest);
  }
}
