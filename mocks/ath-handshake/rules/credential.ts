import type { KeyObject } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import { ownNumber } from "../json.ts";
import { type Jwt, jwtVerifies } from "../jwt.ts";
import type { User } from "../settings.ts";

/** Whose key verifies a credential; `trust`: nobody's. */
export type Signer =
  | { readonly treat: "verify"; readonly user: User; readonly key: KeyObject }
  | { readonly treat: "trust"; readonly user: User };

/** The user's authorization of the agent (HS-11). */
export interface CredentialRules {
  /** HS-11: a credential has to be there; `trust`: the first user is taken to allow what is asked. */
  "credential.whenMissing": () => "refuse" | "trust";
  /** HS-11: the user it is of, one the gateway knows, by the key the gateway knows. */
  "credential.signer": (input: {
    readonly userDid: string;
    readonly header: JsonObject;
    readonly users: ReadonlyMap<string, User>;
  }) => Signer | undefined;
  /** HS-5: what is said about a credential that is no JWT, to be read after "the user's credential". */
  "credential.unreadable": () => string;
  /** HS-11: when it expires, in seconds since the epoch; undefined: it does not say (RFC 7519 § 4.1.4). */
  "credential.expiry": (input: { readonly claims: JsonObject }) => number | undefined;
  /** HS-11: signed by that key. */
  "credential.signatureHolds": (input: { readonly jwt: Jwt; readonly key: KeyObject }) => boolean;
  /** HS-11: not expired; a second is left at least. Seconds, and milliseconds. */
  "credential.isUnexpired": (input: { readonly exp: number; readonly now: number }) => boolean;
  /** HS-11: made out to this agent. */
  "credential.isForAgent": (input: { readonly clientDid: string; readonly agentDid: string }) => boolean;
  /** HS-11: the agent signed the credential it sends. */
  "credential.agentSigned": (input: { readonly verifies: () => boolean }) => boolean;
}

export const honestCredential: CredentialRules = {
  "credential.whenMissing": () => "refuse",
  "credential.signer": ({ userDid, users }) => {
    const user = users.get(userDid);
    return user === undefined ? undefined : { treat: "verify", user, key: user.key.key };
  },
  "credential.unreadable": () => "is not a JWT",
  "credential.expiry": ({ claims }) => ownNumber(claims, "exp"),
  "credential.signatureHolds": ({ jwt, key }) => jwtVerifies(jwt, key),
  "credential.isUnexpired": ({ exp, now }) => exp * 1000 >= now + 1000,
  "credential.isForAgent": ({ clientDid, agentDid }) => clientDid === agentDid,
  "credential.agentSigned": ({ verifies }) => verifies(),
};
