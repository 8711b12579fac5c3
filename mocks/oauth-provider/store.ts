import { createHash, randomBytes } from "node:crypto";

/** What a user granted to a client in one authorization; everything issued from it lives and dies with it. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** RFC 8707: the resources that tokens of this grant are for; empty: not restricted. */
  readonly resources: readonly string[];
}

export interface CodeRecord {
  readonly grant: Grant;
  readonly challenge: string | undefined;
  /** As the authorization request had it; undefined when it had none. */
  readonly redirectUri: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  used: boolean;
}

export interface TokenRecord {
  readonly kind: "access" | "refresh";
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** A refresh token that was exchanged for the next one. */
  used: boolean;
}

/** A token as lists show it: enough to find it, too little to use it. */
export interface TokenSummary {
  readonly kind: TokenRecord["kind"];
  /** First characters of the token. */
  readonly token: string;
  readonly sha256: string;
  readonly client_id: string;
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly issued_at: string;
  readonly expires_at: string;
}

export interface Store {
  addCode(record: Omit<CodeRecord, "used">): string;
  code(code: string): CodeRecord | undefined;
  addToken(record: Omit<TokenRecord, "used">): string;
  token(token: string): TokenRecord | undefined;
  removeToken(token: string): void;
  /** Ends everything that came from one authorization. */
  removeGrant(grantId: string): void;
  tokens(): readonly TokenSummary[];
  /** How many codes and tokens are kept. */
  size(): number;
  clear(): void;
}

export function unguessable(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Codes and tokens in memory. The dead are dropped as the living come: lifetimes are alike per kind, so the oldest
 * entries die first, and a sweep stops at the first that lives.
 */
export function createStore(now: () => number): Store {
  const codes = new Map<string, CodeRecord>();
  const tokens = { access: new Map<string, TokenRecord>(), refresh: new Map<string, TokenRecord>() };
  const byGrant = new Map<string, Set<string>>();

  const forget = (token: string) => {
    const record = tokens.access.get(token) ?? tokens.refresh.get(token);
    if (record === undefined) return;
    tokens[record.kind].delete(token);
    const sisters = byGrant.get(record.grant.id);
    sisters?.delete(token);
    if (sisters?.size === 0) byGrant.delete(record.grant.id);
  };
  const sweep = () => {
    const time = now();
    for (const [code, { expiresAt }] of codes) {
      if (expiresAt > time) break;
      codes.delete(code);
    }
    for (const kind of [tokens.access, tokens.refresh]) {
      for (const [token, { expiresAt }] of kind) {
        if (expiresAt > time) break;
        forget(token);
      }
    }
  };

  return {
    addCode(record) {
      sweep();
      const code = unguessable();
      codes.set(code, { ...record, used: false });
      return code;
    },
    code: (code) => codes.get(code),
    addToken(record) {
      sweep();
      const token = unguessable();
      tokens[record.kind].set(token, { ...record, used: false });
      const sisters = byGrant.get(record.grant.id) ?? new Set();
      byGrant.set(record.grant.id, sisters.add(token));
      return token;
    },
    token: (token) => tokens.access.get(token) ?? tokens.refresh.get(token),
    removeToken: forget,
    removeGrant(grantId) {
      for (const token of byGrant.get(grantId) ?? []) forget(token);
    },
    tokens() {
      sweep();
      return [...tokens.access, ...tokens.refresh].map(([token, record]) => ({
        kind: record.kind,
        token: `${token.slice(0, 6)}…`,
        sha256: createHash("sha256").update(token).digest("hex"),
        client_id: record.grant.clientId,
        sub: record.grant.user,
        scopes: record.scopes,
        issued_at: new Date(record.issuedAt).toISOString(),
        expires_at: new Date(record.expiresAt).toISOString(),
      }));
    },
    size: () => codes.size + tokens.access.size + tokens.refresh.size,
    clear() {
      codes.clear();
      tokens.access.clear();
      tokens.refresh.clear();
      byGrant.clear();
    },
  };
}
