import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { rateLimitChecks } from "../kinds/rate-limit.ts";
import { breakerChecks } from "./traffic-breaker.ts";

/** How much one agent may call, and what a broken backend does to the rest (GW-6, GW-7). */
export const traffic: Section<HandshakeWorld> = {
  id: "traffic",
  title: "Rate limits and circuit breaking",
  checks: [
    ...rateLimitChecks<HandshakeWorld>({
      requirement: "GW-6",
      needs: ["system-operations"],
      async ready(world) {
        const { agent } = world;
        const other = world.newAgent();
        const otherConnection = await other.connected();
        const connection = await agent.connected();
        return { call: () => agent.call(connection), otherCall: () => other.call(otherConnection) };
      },
    }),
    ...breakerChecks,
  ],
};
