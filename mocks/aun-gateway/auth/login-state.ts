import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import { certificateIn } from "../../core/x509/certificate.ts";
import { RpcError } from "../method.ts";
import type { CertificateUse, LoginUse } from "../rules/login.ts";
import { type AuthContext, keyOf, rpcCode } from "./context.ts";
import { MAX_LOGINS, makeRoom, type PendingLogin, type PresentedCertificate } from "./state.ts";

/** Long after the last moment at which a nonce is good. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

function refuseLogin(problem: string): never {
  throw new RpcError(rpcCode.loginState, problem);
}

function refuseRevoked({ rules, state }: AuthContext, use: CertificateUse, { serial }: PresentedCertificate): void {
  if (rules["certificate.isRevoked"]({ use, serial, revoked: state.revoked }))
    refuseLogin("the certificate was revoked");
}

/** Judges the certificate of `auth.aid_login1`. Throws {@link RpcError} -32002. */
export function presentedCertificate(context: AuthContext, pem: string, aid: string): PresentedCertificate {
  const { rules, state, chain, clock } = context;
  const certificate = certificateIn(pem);
  if (certificate === undefined) refuseLogin("cert must be a certificate in PEM");
  const serial = certificate.serialNumber.toLowerCase();
  const issued = state.certificates.get(serial)?.pem === certificate.toString();
  if (!rules["certificate.isOurs"]({ certificate, issued, issuerKey: chain.issuer.publicKey })) {
    refuseLogin("the certificate was not issued here");
  }
  if (!rules["certificate.isOfAid"]({ certificate, aid })) refuseLogin("the certificate is of another AID");
  if (!state.identities.has(aid)) refuseLogin("this AID is not registered here");
  const presented: PresentedCertificate = {
    serial,
    publicKey: certificate.publicKey,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  };
  refuseRevoked(context, "login1", presented);
  // Renewal begins with a login1 too, so that the end is judged here with its grace, and at login2 without.
  if (!rules["certificate.isWithinGrace"]({ notAfter: presented.notAfter, now: clock.now() })) {
    refuseLogin("the certificate has expired");
  }
  return presented;
}

/** Writes down what login1 gives out. */
export function openLogin(
  context: AuthContext,
  opened: Pick<PendingLogin, "aid" | "presented" | "connectionId"> & { readonly params: JsonObject },
): PendingLogin {
  const { rules, state, random, clock } = context;
  const { params, ...rest } = opened;
  const now = clock.now();
  for (const [id, { createdAt }] of state.logins) {
    if (now - createdAt < FORGOTTEN_AFTER_MS) break;
    state.logins.delete(id);
  }
  makeRoom(state.logins, MAX_LOGINS);
  const requestId = rules["login.requestId"]({ params, make: randomUUID });
  const nonce = rules["login.nonce"]({ make: () => random.text(24) });
  const login = { ...rest, requestId, nonce, createdAt: now };
  state.logins.set(requestId, login);
  return login;
}

/** A client's answer to login1. */
export interface LoginAnswer {
  readonly use: LoginUse;
  readonly aid: string;
  readonly requestId: string;
  readonly nonce: string;
  readonly signature: string;
  /** What may have been signed. */
  readonly texts: readonly string[];
  /** Undefined where any connection will do. */
  readonly connectionId?: string;
}

function judgePeriod(
  { rules, clock }: AuthContext,
  use: LoginUse,
  { notBefore, notAfter }: PresentedCertificate,
): void {
  const now = clock.now();
  const inTime =
    use === "renew"
      ? rules["certificate.isWithinGrace"]({ notAfter, now })
      : rules["certificate.isCurrent"]({ use, notBefore, notAfter, now });
  if (!inTime) refuseLogin("the certificate has expired");
}

/** Judges the answer and uses the nonce up, also when the signature is wrong. Throws {@link RpcError} -32002, -32003. */
export function spendLogin(context: AuthContext, answer: LoginAnswer): PendingLogin {
  const { rules, state, clock } = context;
  const { use, aid, requestId, nonce, signature, texts, connectionId } = answer;
  const { logins } = state;
  const login = rules["login.find"]({ use, requestId, nonce, logins });
  if (login === undefined) refuseLogin("no login with this request_id is under way");
  const keys = rules["login.keys"]({ use, login, aid, keyOf: (named) => keyOf(context, named) });
  if (keys.length === 0) refuseLogin("the login is of another AID");
  if (!rules["login.nonceFits"]({ use, login, nonce, logins })) refuseLogin("this is not the nonce of the login");
  if (!rules["login.isFresh"]({ createdAt: login.createdAt, now: clock.now() })) refuseLogin("the nonce has expired");
  if (connectionId !== undefined && !rules["login.connectionFits"]({ openedBy: login.connectionId, connectionId })) {
    refuseLogin("the login began on another connection");
  }
  if (rules["login.isUsedUp"]({ use })) logins.delete(login.requestId);
  refuseRevoked(context, use, login.presented);
  judgePeriod(context, use, login.presented);
  const knownKeys = () => [...state.identities.values()].map(({ current }) => current.publicKey);
  if (!rules["login.signatureIsValid"]({ use, signature, texts, keys, knownKeys })) {
    throw new RpcError(rpcCode.signature, "the signature is not of the certificate's key");
  }
  return login;
}
