import { randomUUID } from "node:crypto";
import type { Recorder } from "../../engine/recorder.ts";
import type { Reply } from "../reply.ts";
import { type Signer, signJwt, tamperJwt } from "./jwt.ts";
import type { HandshakeKey } from "./keys.ts";

/** A user with a key: signs credentials beforehand (message 0) and answers confirmations (message 7). */
export interface HandshakeUser {
  readonly did: string;
  readonly key: HandshakeKey;
  /** A user authorization credential for the agent: a JWT. */
  credential(agentDid: string, options?: CredentialOptions): string;
  /** An answer to a confirmation, signed. Default: approves exactly what was asked, for an hour. */
  answer(confirmation: Confirmation, options?: AnswerOptions): UserAnswer;
}

export interface CredentialOptions {
  readonly scopes?: readonly string[];
  /** Seconds from now; default one hour. */
  readonly ttlS?: number;
  /** Claims to replace or add before signing; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs instead of the user's key. */
  readonly signWith?: Signer;
  /** Claims replaced after signing. */
  readonly tamper?: Readonly<Record<string, unknown>>;
}

/** A request of the gateway to a user (message 6), as it arrived. */
export interface Confirmation {
  /** Id of the recorded exchange; 0 while the gateway's call waits for its answer (mode `response`). */
  readonly exchange: number;
  /** Whose channel it arrived at. */
  readonly user: HandshakeUser;
  /** It named no agent of this run. */
  readonly stray: boolean;
  readonly message: unknown;
  readonly requestId: string;
  readonly clientDid: string;
  readonly scopes: readonly string[];
  /** Unix seconds; NaN when it is no number. */
  readonly expiresAt: number;
  /** The gateway's answers to the user's answers, in order; empty in mode `response`. */
  readonly replies: readonly Reply[];
}

export interface AnswerOptions {
  /** Scopes to approve; "asked": exactly those; "deny": refuse. Default "asked". */
  readonly grant?: readonly string[] | "asked" | "deny";
  /** Until when the approval holds, Unix seconds; default: one hour from now. */
  readonly expiresAt?: number;
  /** Members to replace or add before signing; undefined leaves one out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Signs instead of the user's key; "none": an empty signature. */
  readonly signWith?: HandshakeKey | "none";
  /** Members replaced after signing. */
  readonly tamper?: Readonly<Record<string, unknown>>;
}

/** Message 7 as it goes out. */
export type UserAnswer = Readonly<Record<string, unknown>>;

/**
 * What a user does when asked: the answers to send, one after the other; none: the user keeps silent. In mode `response`
 * the first is the answer of the gateway's call and the others cannot be sent.
 */
export type Answering = (confirmation: Confirmation) => readonly UserAnswer[] | Promise<readonly UserAnswer[]>;

export interface HandshakeUserOptions {
  readonly did: string;
  readonly key: HandshakeKey;
  readonly recorder: Recorder;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const hourS = 3600;

export function createHandshakeUser({ did, key, recorder, now }: HandshakeUserOptions): HandshakeUser {
  const seconds = () => Math.floor(now() / 1000);
  return {
    did,
    key,
    credential(agentDid, { scopes = [], ttlS = hourS, claims, header, signWith = key, tamper } = {}) {
      const issued = seconds();
      const signed = signJwt({
        ...(header && { header }),
        claims: {
          iss: did,
          sub: did,
          client_did: agentDid,
          scopes,
          iat: issued,
          exp: issued + ttlS,
          jti: randomUUID(),
          ...claims,
        },
        signer: signWith,
      });
      const credential = tamper === undefined ? signed : tamperJwt(signed, tamper);
      recorder.secret(credential, "credentials");
      return credential;
    },
    answer({ requestId, scopes }, { grant = "asked", body, signWith = key, tamper, ...options } = {}) {
      const message: Record<string, unknown> = {
        type: "authorization_confirmation_response",
        timestamp: seconds(),
        request_id: requestId,
        approved: grant !== "deny",
        approved_scopes: typeof grant === "string" ? (grant === "asked" ? scopes : []) : grant,
        expires_at: options.expiresAt ?? seconds() + hourS,
        ...body,
      };
      const signature = signWith === "none" ? "" : signWith.sign(confirmationInput(message));
      recorder.secret(signature, "signature");
      return { ...message, signature, ...tamper };
    },
  };
}

/** What the user signs in message 7: its deciding members as one compact JSON array (the kit's binding). */
function confirmationInput(message: Readonly<Record<string, unknown>>): string {
  const { request_id, approved, approved_scopes, expires_at } = message;
  return JSON.stringify([request_id, approved, approved_scopes, expires_at]);
}
