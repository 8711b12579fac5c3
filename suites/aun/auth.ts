import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { certificateChecks } from "./auth-certificates.ts";
import { issuanceChecks } from "./auth-issuance.ts";
import { login1Checks } from "./auth-login1.ts";
import { login2Checks } from "./auth-login2.ts";
import { refreshChecks } from "./auth-refresh.ts";
import { registrationChecks } from "./auth-registration.ts";
import { rekeyChecks } from "./auth-rekey.ts";
import { renewalChecks } from "./auth-renewal.ts";

/** The auth service behind the gateway: AIDs, logins, refresh and certificates (A81 to A93, A95 to A105). */
export const auth: Section<AunWorld> = {
  id: "auth",
  title: "The auth service",
  checks: [
    ...certificateChecks,
    ...registrationChecks,
    ...login1Checks,
    ...login2Checks,
    ...refreshChecks,
    ...renewalChecks,
    ...rekeyChecks,
    ...issuanceChecks,
  ],
};
