import { randomBytes } from "node:crypto";
import { member, text } from "../../engine/json.ts";
import { signText } from "./identity.ts";
import type { AunConnection, Identity, Login, LoginBend } from "./world.ts";

/**
 * The two steps of a login as the public clients make them: no certificate in the second, client_time as text, the
 * signature over `nonce:client_time` exactly as sent (AUN docs 01 § 1.4).
 */
export async function logIn(
  identity: Identity,
  [first, second]: readonly [AunConnection, AunConnection],
  now: number,
  bend: LoginBend = {},
): Promise<Login> {
  const { aid, certificate, privateKey } = identity;
  const login1 = await first.call("auth.aid_login1", {
    aid,
    cert: certificate,
    client_nonce: randomBytes(12).toString("base64"),
    ...bend.login1,
  });
  const nonce = text(login1.result, "nonce") ?? "";
  if (login1.outcome !== "result") return { login1, login2: login1, token: "", refreshToken: "", expiresIn: 0 };

  const clientTime = bend.clientTime ?? String(Math.floor(now / 1000));
  const signed = (bend.signed ?? ((challenge, time) => `${challenge}:${time}`))(nonce, String(clientTime));
  const login2 = await second.call("auth.aid_login2", {
    aid,
    request_id: text(login1.result, "request_id"),
    nonce,
    client_time: clientTime,
    signature: signText(signed, bend.key ?? privateKey),
    ...bend.login2,
  });
  const { result } = login2;
  const expiresIn = member(result, "expires_in");
  return {
    login1,
    login2,
    token: text(result, "access_token") ?? text(result, "token") ?? text(result, "kite_token") ?? "",
    refreshToken: text(result, "refresh_token") ?? "",
    // The public clients take an hour when the server says nothing.
    expiresIn: typeof expiresIn === "number" ? expiresIn : 3600,
  };
}
