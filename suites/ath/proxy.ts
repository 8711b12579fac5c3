import type { Section } from "../engine/check.ts";
import { accessChecks, lifeChecks } from "./proxy-access.ts";
import { headerChecks } from "./proxy-headers.ts";
import { pathChecks } from "./proxy-paths.ts";
import { requestPassageChecks } from "./proxy-requests.ts";
import { responsePassageChecks } from "./proxy-responses.ts";

/** A token is used through the gateway's proxy (PRX-1 to PRX-8). */
export const proxy: Section = {
  id: "proxy",
  title: "Proxy",
  checks: [
    ...accessChecks,
    ...requestPassageChecks,
    ...responsePassageChecks,
    ...headerChecks,
    ...lifeChecks,
    ...pathChecks,
  ],
};
