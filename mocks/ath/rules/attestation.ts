import { type KeyObject, verify } from "node:crypto";
import { type JsonObject, own } from "../json.ts";
import type { ReplayMemory } from "../state.ts";

/** Where attestations are presented. */
export type AttestedEndpoint = "register" | "authorize" | "token" | "status";

/** The claims of an attestation as far as they are of the right type; a claim of a wrong type counts as missing. */
export interface Claims {
  readonly iss: string | undefined;
  readonly sub: string | undefined;
  readonly aud: string | readonly string[] | undefined;
  /** Seconds since the epoch, as `exp`. */
  readonly iat: number | undefined;
  readonly exp: number | undefined;
  readonly jti: string | undefined;
}

/** `trust`: the attestation is not looked at. `refuse`: `problem` is to be read after "the attestation". */
export type Treatment =
  | { readonly treat: "verify"; readonly attestation: string }
  | { readonly treat: "trust" }
  | { readonly treat: "refuse"; readonly problem: string };

/** The document that holds the signer's key. */
export type Signer =
  | { readonly ok: true; readonly documentUrl: string }
  | { readonly ok: false; readonly problem: string };

/**
 * How attestations are judged (ATH 0.1 client/identity § Verification), in the order in which the rules are asked.
 * A rule about one claim lets a missing claim pass: whether a claim may be missing is asked once, by
 * `attestation.missingClaims`.
 */
export interface AttestationRules {
  /**
   * REG-4, AUTHZ-3, TOK-4: an attestation is demanded and verified at every endpoint; an agent_id that no document can
   * be fetched from cannot have one.
   */
  "attestation.treatment": (input: {
    readonly endpoint: AttestedEndpoint;
    /** The agent that the attestation has to be of. */
    readonly agentId: string;
    readonly attestation: string | undefined;
  }) => Treatment;
  /** ATT-2, ATT-3, ATT-6: the names of the claims that have to be there and are not. */
  "attestation.missingClaims": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly claims: Claims;
  }) => readonly string[];
  /** ATT-8, AUTHZ-10, TOK-4: the attestation's sub is the agent that it is used for. */
  "attestation.subjectIsAgent": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly sub: string | undefined;
    readonly agentId: string;
  }) => boolean;
  /** ATT-2, ATT-4: a time as the claim gives it, in seconds; undefined: it is none (RFC 7519 § 2, NumericDate). */
  "attestation.time": (input: {
    readonly claim: "iat" | "exp";
    readonly value: unknown;
    readonly now: number;
  }) => number | undefined;
  /** ERR-1: what is said about an attestation that is no JWT, to be read after "the attestation". */
  "attestation.unreadable": () => string;
  /** AUTHZ-3: expiry, audience and issue time are judged at every endpoint. */
  "attestation.claimsAreJudged": (input: { readonly endpoint: AttestedEndpoint }) => boolean;
  /** ATT-2: `exp` is in the future. `now` in milliseconds. */
  "attestation.isUnexpired": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly exp: number | undefined;
    readonly now: number;
  }) => boolean;
  /** ATT-4: `iat` is at most 5 minutes from now, either way. `now` in milliseconds. */
  "attestation.issueTimeFits": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly iat: number | undefined;
    readonly now: number;
  }) => boolean;
  /** ATT-3, TOK-4: the attestation is for this endpoint: the token endpoint's URL there, the base URL elsewhere. */
  "attestation.audienceFits": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly aud: string | readonly string[] | undefined;
    /** Without a trailing slash. */
    readonly baseUrl: string;
    readonly tokenUrl: string;
  }) => boolean;
  /**
   * ATT-1, ATT-6: whose document holds the key. It is always the one published at `sub`; `iss` names the same agent, in
   * full or by the origin of its agent_id. `sub` is the agent_id when the claim was allowed to be missing.
   */
  "attestation.signer": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly iss: string | undefined;
    readonly sub: string;
  }) => Signer;
  /** ATT-7: the key is the published one, never one that the attestation brings or points to. */
  "attestation.verificationKey": (input: {
    readonly header: JsonObject;
    readonly document: JsonObject;
    /** The published key; undefined when the document's public_key cannot be read. */
    readonly publishedKey: () => KeyObject | undefined;
    /** Fetches text from any URL; rejects on failure. */
    readonly fetchText: (url: string) => Promise<string>;
  }) => KeyObject | undefined | Promise<KeyObject | undefined>;
  /** ATT-1, ATT-7: ES256 by that key, nothing else. */
  "attestation.signatureIsValid": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly header: JsonObject;
    readonly document: JsonObject;
    readonly key: KeyObject;
    readonly signingInput: string;
    readonly signature: Uint8Array;
  }) => boolean;
  /**
   * ATT-5: a jti is good for one use, over all endpoints; asking uses it up. It is asked and remembered without letting
   * another request in between. `token` is the attestation's text, `now` is in milliseconds.
   */
  "attestation.jtiIsFresh": (input: {
    readonly endpoint: AttestedEndpoint;
    readonly agentId: string;
    readonly jti: string | undefined;
    readonly exp: number | undefined;
    readonly token: string;
    readonly now: number;
    readonly seen: ReplayMemory;
  }) => boolean | Promise<boolean>;
}

