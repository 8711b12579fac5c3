import type { Messages } from "../../../schemas/index.ts";
import type { Agent } from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import { isObject, parseJson } from "../../engine/json.ts";
import { notTested } from "../../engine/stop.ts";
import { placeholderCode } from "./callback-journey.ts";

/** The endpoints that take a JSON object. */
const jsonEndpoints = {
  register: "/ath/agents/register",
  authorize: "/ath/authorize",
  token: "/ath/token",
  revoke: "/ath/revoke",
} as const;
export type JsonEndpoint = keyof typeof jsonEndpoints;
export const jsonEndpointNames = [
  "register",
  "authorize",
  "token",
  "revoke",
] as const satisfies readonly JsonEndpoint[];

/** The message that each of them takes. */
export const messageOf = {
  register: "AgentRegistrationRequest",
  authorize: "AuthorizationRequest",
  token: "TokenExchangeRequest",
  revoke: "TokenRevocationRequest",
} as const satisfies Record<JsonEndpoint, keyof Messages>;

export type Body = Readonly<Record<string, unknown>>;

/** Sends a body of any kind to one of them, as JSON unless said otherwise. */
export function post(
  world: World,
  endpoint: JsonEndpoint,
  body: string | Buffer,
  contentType = "application/json",
): Promise<Reply> {
  const headers = { "content-type": contentType };
  return world.send({ purpose: endpoint, method: "POST", path: jsonEndpoints[endpoint], headers, body });
}

/**
 * A valid body for an endpoint, with everything it needs made anew: an agent for a registration, a consented session for
 * an exchange, a token for a revocation. What it is made of was granted, so that the body itself would be as well.
 */
export async function validBody(world: World, endpoint: JsonEndpoint): Promise<Body> {
  switch (endpoint) {
    case "register":
      return registration(world);
    case "authorize":
      return authorization(world);
    case "token":
      return exchange(world);
    case "revoke": {
      const { token } = await world.agent.grant();
      return { token, ...(await credentials(world.agent)) };
    }
  }
}

/** The registration that the first agent was granted, for another agent (409 otherwise). */
async function registration(world: World): Promise<Body> {
  const { reply } = await world.agent.registered();
  const fresh = world.newAgent();
  return {
    ...sentBody(reply),
    agent_id: fresh.id,
    agent_attestation: await fresh.attestation(),
    redirect_uris: [fresh.landingUri],
  };
}

async function authorization(world: World): Promise<Body> {
  const { reply, state } = await world.agent.session();
  return { ...sentBody(reply), state: `${state}2`, agent_attestation: await world.agent.attestation() };
}

async function exchange(world: World): Promise<Body> {
  const { agent, user } = world;
  const session = await agent.session();
  const { code = placeholderCode } = await user.consent(session);
  return {
    grant_type: "authorization_code",
    ...(await credentials(agent)),
    agent_attestation: await agent.attestation({}, world.tokenEndpoint),
    code,
    ath_session_id: session.sessionId,
  };
}

async function credentials(agent: Agent): Promise<Body> {
  const { clientId, clientSecret } = await agent.registered();
  return { client_id: clientId, client_secret: clientSecret };
}

/** What was sent for a reply, while the true values are still there. */
function sentBody({ exchange }: Reply): Body {
  const body = parseJson(exchange.request.body);
  if (!isObject(body)) throw notTested("nothing-recorded", "the kit's own request was not recorded", { cause: "kit" });
  return body;
}
