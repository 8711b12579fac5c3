import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { conflictChecks } from "./slots-conflicts.ts";
import { placeModelCheck } from "./slots-model.ts";
import { modeChecks } from "./slots-modes.ts";
import { nameChecks } from "./slots-names.ts";

/** Which connections of one AID may live side by side (A47 to A58). */
export const slots: Section<AunWorld> = {
  id: "slots",
  title: "Devices, slots and delivery modes",
  checks: [...conflictChecks, ...nameChecks, ...modeChecks, placeModelCheck],
};
