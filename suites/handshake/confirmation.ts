import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { answerChecks } from "./confirmation-answers.ts";
import { denialChecks } from "./confirmation-denial.ts";
import { questionChecks } from "./confirmation-question.ts";

/** The user's confirmation on his own channel (HS-14 to HS-16). */
export const confirmation: Section<HandshakeWorld> = {
  id: "confirmation",
  title: "User confirmation",
  checks: [...questionChecks, ...answerChecks, ...denialChecks],
};
