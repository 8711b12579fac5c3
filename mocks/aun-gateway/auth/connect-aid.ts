import { type JsonObject, own, ownText } from "../../ath/json.ts";
import { RpcError } from "../method.ts";
import { missingOf } from "../rules/login.ts";
import { type AuthContext, rpcCode } from "./context.ts";
import { spendLogin } from "./login-state.ts";

/** Whom the complete `auth` member is of. Throws {@link RpcError}. */
function holderOf(context: AuthContext, auth: JsonObject): string {
  const missing = missingOf(auth);
  if (missing.length > 0) throw new RpcError(rpcCode.missing, `auth lacks ${missing.join(", ")}`);
  const text = (name: string) => ownText(auth, name) ?? "";
  const aid = text("aid");
  if (!/^[^.]+\.[^.]/.test(aid)) throw new RpcError(rpcCode.missing, "auth.aid must be a full AID");
  const nonce = text("nonce");
  const times = context.rules["login.clientTimes"]({ value: own(auth, "client_time") });
  // The documents sign the nonce here and nonce:client_time at login2; both prove the key.
  const texts = [nonce, ...times.map((time) => `${nonce}:${time}`)];
  spendLogin(context, {
    use: "connect",
    aid,
    requestId: text("request_id"),
    nonce,
    signature: text("signature"),
    texts,
  });
  return aid;
}

/** `auth.connect` with method aid (AUN 03). Throws {@link RpcError} 4000, 4001. */
export function verifyAidLogin(context: AuthContext, auth: JsonObject): { readonly aid: string } {
  const { rules, state, issuer } = context;
  try {
    const judge = (whole: JsonObject) => holderOf(context, whole);
    return { aid: rules["connectAid.holder"]({ auth, holderOf: judge, logins: state.logins, issuer }) };
  } catch (error) {
    const isLogins =
      error instanceof RpcError && (error.code === rpcCode.loginState || error.code === rpcCode.signature);
    throw isLogins ? new RpcError(rpcCode.authentication, error.message) : error;
  }
}
