import type { Grant } from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";

/** A call that works: the control of every refusal at the proxy. */
export async function workingCall({ agent }: World): Promise<{ readonly reply: Reply; readonly grant: Grant }> {
  const grant = await agent.grant();
  return { reply: await agent.call(grant), grant };
}
