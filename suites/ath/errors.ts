import type { Section } from "../engine/check.ts";
import { bodyChecks } from "./errors-bodies.ts";
import { censusChecks } from "./errors-census.ts";
import { errorFormChecks } from "./errors-form.ts";
import { fuzzChecks } from "./errors-fuzz.ts";
import { hostileChecks } from "./errors-hostile.ts";

/** How failures look (ERR-1 to ERR-3). */
export const errors: Section = {
  id: "errors",
  title: "Errors",
  checks: [...bodyChecks, ...hostileChecks, ...fuzzChecks, ...errorFormChecks, ...censusChecks],
};
