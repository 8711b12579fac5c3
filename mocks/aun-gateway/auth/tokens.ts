import { createHash, sign } from "node:crypto";
import { own, ownText } from "../../ath/json.ts";
import { RpcError, type VerifiedToken } from "../method.ts";
import { parsedToken, type TokenUse } from "../rules/tokens.ts";
import { type AuthContext, rpcCode } from "./context.ts";

/** A new access token with its life in seconds and its jti. */
export interface IssuedToken {
  readonly text: string;
  readonly expiresIn: number;
  readonly jti: string;
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** Issues an access token (AUN 01 § 1.7): ES256, never beyond the end of the auth service's certificate. */
export function accessToken(context: AuthContext, aid: string, use: TokenUse): IssuedToken {
  const { rules, auth, clock, issuer, random } = context;
  const now = clock.now();
  const certificate = auth.certificate(now);
  const iat = Math.floor(now / 1000);
  const exp = Math.min(iat + rules["token.lifetime"](), Math.floor(certificate.notAfter / 1000));
  const jti = random.text(16);
  const make = () => {
    const header = rules["token.header"]({ header: { alg: "ES256", typ: "JWT", kid: certificate.serial }, use });
    const { iss, aud, subjectClaim } = rules["token.terms"]({ issuer });
    const claims = rules["token.claims"]({ claims: { aid, iss, [subjectClaim]: aid, aud, iat, exp, jti }, use });
    const signingInput = `${encoded(header)}.${encoded(claims)}`;
    const key = rules["token.keys"]({ auth }).privateKey;
    const signature = sign("sha256", Buffer.from(signingInput, "latin1"), { key, dsaEncoding: "ieee-p1363" });
    return `${signingInput}.${signature.toString("base64url")}`;
  };
  return { text: rules["token.text"]({ aid, use, make }), expiresIn: exp - iat, jti };
}

/** What is remembered of a refresh token in its place. */
export function digestOf(refreshToken: string): string {
  return createHash("sha256").update(refreshToken).digest("base64url");
}

/** Whom a token is of, by its signature and claims; undefined: nobody. */
function holderOf(context: AuthContext, token: string): VerifiedToken | undefined {
  const { rules, auth, clock, issuer, state } = context;
  const parsed = parsedToken(token);
  if (parsed === undefined) return undefined;
  const { claims } = parsed;
  const exp = own(claims, "exp");
  const aid = rules["token.subject"]({ claims, terms: rules["token.terms"]({ issuer }) });
  if (typeof exp !== "number" || !Number.isFinite(exp) || aid === undefined || !state.identities.has(aid))
    return undefined;
  if (!rules["token.signatureIsValid"]({ parsed, key: rules["token.keys"]({ auth }).publicKey })) return undefined;
  const expiresAt = exp * 1000;
  if (!rules["token.isUnexpired"]({ expiresAt, now: clock.now() })) return undefined;
  return state.deadTokens.has(ownText(claims, "jti") ?? "") ? undefined : { aid, expiresAt };
}

/** The `kite_token` of `auth.connect`. Throws {@link RpcError} 4001. */
export function verifyToken(context: AuthContext, token: string): VerifiedToken {
  const { rules, state, issuer } = context;
  const holder = rules["token.holder"]({
    token,
    holderOf: (presented) => holderOf(context, presented),
    refreshHolder: (presented) => state.chains.get(digestOf(presented))?.aid,
    aids: () => state.identities.keys(),
    issuer,
  });
  if (holder === undefined) throw new RpcError(rpcCode.authentication, "the token is not valid");
  return holder;
}