const demanded = ["iss", "sub", "aud", "iat", "exp", "jti"] as const;

/** The tolerated distance of `iat` from now, in milliseconds (ATH 0.1 client/identity § Required Claims). */
export const ISSUE_WINDOW_MS = 5 * 60 * 1000;

/** A jti is remembered a little longer than its attestation lives, and no attestation's `exp` binds memory for years. */
const JTI_GRACE_MS = 5 * 60 * 1000;
const JTI_LONGEST_MS = 24 * 60 * 60 * 1000;

/** Until when a jti is remembered, in milliseconds since the epoch. */
export function jtiKeptUntil(exp: number | undefined, now: number): number {
  const end = exp === undefined ? now + JTI_LONGEST_MS : exp * 1000 + JTI_GRACE_MS;
  return Math.min(Math.max(end, now + JTI_GRACE_MS), now + JTI_LONGEST_MS);
}

/** The URL an identity document can be fetched from, or undefined: absolute http(s), no credentials, no fragment. */
export function documentUrlOf(agentId: string): URL | undefined {
  if (!URL.canParse(agentId)) return undefined;
  const url = new URL(agentId);
  const fetchable = url.protocol === "https:" || url.protocol === "http:";
  return fetchable && url.username === "" && url.password === "" && url.hash === "" ? url : undefined;
}

function issuerIsSubject(iss: string, sub: string): boolean {
  if (iss === sub) return true;
  const origin = documentUrlOf(sub)?.origin;
  return origin !== undefined && (iss === origin || iss === `${origin}/`);
}

export const honestAttestation: AttestationRules = {
  "attestation.treatment": ({ agentId, attestation }) => {
    if (attestation === undefined) return { treat: "refuse", problem: "is missing" };
    if (documentUrlOf(agentId) === undefined) {
      return { treat: "refuse", problem: "cannot be verified: the agent_id is no http(s) URL" };
    }
    return { treat: "verify", attestation };
  },
  "attestation.missingClaims": ({ claims }) => demanded.filter((name) => claims[name] === undefined),
  "attestation.subjectIsAgent": ({ sub, agentId }) => sub === undefined || sub === agentId,
  "attestation.time": ({ value }) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
  "attestation.unreadable": () => "is not a JWT",
  "attestation.claimsAreJudged": () => true,
  "attestation.isUnexpired": ({ exp, now }) => exp === undefined || exp * 1000 > now,
  "attestation.issueTimeFits": ({ iat, now }) => iat === undefined || Math.abs(now - iat * 1000) <= ISSUE_WINDOW_MS,
  "attestation.audienceFits": ({ endpoint, aud, baseUrl, tokenUrl }) => {
    if (aud === undefined) return true;
    const accepted = endpoint === "token" ? [tokenUrl] : [baseUrl, `${baseUrl}/`];
    return (typeof aud === "string" ? [aud] : aud).some((audience) => accepted.includes(audience));
  },
  "attestation.signer": ({ iss, sub }) =>
    iss === undefined || issuerIsSubject(iss, sub)
      ? { ok: true, documentUrl: sub }
      : { ok: false, problem: "was issued by another than its subject" },
  "attestation.verificationKey": ({ publishedKey }) => publishedKey(),
  "attestation.signatureIsValid": ({ header, key, signingInput, signature }) => {
    // RFC 7515 § 4.1.11: what is critical and not understood is refused.
    if (own(header, "alg") !== "ES256" || own(header, "crit") !== undefined || signature.length !== 64) return false;
    if (key.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== "prime256v1") return false;
    return verify("sha256", Buffer.from(signingInput), { key, dsaEncoding: "ieee-p1363" }, signature);
  },
  "attestation.jtiIsFresh": ({ agentId, jti, exp, now, seen }) => {
    if (jti === undefined) return true;
    const key = JSON.stringify([agentId, jti]);
    if (seen.has(key)) return false;
    seen.add(key, jtiKeptUntil(exp, now));
    return true;
  },
};
