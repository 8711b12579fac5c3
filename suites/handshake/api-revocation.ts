import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { refusedCall, workingCall } from "./shared/refused-call.ts";

/** What was taken back gives no access, from the next call on (GW-8). */
export const revocationChecks: readonly Check<HandshakeWorld>[] = [
  refusedCall({
    id: "GW-8.token-revoked",
    requirement: "GW-8",
    title: "the next call with a revoked token is refused",
    needs: ["revoke-token"],
    control: workingCall,
    async attempt(world, { connection }) {
      await world.revokeToken(connection.token);
      return [{ connection }];
    },
  }),
  refusedCall({
    id: "GW-8.user-revoked",
    requirement: "GW-8",
    title: "the next call after the user took the authorization back is refused",
    needs: ["revoke-user"],
    control: workingCall,
    async attempt(world, { connection }) {
      await world.revokeUser(world.user, world.agent);
      return [{ connection }];
    },
  }),
  refusedCall({
    id: "GW-8.user-revoked-early",
    requirement: "GW-8",
    title: "what the user took back before the handshake was completed gives no access",
    needs: ["revoke-user"],
    control: workingCall,
    async attempt(world) {
      const { agent } = world;
      const grant = await agent.granted();
      await world.revokeUser(world.user, agent);
      const completed = await grant.handshake.complete();
      const connection = agent.connection(grant, completed);
      // Without a token there is nothing to call with, and the refusal of the last message says it all.
      return connection === undefined ? completed : [{ connection }];
    },
  }),
];
