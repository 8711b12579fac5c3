import { type Call, RpcError } from "../method.ts";
import { type AuthContext, MAX_BLOB, MAX_NAME, rpcCode, textOf } from "./context.ts";
import { issueCertificate, makeCurrent } from "./issue.ts";
import { spendLogin } from "./login-state.ts";

/** `auth.renew_cert` (AUN 01 § 1.6): a new certificate for the same key; the old one stays good until its end. */
export function renewCert(context: AuthContext, { params }: Call) {
  const { rules, chain } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const nonce = textOf(params, "nonce", MAX_NAME);
  const { presented } = spendLogin(context, {
    use: "renew",
    aid,
    nonce,
    requestId: textOf(params, "request_id", MAX_NAME),
    signature: textOf(params, "signature", MAX_BLOB),
    texts: [nonce],
  });
  const { publicKey } = presented;
  const issued = issueCertificate(context, { purpose: "renew", aid, publicKey, previous: presented });
  makeCurrent(context, issued);
  const result = { status: "renewed", aid, cert: issued.pem, ca_cert: chain.issuer.certificate.pem };
  return rules["auth.result"]({ method: "renew_cert", result });
}

/** `auth.rekey` (AUN 01 § 1.6): a certificate for a new key; what was issued for the old one is revoked at once. */
export function rekey(context: AuthContext, { params }: Call) {
  const { rules, state, chain, clock } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const nonce = textOf(params, "nonce", MAX_NAME);
  const newKey = textOf(params, "new_public_key", MAX_BLOB);
  const publicKey = rules["create.publicKey"]({ text: newKey });
  if (publicKey === undefined)
    throw new RpcError(rpcCode.parameter, "new_public_key must be a P-256 key, SPKI in base64");
  const { presented } = spendLogin(context, {
    use: "rekey",
    aid,
    nonce,
    requestId: textOf(params, "request_id", MAX_NAME),
    signature: textOf(params, "signature", MAX_BLOB),
    texts: [nonce + newKey],
  });
  if (presented.publicKey.equals(publicKey)) throw new RpcError(rpcCode.parameter, "the new key is the old one");
  const old = state.identities.get(aid)?.certificates ?? [];
  const serials = old.filter((one) => one.publicKey.equals(presented.publicKey)).map(({ serial }) => serial);
  for (const serial of rules["rekey.revoked"]({ serials })) state.revoked.set(serial, clock.now());
  const issued = issueCertificate(context, { purpose: "rekey", aid, publicKey, previous: presented });
  makeCurrent(context, issued);
  const result = { status: "rekeyed", aid, cert: issued.pem, ca_cert: chain.issuer.certificate.pem };
  return rules["auth.result"]({ method: "rekey", result });
}
