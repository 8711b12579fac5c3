import type { Section } from "../engine/check.ts";
import { callbackChecks } from "./callback-completion.ts";
import { landingChecks } from "./callback-landing.ts";

/** The browser comes back from consent (CB-1 to CB-3). */
export const callback: Section = {
  id: "callback",
  title: "Callback",
  checks: [...callbackChecks, ...landingChecks],
};
