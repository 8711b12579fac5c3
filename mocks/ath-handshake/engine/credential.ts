import { isJsonObject, type JsonObject, own, ownTexts } from "../../ath/json.ts";
import { ownNumber, ownString } from "../json.ts";
import { parseJwt } from "../jwt.ts";
import { Refused } from "../refusal.ts";
import type { SecretsAtHand } from "../rules/traffic.ts";
import type { User } from "../settings.ts";
import { textVerifies } from "../signatures.ts";
import { type Handshake, revocationKey } from "../state.ts";
import type { HandshakeContext } from "./context.ts";

/** What a user's credential allows. */
export interface Authorization {
  readonly user: User;
  readonly scopes: readonly string[];
  /** Seconds since the epoch. */
  readonly exp: number;
  /** Whether the user is there to be asked. */
  readonly canAsk: boolean;
}

/** Later than any credential: whoever needs none has no end either. */
const NEVER = Number.MAX_SAFE_INTEGER;

function refuse(problem: string): never {
  throw new Refused("credential-invalid", `the user's credential ${problem}`);
}

function whenMissing({ rules, settings }: HandshakeContext, requested: readonly string[]): Authorization {
  const [user] = settings.users.values();
  if (rules["credential.whenMissing"]() === "refuse" || user === undefined) refuse("is missing");
  return { user, scopes: requested, exp: NEVER, canAsk: false };
}

/** The credential in a message, as a secret that a log must not hold. */
export function credentialIn(body: JsonObject): SecretsAtHand {
  const sent = own(body, "user_authorization");
  const credential = isJsonObject(sent) ? ownString(sent, "credential") : undefined;
  return credential === undefined ? {} : { credential };
}

/** Verifies the credential of a scope_request (message 0). Throws {@link Refused} `credential-invalid`. */
export function authorizationOf(context: HandshakeContext, handshake: Handshake, body: JsonObject): Authorization {
  const { rules, settings, state, clock } = context;
  const now = clock.now();
  const sent = own(body, "user_authorization");
  const authorization = isJsonObject(sent) ? sent : {};
  const text = ownString(authorization, "credential");
  if (text === undefined || text === "") return whenMissing(context, ownTexts(body, "scopes"));

  const jwt = parseJwt(text) ?? refuse(rules["credential.unreadable"]());
  const { claims, header } = jwt;
  const userDid = ownString(claims, "iss") ?? refuse("does not say whose it is");
  if (own(claims, "sub") !== userDid) refuse("is not about the user who signed it");
  const exp = rules["credential.expiry"]({ claims }) ?? refuse("does not expire");
  const issuedAt = ownNumber(claims, "iat") ?? refuse("does not say when it was issued");
  const signer = rules["credential.signer"]({ userDid, header, users: settings.users }) ?? refuse("is of nobody known");
  if (signer.treat === "verify" && !rules["credential.signatureHolds"]({ jwt, key: signer.key })) {
    refuse("is not signed by the user");
  }
  if (!rules["credential.isUnexpired"]({ exp, now })) refuse("has expired");
  const agentDid = handshake.agent.did;
  if (!rules["credential.isForAgent"]({ clientDid: ownString(claims, "client_did") ?? "", agentDid })) {
    refuse("is made out to another agent");
  }
  const signature = ownString(authorization, "signature") ?? "";
  const verifies = () => textVerifies(handshake.agent.key.key, text, signature, settings.binding.signature);
  if (!rules["credential.agentSigned"]({ verifies })) refuse("is not signed by the agent that sends it");
  const revokedAt = state.revocations.get(revocationKey(userDid, agentDid));
  // The issue time knows seconds only; whoever issues anew in the same second is believed.
  if (rules["access.userHasRevoked"]({ issuedAt: issuedAt * 1000 + 999, revokedAt })) refuse("was taken back");
  return { user: signer.user, scopes: ownTexts(claims, "scopes"), exp, canAsk: signer.treat === "verify" };
}
