import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import { lookalike } from "./lookalike.ts";

/** A plain refusal of every endpoint that an agent calls. */
export function refusalsOfEveryEndpoint(world: World): readonly (() => Promise<Reply>)[] {
  const { agent } = world;
  return [
    () => world.newAgent().register({ attestation: { key: world.newKey() } }),
    async () => agent.authorize({ body: { client_id: lookalike(world, (await agent.registered()).clientId) } }),
    async () => agent.token(await agent.session(), { body: { client_secret: "not-the-secret-of-this-client" } }),
    async () => {
      const session = await agent.session();
      return agent.token(session, { body: { ath_session_id: lookalike(world, session.sessionId) } });
    },
    async () => {
      const grant = await agent.grant();
      return agent.call(grant, { operation: "GET /", token: lookalike(world, grant.token) });
    },
    () => agent.revoke("gateproof-no-such-token", { body: { client_secret: "not-the-secret-of-this-client" } }),
    () => agent.status({ credentials: "none" }),
  ];
}
