import { requirement } from "../../specs/catalogue.ts";
import { agentStatus } from "../ath/agent-status.ts";
import { attestation } from "../ath/attestation.ts";
import { audit } from "../ath/audit.ts";
import { authorization } from "../ath/authorization.ts";
import { binding } from "../ath/binding.ts";
import { callback } from "../ath/callback.ts";
import { athDoctor } from "../ath/doctor.ts";
import { errors } from "../ath/errors.ts";
import { firstContact } from "../ath/first-contact.ts";
import { proxy } from "../ath/proxy.ts";
import { rateLimit } from "../ath/rate-limit.ts";
import { registration } from "../ath/registration.ts";
import { revocation } from "../ath/revocation.ts";
import { serviceDiscovery } from "../ath/service-discovery.ts";
import { token } from "../ath/token.ts";
import { transport } from "../ath/transport.ts";
import type { Section } from "../engine/check.ts";
import type { Need } from "../engine/needs.ts";
import { defineProfile } from "../engine/profile.ts";

/** What no native service can have: it is its own and only provider. */
const beforeProviders: readonly Need[] = ["kit-provider", "two-providers"];

/** The checks of a section that hold for a native service as they do for a gateway. */
function shared(section: Section): Section {
  const checks = section.checks.filter(
    (check) =>
      requirement(check.requirement).profiles.includes("ath-native") &&
      !check.needs.some((need) => beforeProviders.includes(need)),
  );
  return { ...section, checks };
}

/** ATH 0.1, native mode: a service that implements the handshake itself (specs/ath-0.1). */
export const athNative = defineProfile({
  id: "ath-native",
  title: "ATH 0.1, native mode",
  role: "native service",
  sections: [
    serviceDiscovery,
    transport,
    attestation,
    registration,
    agentStatus,
    authorization,
    callback,
    token,
    { ...proxy, title: "API calls" },
    binding,
    revocation,
    audit,
    rateLimit,
    errors,
  ].map(shared),
  // The drivers are heavy, and lists need none.
  open: async (settings, options) =>
    (await import("../drivers/driver-kit.ts")).openDriverKit(settings, { ...options, mode: "native" }),
  contact: firstContact,
  doctor: athDoctor,
});
