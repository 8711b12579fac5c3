import { attestedAs } from "./authorization.ts";
import { jsonObject, optionalText, text } from "./bodies.ts";
import { redeem } from "./bridge.ts";
import { type AccessToken, type House, type RegisteredAgent, type Session, same } from "./house.ts";
import { Refusal, type Situation } from "./refusals.ts";
import type { Call, Json } from "./wire.ts";

const members = ["grant_type", "client_id", "client_secret", "agent_attestation", "code", "ath_session_id"] as const;

/** POST /ath/token (ATH 0.1 server/token § Behavior). */
export async function exchange(call: Call, house: House): Promise<Json> {
  const { character } = house;
  const audience = `${house.base}/ath/token`;
  const body = jsonObject(call, character, members);
  const early =
    character.order === "attestation-first" ? await attestedAs(body, undefined, audience, house) : undefined;
  if (text(body, "grant_type") !== "authorization_code") throw new Refusal("grant-type", "authorization_code only");
  const [clientId, secret, code, sessionId] = ["client_id", "client_secret", "code", "ath_session_id"].map((name) =>
    text(body, name),
  );
  const agent = house.byClient.get(clientId ?? "");
  if (agent === undefined) throw new Refusal("client-unknown", "no such client");
  house.count(agent.agentId);
  if (!same(secret ?? "", agent.clientSecret)) throw new Refusal("wrong-secret", "wrong client_secret");
  const find = () => {
    const found = house.sessions.get(sessionId ?? "");
    if (found === undefined) throw new Refusal("session-unknown", "no such session");
    if (found.agent !== agent) throw new Refusal("session-foreign", "another agent's session");
    consentedPhase(found);
    return found;
  };
  if (character.order === "attestation-last") find();
  const sub = early ?? (await attestedAs(body, agent, audience, house));
  if (sub !== agent.agentId) throw new Refusal("wrong-subject", "sub is another agent");
  const session = find();
  await take(session, code ?? "", house);
  return issue(session, house);
}

const refusalOf: Readonly<Record<Exclude<Session["phase"], "came-back" | "consented">, Situation>> = {
  begun: "not-consented",
  denied: "denied",
  failed: "bridge-failed",
  taken: "session-used",
};

function consentedPhase({ phase }: Session): "came-back" | "consented" {
  if (phase === "came-back" || phase === "consented") return phase;
  throw new Refusal(refusalOf[phase], `the session is ${phase}`);
}

/** Takes the session, once: nothing is awaited between the look at its phase and the change of it. */
async function take(session: Session, code: string, house: House): Promise<void> {
  const phase = consentedPhase(session);
  if (house.now() >= session.createdAt + house.character.sessionS * 1000) {
    throw new Refusal("session-expired", "the session is too old");
  }
  const wanted = { ignored: undefined, own: session.code, "of-provider": session.providerCode }[house.character.code];
  session.phase = "taken";
  if (wanted !== undefined && !same(code, wanted)) throw new Refusal("wrong-code", "this code is not of this session");
  if (phase === "came-back") {
    await redeem(session, house);
    session.phase = "taken";
  }
}

function issue({ agent, provider, scopes, agreed, consent }: Session, house: House): Json {
  const { character } = house;
  const approved = agent.approved.get(provider) ?? [];
  const consented = (consent?.scopes ?? []).filter((scope) => agreed === undefined || agreed.includes(scope));
  const wished = character.scopeLists === "sorted" ? scopes.toSorted() : scopes;
  const effective = wished.filter((scope) => approved.includes(scope) && consented.includes(scope));
  const user = consent?.user ?? "";
  const who = { agent_id: agent.agentId, user_id: user, provider_id: provider };
  if (effective.length === 0) {
    house.log("access_denied", { ...who, requested_scopes: scopes, denial_reason: "nothing in common" });
    throw new Refusal("nothing-granted", "approval, consent and request have nothing in common");
  }
  const expiresAt = house.now() + character.expiresInS * 1000;
  const jti = house.newId();
  const written = {
    jwt: () => house.newJwt({ jti, sub: user, exp: Math.floor(expiresAt / 1000) }),
    opaque: () => jti,
    long: () => jti.padEnd(2000, "0"),
  };
  const token = written[character.tokens]();
  house.tokens.set(token, {
    agent,
    user,
    provider,
    scopes: effective,
    expiresAt,
    tokens: consent?.tokens,
    state: "live",
  });
  house.log("access_granted", { ...who, requested_scopes: scopes, effective_scopes: effective });
  return {
    access_token: token,
    token_type: "Bearer",
    expires_in: character.expiresInS,
    effective_scopes: effective,
    provider_id: provider,
    agent_id: agent.agentId,
    scope_intersection: { agent_approved: approved, user_consented: consented, effective },
  };
}

/** What a bearer token stands for, or the refusal that says why it is no good. */
export function liveToken(value: string | undefined, house: House): AccessToken {
  const token = value === undefined ? undefined : house.tokens.get(value);
  if (token === undefined) throw new Refusal("token-invalid", "a token is needed", { "WWW-Authenticate": "Bearer" });
  if (token.state === "revoked") throw new Refusal("token-revoked", "this token was revoked");
  if (house.now() >= token.expiresAt) throw new Refusal("token-expired", "this token is over");
  return token;
}

/** POST /ath/revoke (ATH 0.1 server/revocation, RFC 7009 § 2.2). */
export function revoke(call: Call, house: House): Json {
  const body = jsonObject(call, house.character, ["token", "client_id", "client_secret"]);
  const token = house.tokens.get(text(body, "token"));
  const caller = authenticated(body, house);
  if (caller !== undefined) house.count(caller.agentId);
  const refuses = house.character.revocation === "refuses-strangers";
  if (refuses && caller === undefined) throw new Refusal("revocation-refused", "who is asking?");
  if (refuses && token !== undefined && token.agent !== caller) throw new Refusal("revocation-refused", "not yours");
  if (token !== undefined && caller !== undefined && token.agent === caller) {
    token.state = "revoked";
    const { agent, user, provider } = token;
    house.log("token_revoked", { agent_id: agent.agentId, user_id: user, provider_id: provider });
  }
  return {};
}

function authenticated(body: Json, house: House): RegisteredAgent | undefined {
  const agent = house.byClient.get(optionalText(body, "client_id") ?? "");
  const secret = optionalText(body, "client_secret") ?? "";
  return agent !== undefined && same(secret, agent.clientSecret) ? agent : undefined;
}
