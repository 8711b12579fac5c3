import { randomBytes } from "node:crypto";
import { signText } from "../../drivers/aun/identity.ts";
import type { AunConnection, AunWorld, Identity, LoginBend, Members } from "../../drivers/aun/world.ts";
import { text } from "../../engine/json.ts";
import type { RpcCall } from "../../engine/rpc.ts";
import { notApplicable } from "../../engine/stop.ts";
import { grantedCall, requireResult } from "../../kinds/rpc-control.ts";

/** A login nonce of auth.aid_login1. */
export interface LoginNonce {
  readonly requestId: string;
  readonly nonce: string;
}

/** What came of auth.aid_login1; the texts are empty when it was refused. */
export interface BegunLogin extends LoginNonce {
  readonly call: RpcCall;
}

/** auth.aid_login1, whatever comes of it; `bend` replaces members of the params. */
export async function beginLogin(
  world: AunWorld,
  { aid, certificate }: Identity,
  { bend = {}, over }: { readonly bend?: Members; readonly over?: AunConnection } = {},
): Promise<BegunLogin> {
  const connection = over ?? (await world.side());
  const client_nonce = randomBytes(12).toString("base64");
  const call = await connection.call("auth.aid_login1", { aid, cert: certificate, client_nonce, ...bend });
  return { call, requestId: text(call.result, "request_id") ?? "", nonce: text(call.result, "nonce") ?? "" };
}

/** A fresh login nonce; ends the check when the target gives none. */
export async function loginNonce(world: AunWorld, identity: Identity): Promise<LoginNonce> {
  const begun = await beginLogin(world, identity);
  requireResult(begun.call, "auth.aid_login1");
  return begun;
}

/** auth.aid_login2 for a nonce at hand, as the public clients send it. */
export async function finishLogin(
  world: AunWorld,
  { aid, privateKey }: Identity,
  { requestId, nonce }: LoginNonce,
): Promise<RpcCall> {
  const clientTime = String(Math.floor(world.now() / 1000));
  const signature = signText(`${nonce}:${clientTime}`, privateKey);
  const params = { aid, request_id: requestId, nonce, client_time: clientTime, signature };
  return (await world.side()).call("auth.aid_login2", params);
}

/** A login as it should be, with the call that decides. */
export async function plainLogin(world: AunWorld, identity: Identity, bend?: LoginBend) {
  const login = await world.login(identity, bend);
  return { ...login, call: login.login2, identity };
}

/** A login that gave a refresh token; ends the check where it does not. */
export async function refreshableLogin(world: AunWorld) {
  const identity = await world.identity();
  const login = await plainLogin(world, identity);
  requireResult(login.call, "auth.aid_login2");
  if (login.refreshToken === "") throw notApplicable("feature-absent", "the login gives no refresh token");
  return login;
}

/** How a renewal or a rekey is bent. */
export interface RequestBend {
  /** Signs something else. */
  readonly signed?: (nonce: string) => string;
}

/** A request for a new certificate and whose it is now; the identity keeps its certificate when it was refused. */
export interface CertificateRequest {
  readonly call: RpcCall;
  readonly identity: Identity;
}

/** A login nonce used for a certificate request; the refused auth.aid_login1 when it never came to that. */
async function requested(
  world: AunWorld,
  method: "auth.renew_cert" | "auth.rekey",
  identity: Identity,
  { next, signed }: { readonly next: Identity; readonly signed: (nonce: string) => string },
): Promise<CertificateRequest> {
  const { call: begun, nonce, requestId } = await beginLogin(world, identity);
  if (!grantedCall(begun)) return { call: begun, identity };
  const { aid, certificate, privateKey } = identity;
  const call = await (await world.side()).call(method, {
    aid,
    // The documents ask for it, the public clients leave it out.
    old_cert: certificate,
    request_id: requestId,
    nonce,
    signature: signText(signed(nonce), privateKey),
    ...(next.publicKey === identity.publicKey ? {} : { new_public_key: next.publicKey }),
  });
  const cert = text(call.result, "cert") ?? text(call.result, "cert_pem");
  return { call, identity: cert === undefined ? identity : { ...next, certificate: cert } };
}

/** auth.renew_cert after a login1 of its own (AUN docs 01 § 1.6): the same key, the signature over the nonce. */
export function renew(world: AunWorld, identity: Identity, { signed = (nonce) => nonce }: RequestBend = {}) {
  return requested(world, "auth.renew_cert", identity, { next: identity, signed });
}

/** auth.rekey after a login1 of its own (AUN docs 01 § 1.6): the old key signs the nonce and the new key. */
export function rekey(world: AunWorld, identity: Identity, { signed }: RequestBend = {}) {
  const next = world.stranger(identity.aid);
  const both = (nonce: string) => `${nonce}${next.publicKey}`;
  return requested(world, "auth.rekey", identity, { next, signed: signed ?? both });
}
