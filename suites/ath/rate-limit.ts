import type { World } from "../drivers/world.ts";
import type { Section } from "../engine/check.ts";
import { rateLimitChecks } from "../kinds/rate-limit.ts";

/** How much one agent may ask for (RATE-1). */
export const rateLimit: Section = {
  id: "rate-limit",
  title: "Rate limits",
  checks: rateLimitChecks<World>({
    requirement: "RATE-1",
    needs: ["operations"],
    async ready(world) {
      const { agent } = world;
      const other = world.newAgent();
      const otherGrant = await other.grant();
      const grant = await agent.grant();
      return { call: () => agent.call(grant), otherCall: () => other.call(otherGrant) };
    },
  }),
};
