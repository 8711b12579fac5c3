import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import type { Evidence } from "../../engine/evidence.ts";
import type { Json } from "../../engine/json.ts";

/** A log may be written a moment after the answer. */
const laterMs = 250;

/** The entries that speak of an agent: its DID is somewhere in them, whatever the member is called. */
export async function entriesAbout(world: HandshakeWorld, did: string): Promise<readonly Json[]> {
  const written = JSON.stringify(did).slice(1, -1);
  return (await world.auditLog()).filter((entry) => JSON.stringify(entry).includes(written));
}

/** Does something and gives the entries about the agent that it added to the log. */
export async function entriesFor(
  world: HandshakeWorld,
  did: string,
  act: () => Promise<void>,
): Promise<readonly Json[]> {
  const before = (await entriesAbout(world, did)).length;
  await act();
  const added = (await entriesAbout(world, did)).slice(before);
  if (added.length > 0) return added;
  await world.wait(laterMs);
  return (await entriesAbout(world, did)).slice(before);
}

/** The entries that a drive handed over (a fact). */
export function entriesIn({ facts }: Evidence, name: string): readonly Json[] {
  const entries = facts[name];
  return Array.isArray(entries) ? entries : [];
}
