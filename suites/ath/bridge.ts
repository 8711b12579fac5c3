import type { Section } from "../engine/check.ts";
import { leakChecks } from "./bridge-leaks.ts";
import { redemptionChecks } from "./bridge-redemption.ts";
import { refreshChecks } from "./bridge-refresh.ts";

/** The gateway as an OAuth client of its providers (BRG-1 to BRG-3). */
export const bridge: Section = {
  id: "bridge",
  title: "OAuth bridge",
  checks: [...redemptionChecks, ...leakChecks, ...refreshChecks],
};
