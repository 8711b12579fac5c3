import { agentStatus } from "../ath/agent-status.ts";
import { attestation } from "../ath/attestation.ts";
import { audit } from "../ath/audit.ts";
import { authorization } from "../ath/authorization.ts";
import { binding } from "../ath/binding.ts";
import { bridge } from "../ath/bridge.ts";
import { callback } from "../ath/callback.ts";
import { discovery } from "../ath/discovery.ts";
import { athDoctor } from "../ath/doctor.ts";
import { errors } from "../ath/errors.ts";
import { firstContact } from "../ath/first-contact.ts";
import { proxy } from "../ath/proxy.ts";
import { rateLimit } from "../ath/rate-limit.ts";
import { registration } from "../ath/registration.ts";
import { revocation } from "../ath/revocation.ts";
import { token } from "../ath/token.ts";
import { transport } from "../ath/transport.ts";
import { defineProfile } from "../engine/profile.ts";

/** ATH 0.1, gateway mode, the implementor's side (specs/ath-0.1). */
export const athGateway = defineProfile({
  id: "ath-gateway",
  title: "ATH 0.1, gateway mode",
  role: "gateway",
  sections: [
    discovery,
    transport,
    attestation,
    registration,
    agentStatus,
    authorization,
    callback,
    bridge,
    token,
    proxy,
    binding,
    revocation,
    audit,
    rateLimit,
    errors,
  ],
  // The drivers are heavy, and lists need none.
  open: async (settings, options) => (await import("../drivers/driver-kit.ts")).openDriverKit(settings, options),
  contact: firstContact,
  doctor: athDoctor,
});
