import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { isolationChecks } from "./backends-isolation.ts";
import { translationChecks } from "./backends-translation.ts";

/** What the backends get (GW-2, GW-3). */
export const backends: Section<HandshakeWorld> = {
  id: "backends",
  title: "Backends",
  checks: [...isolationChecks, ...translationChecks],
};
