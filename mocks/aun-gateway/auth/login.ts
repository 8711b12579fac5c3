import { own } from "../../ath/json.ts";
import { curveOf } from "../../core/x509/names.ts";
import { type Call, RpcError } from "../method.ts";
import { type AuthContext, MAX_BLOB, MAX_NAME, rpcCode, textOf } from "./context.ts";
import { issueCertificate, makeCurrent } from "./issue.ts";
import { openLogin, presentedCertificate, spendLogin } from "./login-state.ts";
import { startChain } from "./refresh.ts";
import type { PendingLogin } from "./state.ts";
import { accessToken } from "./tokens.ts";

/** `auth.aid_login1` (AUN 01 § 1.4): the service proves itself and asks the client to. */
export function aidLogin1(context: AuthContext, { params, session }: Call) {
  const { rules, auth, clock, issuer } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const clientNonce = textOf(params, "client_nonce", MAX_NAME);
  if (clientNonce === "") throw new RpcError(rpcCode.parameter, "client_nonce must not be empty");
  const presented = presentedCertificate(context, textOf(params, "cert", MAX_BLOB), aid);
  const { requestId, nonce } = openLogin(context, { aid, presented, connectionId: session.connectionId, params });
  const now = clock.now();
  const { pem } = auth.certificate(now);
  const key = auth.privateKey;
  const result = {
    request_id: requestId,
    nonce,
    server_time: now / 1000,
    client_nonce_signature: rules["login.clientNonceSignature"]({ clientNonce, nonce, key }),
    auth_cert: rules["login.authCertificate"]({ pem, auth, issuer, now }),
    auth_curve: curveOf(auth.publicKey),
  };
  return rules["auth.result"]({ method: "aid_login1", result });
}

/** The certificate that goes with a login once its own is past half its life (AUN 01 § 1.4). */
function newCertificate(context: AuthContext, { aid, presented }: PendingLogin): string | undefined {
  const { rules, clock } = context;
  const { notBefore, notAfter } = presented;
  const make = (publicKey = presented.publicKey) => {
    const issued = issueCertificate(context, { purpose: "login", aid, publicKey, previous: presented });
    makeCurrent(context, issued);
    return issued.pem;
  };
  return rules["login.newCertificate"]({ notBefore, notAfter, now: clock.now(), make });
}

/** `auth.aid_login2` (AUN 01 § 1.4): the client proves itself over `nonce:client_time`. */
export function aidLogin2(context: AuthContext, { params, session }: Call) {
  const { rules, clock } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const requestId = textOf(params, "request_id", MAX_NAME);
  const nonce = textOf(params, "nonce", MAX_NAME);
  const signature = textOf(params, "signature", MAX_BLOB);
  const value = own(params, "client_time");
  const times = rules["login.clientTimes"]({ value });
  if (times.length === 0 || !rules["login.clientTimeFits"]({ value, now: clock.now() })) {
    throw new RpcError(rpcCode.parameter, "client_time must be a time in seconds, as a number or a text");
  }
  const texts = times.map((time) => `${nonce}:${time}`);
  const { connectionId } = session;
  const login = spendLogin(context, { use: "login2", aid, requestId, nonce, signature, texts, connectionId });
  const access = accessToken(context, aid, "login");
  const cert = newCertificate(context, login);
  const result = {
    status: "ok",
    aid,
    token: access.text,
    access_token: access.text,
    refresh_token: startChain(context, aid, access.jti),
    expires_in: access.expiresIn,
    ...(cert === undefined ? {} : { new_cert: cert }),
  };
  return rules["auth.result"]({ method: "aid_login2", result });
}
