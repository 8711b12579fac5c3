import { isObject } from "./bodies.ts";
import type { House, ProviderTokens, Session } from "./house.ts";
import { Refusal } from "./refusals.ts";
import type { Json } from "./wire.ts";

/** Redeems the code that the provider sent back with the browser (RFC 6749 § 4.1.3, RFC 7636 § 4.5). */
export async function redeem(session: Session, house: House): Promise<void> {
  const { character, base } = house;
  try {
    const answer = await tokenRequest(house, {
      grant_type: "authorization_code",
      code: session.providerCode ?? "",
      redirect_uri: `${base}/ath/callback`,
      code_verifier: session.verifier,
    });
    const tokens = read(answer, house);
    const { scope, sub } = answer;
    const scopes = typeof scope === "string" ? scope.split(" ").filter((one) => one !== "") : session.scopes;
    const user = character.bridge.user === "userinfo" ? await userOf(tokens, house) : String(sub);
    session.consent = { user, scopes, tokens };
    session.phase = "consented";
  } catch {
    session.phase = "failed";
    throw new Refusal("bridge-failed", "the provider did not redeem the code");
  }
}

/** Renews an access token, once for all who wait for it. */
const renewing = new WeakMap<ProviderTokens, Promise<void>>();

export function refresh(tokens: ProviderTokens, house: House): Promise<void> {
  const under = renewing.get(tokens);
  if (under !== undefined) return under;
  const renewed = renew(tokens, house).finally(() => renewing.delete(tokens));
  renewing.set(tokens, renewed);
  return renewed;
}

async function renew(tokens: ProviderTokens, house: House): Promise<void> {
  try {
    if (tokens.refresh === undefined) throw new Error("no refresh token");
    const answer = await tokenRequest(house, { grant_type: "refresh_token", refresh_token: tokens.refresh });
    const fresh = read(answer, house);
    tokens.access = fresh.access;
    tokens.refresh = fresh.refresh ?? tokens.refresh;
    tokens.expiresAt = fresh.expiresAt;
  } catch {
    throw new Refusal("refresh-failed", "the provider does not know the user any more");
  }
}

async function tokenRequest(house: House, parameters: Readonly<Record<string, string>>): Promise<Json> {
  const { token, clientId, clientSecret } = house.connection();
  const basic = house.character.bridge.clientAuthentication === "basic";
  const form = new URLSearchParams(
    basic ? parameters : { ...parameters, client_id: clientId, client_secret: clientSecret },
  );
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  const response = await fetch(token, {
    method: "POST",
    redirect: "error",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Accept: "application/json",
      ...(basic ? { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` } : {}),
    },
    body: form.toString(),
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isObject(answer)) throw new Error(`status ${response.status}`);
  return answer;
}

function read(answer: Json, house: House): ProviderTokens {
  const { access_token: access, refresh_token: renewal, expires_in: seconds } = answer;
  if (typeof access !== "string") throw new Error("no access token");
  return {
    access,
    refresh: typeof renewal === "string" ? renewal : undefined,
    expiresAt: typeof seconds === "number" ? house.now() + seconds * 1000 : Number.POSITIVE_INFINITY,
  };
}

async function userOf({ access }: ProviderTokens, house: House): Promise<string> {
  const response = await fetch(house.connection().userinfo, { headers: { Authorization: `Bearer ${access}` } });
  const answer: unknown = await response.json();
  if (!response.ok || !isObject(answer) || typeof answer["sub"] !== "string") throw new Error("no user");
  return answer["sub"];
}
