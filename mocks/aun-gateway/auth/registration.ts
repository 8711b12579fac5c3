import { ownText } from "../../ath/json.ts";
import { curveOf } from "../../core/x509/names.ts";
import { type Call, RpcError } from "../method.ts";
import { keyIn } from "../rules/auth.ts";
import { type AuthContext, MAX_BLOB, MAX_NAME, rpcCode, textOf } from "./context.ts";
import { issueCertificate, makeCurrent } from "./issue.ts";

/** `auth.create_aid` (AUN 01 § 1.3). Taking one's own AID again gives the certificate again. */
export function createAid(context: AuthContext, { params }: Call) {
  const { rules, state, issuer, chain } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const problem = rules["create.nameProblem"]({ aid, issuer });
  if (problem !== undefined) throw new RpcError(rpcCode.parameter, problem);
  const publicKey = rules["create.publicKey"]({ text: ownText(params, "public_key") ?? "" });
  if (publicKey === undefined) {
    throw new RpcError(rpcCode.parameter, "public_key must be a P-256 key, standard base64 of SPKI in DER");
  }
  const holder = state.identities.get(aid);
  if (!rules["create.mayTake"]({ holder: holder?.current.publicKey, key: publicKey })) {
    throw new RpcError(rpcCode.aidTaken, "this AID is taken");
  }
  let cert = holder?.current;
  if (!cert?.publicKey.equals(publicKey)) {
    cert = issueCertificate(context, { purpose: "create", aid, publicKey });
    makeCurrent(context, cert);
  }
  const result = { aid, cert: cert.pem, ca_cert: chain.issuer.certificate.pem, curve: curveOf(publicKey) };
  return rules["auth.result"]({ method: "create_aid", result });
}

/** `auth.request_cert` (AUN 01 § 1.6): one more certificate for the caller's own AID. */
export function requestCert(context: AuthContext, { params, session }: Call) {
  const { rules, chain } = context;
  const aid = textOf(params, "aid", MAX_NAME);
  const allowed = rules["requestCert.allowed"]({ sessionAid: session.aid, aid });
  if (allowed === "not-initialised") throw new RpcError(rpcCode.notInitialised, "auth.connect comes first");
  if (allowed === "of-another") throw new RpcError(rpcCode.forbidden, "a certificate is made for one's own AID only");
  const publicKey = keyIn(textOf(params, "public_key", MAX_BLOB));
  const curve = publicKey === undefined ? undefined : curveOf(publicKey);
  if (publicKey === undefined || curve === undefined || (ownText(params, "curve") ?? curve) !== curve) {
    throw new RpcError(rpcCode.parameter, "public_key must be a key on the curve, P-256 or P-384, as SPKI in base64");
  }
  const issued = issueCertificate(context, { purpose: "request", aid, publicKey });
  context.state.identities.get(aid)?.certificates.push(issued);
  const result = {
    status: "issued",
    aid,
    cert: issued.pem,
    ca_cert: chain.issuer.certificate.pem,
    curve: curveOf(issued.publicKey),
  };
  return rules["auth.result"]({ method: "request_cert", result });
}

/** `auth.download_cert` (AUN 01 § 1.6): by serial number in hex, or `root`. */
export function downloadCert(context: AuthContext, { params }: Call) {
  const { rules, state, chain, auth, clock } = context;
  const { root, registry, issuer } = chain;
  const above = [issuer, registry, root];
  const pems = above.map(({ certificate }) => certificate.pem);
  const rootPem = root.certificate.pem;
  const find = (wanted: string) => {
    if (wanted === "root") return { cert: rootPem, ca_cert: rootPem, cert_chain: [rootPem] };
    const serial = wanted.toLowerCase();
    const level = above.findIndex(({ certificate }) => certificate.serial === serial);
    if (level >= 0) {
      const rest = pems.slice(level);
      return { cert: rest[0] ?? rootPem, ca_cert: rest[1] ?? rootPem, cert_chain: rest };
    }
    const service = auth.certificate(clock.now());
    const cert = state.certificates.get(serial)?.pem ?? (service.serial === serial ? service.pem : undefined);
    return cert === undefined ? undefined : { cert, ca_cert: issuer.certificate.pem, cert_chain: [cert, ...pems] };
  };
  const found = rules["downloadCert.found"]({ serial: textOf(params, "cert_sn", MAX_NAME), find });
  if (found === undefined) throw new RpcError(rpcCode.notFound, "no certificate has this serial number");
  return rules["auth.result"]({ method: "download_cert", result: { ...found } });
}
