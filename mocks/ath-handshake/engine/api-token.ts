import { type JsonObject, ownTexts } from "../../ath/json.ts";
import { ownNumber, ownString } from "../json.ts";
import { parseJwt } from "../jwt.ts";
import { Refused } from "../refusal.ts";
import type { Restrictions } from "../settings.ts";
import { revocationKey } from "../state.ts";
import type { HandshakeContext } from "./context.ts";

/** Who calls, for whom, and within what. */
export interface Caller {
  readonly agentDid: string;
  readonly userDid: string;
  readonly scopes: readonly string[];
  readonly restrictions: Restrictions;
}

const bearer = /^Bearer +(?<token>[\w.-]+)$/i;

function refuse(problem: string): never {
  throw new Refused("token-invalid", problem);
}

function callerOf(context: HandshakeContext, claims: JsonObject): Caller {
  const record = context.state.tokens.get(ownString(claims, "jti") ?? "");
  return {
    agentDid: ownString(claims, "sub") ?? "",
    userDid: ownString(claims, "user_did") ?? "",
    scopes: ownTexts(claims, "scopes"),
    restrictions: record?.restrictions ?? {},
  };
}

/** The caller by the access token of a call. Throws {@link Refused} `token-invalid`, `-expired` or `-revoked`. */
export function callerBy(context: HandshakeContext, request: Request): Caller {
  const { rules, state, settings, keys, clock } = context;
  const now = clock.now();
  const token = bearer.exec(request.headers.get("authorization") ?? "")?.groups?.["token"];
  const jwt = token === undefined ? undefined : parseJwt(token);
  if (jwt === undefined) {
    const claims = rules["access.withoutToken"]({ systems: settings.systems });
    return claims === undefined
      ? refuse("an access token is needed (Authorization: Bearer JWT)")
      : callerOf(context, claims);
  }
  const { verified } = state;
  if (!rules["access.tokenIsOurs"]({ jwt, issuer: settings.serverDid, keys, verified })) {
    refuse("the access token is not signed by this gateway");
  }
  const { claims } = jwt;
  const exp = ownNumber(claims, "exp") ?? refuse("the access token does not expire");
  if (!rules["access.isUnexpired"]({ exp, now })) throw new Refused("token-expired", "the access token has expired");
  const caller = callerOf(context, claims);
  const record = state.tokens.get(ownString(claims, "jti") ?? "");
  const revokedAt = state.revocations.get(revocationKey(caller.userDid, caller.agentDid));
  const issuedAt = record?.issuedAt ?? (ownNumber(claims, "iat") ?? 0) * 1000;
  if (
    rules["access.tokenIsRevoked"]({ revoked: record?.revoked ?? false }) ||
    rules["access.userHasRevoked"]({ issuedAt, revokedAt })
  ) {
    throw new Refused("token-revoked", "the access token was taken back");
  }
  return caller;
}
