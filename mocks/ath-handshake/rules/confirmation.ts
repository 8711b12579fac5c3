import type { KeyObject } from "node:crypto";
import type { ConfirmationRequest, Stage } from "../state.ts";

/** Step 6 on the wire. */
export interface ConfirmationMessage {
  readonly type: "authorization_confirmation_request";
  /** Seconds, as `expires_at`. */
  readonly timestamp: number;
  readonly request_id: string;
  readonly client_did: string;
  readonly client_info?: { readonly name: string; readonly developer: string };
  readonly requested_scopes: readonly string[];
  readonly expires_at: number;
}

/** Step 7 as far as it was read. */
export interface ConfirmationAnswer {
  readonly requestId: string;
  readonly approved: boolean;
  readonly approvedScopes: readonly string[];
  /** Seconds. */
  readonly expiresAt: number;
  readonly signature: string;
}

/** Steps 6 and 7 (HS-9, HS-14, HS-15, HS-16). */
export interface ConfirmationRules {
  /** HS-14: whether the user is asked at all. */
  "confirmation.isNeeded": (input: { readonly required: boolean; readonly agentDid: string }) => boolean;
  /** HS-14: whether the answer is waited for. */
  "confirmation.isAwaited": () => boolean;
  /** HS-14: names one question. */
  "confirmation.requestId": (input: { readonly random: () => string; readonly agentDid: string }) => string;
  /** HS-14: what the user is told. */
  "confirmation.message": (input: { readonly message: ConfirmationMessage }) => ConfirmationMessage;
  /** HS-15: the question that is answered; `asked`: the one whose call is answered by this. */
  "confirmation.request": (input: {
    readonly requestId: string;
    readonly asked: ConfirmationRequest | undefined;
    readonly requests: ReadonlyMap<string, ConfirmationRequest>;
  }) => ConfirmationRequest | undefined;
  /** HS-15: signed by the user who was asked. */
  "confirmation.signatureHolds": (input: {
    readonly user: KeyObject;
    readonly agent: KeyObject;
    readonly anyUser: () => Iterable<KeyObject>;
    readonly answer: ConfirmationAnswer;
    /** Whether this key signed the answer, or one that differs from it in these members. */
    readonly verifies: (key: KeyObject, changed?: Partial<ConfirmationAnswer>) => boolean;
    /** `expires_at` of the question, seconds. */
    readonly questionEnds: number;
    /** Every request_id that is remembered. */
    readonly requestIds: () => Iterable<string>;
  }) => boolean;
  /** HS-15: a second at least is left of it. Seconds, and milliseconds. */
  "confirmation.isUnexpired": (input: { readonly expiresAt: number; readonly now: number }) => boolean;
  /** HS-15: the first answer stands. */
  "confirmation.isOpen": (input: { readonly answered: boolean }) => boolean;
  /** HS-16: the scopes that the user approves; undefined: he refuses. */
  "confirmation.approved": (input: {
    readonly answer: ConfirmationAnswer;
    readonly requested: readonly string[];
  }) => readonly string[] | undefined;
  /** HS-9: where a handshake stands after the user refused. */
  "confirmation.stageAfterDenial": () => Stage;
  /** HS-16: what silence means. */
  "confirmation.onSilence": () => "refuse" | "approve";
}

export const honestConfirmation: ConfirmationRules = {
  "confirmation.isNeeded": ({ required }) => required,
  "confirmation.isAwaited": () => true,
  "confirmation.requestId": ({ random }) => random(),
  "confirmation.message": ({ message }) => message,
  "confirmation.request": ({ requestId, asked, requests }) => {
    const request = requests.get(requestId);
    return asked === undefined || request === asked ? request : undefined;
  },
  "confirmation.signatureHolds": ({ user, verifies }) => verifies(user),
  "confirmation.isUnexpired": ({ expiresAt, now }) => expiresAt * 1000 >= now + 1000,
  "confirmation.isOpen": ({ answered }) => !answered,
  "confirmation.approved": ({ answer }) => (answer.approved ? answer.approvedScopes : undefined),
  "confirmation.stageAfterDenial": () => "ended",
  "confirmation.onSilence": () => "refuse",
};
