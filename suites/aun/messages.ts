import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { presenceChecks } from "./messages-presence.ts";
import { pullChecks } from "./messages-pull.ts";
import { recallChecks } from "./messages-recall.ts";
import { refusedChecks } from "./messages-refused.ts";
import { sendChecks } from "./messages-send.ts";

/** Sending, receiving, pulling, acknowledging, recalling (A126 to A138). */
export const messages: Section<AunWorld> = {
  id: "messages",
  title: "Messages",
  checks: [...sendChecks, ...refusedChecks, ...pullChecks, ...recallChecks, ...presenceChecks],
};
