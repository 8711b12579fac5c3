import { createHash } from "node:crypto";
import { jsonObject, optionalText, text, texts, uri } from "./bodies.ts";
import type { House, RegisteredAgent, Session } from "./house.ts";
import { Refusal } from "./refusals.ts";
import { type Call, type Json, withParameters } from "./wire.ts";

const members = [
  "client_id",
  "agent_attestation",
  "provider_id",
  "scopes",
  "user_redirect_uri",
  "state",
  "resource",
] as const;

/** POST /ath/authorize (ATH 0.1 server/authorization § Behavior). */
export async function authorize(call: Call, house: House): Promise<Json> {
  const { character } = house;
  const body = jsonObject(call, character, members);
  const early =
    character.order === "attestation-first" ? await attestedAs(body, undefined, house.base, house) : undefined;
  const clientId = text(body, "client_id");
  const provider = text(body, "provider_id");
  const scopes = texts(body, "scopes");
  const agentState = body["state"];
  if (typeof agentState !== "string" || agentState.length < character.limits.stateLength) {
    throw new Refusal("state-missing", "state has to be there, and long enough");
  }
  const redirectUri = optionalText(body, "user_redirect_uri");
  const resource = optionalText(body, "resource");
  if (resource !== undefined) uri(resource, "resource");
  const agent = house.byClient.get(clientId);
  if (agent === undefined) throw new Refusal("client-unknown", "no such client");
  house.count(agent.agentId);
  const weigh = () => {
    if (agent.status !== "approved" || house.now() >= agent.approvedUntil) {
      throw new Refusal("agent-unapproved", "the agent is not approved");
    }
    permit(agent, provider, scopes, house);
    if (redirectUri !== undefined && !agent.redirectUris.includes(redirectUri)) {
      throw new Refusal("redirect-mismatch", "user_redirect_uri is not registered");
    }
  };
  if (character.order === "attestation-last") weigh();
  const sub = early ?? (await attestedAs(body, agent, house.base, house));
  if (sub !== agent.agentId) throw new Refusal("wrong-subject", "sub is another agent");
  weigh();
  const session = newSession({ agent, provider, scopes, agentState, redirectUri, resource }, house);
  house.sessions.set(session.id, session);
  house.byState.set(session.state, session);
  house.log("authorization_started", { agent_id: agent.agentId, provider_id: provider, requested_scopes: scopes });
  return { authorization_url: entryOf(session, house), ath_session_id: session.id };
}

/** Verifies the attestation of a call; a failure is logged in the name of whom it is known to concern. */
export async function attestedAs(
  body: Json,
  agent: RegisteredAgent | undefined,
  audience: string,
  house: House,
): Promise<string> {
  try {
    return await house.attestations.verify(body["agent_attestation"], audience);
  } catch (error) {
    const concerned = agent ?? house.byClient.get(String(body["client_id"]));
    house.log("attestation_failed", { agent_id: concerned?.agentId ?? "unknown", denial_reason: "attestation" });
    throw error;
  }
}

function permit(agent: RegisteredAgent, provider: string, scopes: readonly string[], house: House): void {
  const approved = agent.approved.get(provider) ?? [];
  if (approved.length === 0) throw new Refusal("provider-not-approved", "not approved for this provider");
  const beyond = scopes.filter((scope) => !approved.includes(scope));
  if (scopes.length > 0 && beyond.length === 0) return;
  house.log("scope_violation", { agent_id: agent.agentId, provider_id: provider, denied_scopes: beyond });
  throw new Refusal("scope-not-approved", "not approved for these scopes");
}

type Request = Pick<Session, "agent" | "provider" | "scopes" | "agentState" | "redirectUri" | "resource">;

function newSession(request: Request, house: House): Session {
  const { browser } = house.character;
  return {
    ...request,
    id: house.newId(),
    createdAt: house.now(),
    state: browser.state === "jwt" ? house.newJwt({ n: house.newId() }) : house.newId(),
    // RFC 7636 § 4.1: unreserved characters, which a URN is not made of.
    verifier: `${house.newId().replaceAll(/[^\w.-]/g, "-")}~verifier`.slice(0, 128),
    code: house.newId(),
    phase: "begun",
    browser: undefined,
    agreed: undefined,
    providerCode: undefined,
    consent: undefined,
  };
}

function challengeOf({ verifier }: Session): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Always a page of the gateway's own first: nobody else could give the browser its cookie. */
function entryOf(session: Session, house: House): string {
  const { entry } = house.character.browser;
  const at = `${house.base}/enter/${session.id}`;
  if (entry !== "consent-only" && entry !== "login-and-consent") return at;
  return withParameters(at, { code_challenge: challengeOf(session), code_challenge_method: "S256" });
}

/** The provider's authorization endpoint with a whole request (RFC 6749 § 4.1.1, RFC 7636 § 4.3). */
export function providerUrl(session: Session, house: House): string {
  const { authorization, clientId } = house.connection();
  const { resource } = house.character.bridge;
  return withParameters(authorization, {
    response_type: "code",
    client_id: clientId,
    redirect_uri: `${house.base}/ath/callback`,
    scope: (session.agreed ?? session.scopes).join(" "),
    state: session.state,
    code_challenge: challengeOf(session),
    code_challenge_method: "S256",
    ...(resource === "passed" && session.resource !== undefined ? { resource: session.resource } : {}),
  });
}
