import { signText } from "../../drivers/aun/identity.ts";
import type { AunConnection, AunWorld, Identity } from "../../drivers/aun/world.ts";
import { isObject, type Json, member, strings } from "../../engine/json.ts";
import type { RpcCall } from "../../engine/rpc.ts";
import { notApplicable } from "../../engine/stop.ts";
import { connectWith } from "./connecting.ts";
import { type LoginNonce, loginNonce } from "./login-steps.ts";

/** The two readings of what the method aid signs (contradiction B1). */
export type SignedText = "nonce" | "nonce:client_time";
const signedTexts: readonly SignedText[] = ["nonce", "nonce:client_time"];

/** The member `auth` of the method aid, signed as the target wants it. `signer`: default the identity itself. */
export function aidAuth(
  world: AunWorld,
  { aid }: Identity,
  { requestId, nonce }: LoginNonce,
  signs: SignedText,
  signer: Identity,
): { readonly [name: string]: Json } {
  const clientTime = Math.floor(world.now());
  const signature = signText(signs === "nonce" ? nonce : `${nonce}:${clientTime}`, signer.privateKey);
  return { method: "aid", aid, request_id: requestId, nonce, client_time: clientTime, signature };
}

/** A connect by the method aid that was granted, or the last refusal, and what had to be signed for it. */
export interface AidConnect {
  readonly call: RpcCall;
  readonly identity: Identity;
  readonly signs: SignedText;
  /** What was sent as `auth`. */
  readonly auth: { readonly [name: string]: Json };
}

/** Connects by the method aid; tries both readings of what is signed, each with a login nonce of its own. */
export async function aidConnect(world: AunWorld): Promise<AidConnect> {
  const identity = await world.identity();
  requireMethod(await world.connection(), "aid");
  let last: AidConnect | undefined;
  for (const signs of signedTexts) {
    const auth = aidAuth(world, identity, await loginNonce(world, identity), signs, identity);
    const call = await connectWith(world, identity, { auth });
    last = { call, identity, signs, auth };
    if (call.outcome === "result") break;
  }
  if (last === undefined) throw new RangeError("no reading of the method aid was tried");
  world.fact("signs", last.signs);
  return last;
}

/** Ends the check as not applicable when the challenge lists the auth methods and this one is not among them. */
export function requireMethod({ challenge }: AunConnection, method: string): void {
  const params = challenge?.params;
  const methods = isObject(params) ? strings(member(params, "auth_methods")) : undefined;
  if (methods === undefined || methods.includes(method)) return;
  throw notApplicable("feature-absent", `the challenge does not offer auth.method ${method}: ${methods.join(", ")}`);
}
