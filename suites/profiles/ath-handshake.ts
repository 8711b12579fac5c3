import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import { defineProfile } from "../engine/profile.ts";
import { api } from "../handshake/api.ts";
import { audit } from "../handshake/audit.ts";
import { backends } from "../handshake/backends.ts";
import { completion } from "../handshake/completion.ts";
import { confirmation } from "../handshake/confirmation.ts";
import { credential } from "../handshake/credential.ts";
import { handshakeDoctor } from "../handshake/doctor.ts";
import { firstContact } from "../handshake/first-contact.ts";
import { hello } from "../handshake/hello.ts";
import { identity } from "../handshake/identity.ts";
import { order } from "../handshake/order.ts";
import { restrictions } from "../handshake/restrictions.ts";
import { robustness } from "../handshake/robustness.ts";
import { scopes } from "../handshake/scopes.ts";
import { traffic } from "../handshake/traffic.ts";

/** The nine-step handshake, and the gateway before legacy systems that it leads to (specs/ath-handshake). */
export const athHandshake = defineProfile<HandshakeWorld>({
  id: "ath-handshake",
  title: "ATH nine-step handshake, gateway",
  role: "gateway",
  sections: [
    hello,
    identity,
    order,
    credential,
    scopes,
    confirmation,
    completion,
    api,
    robustness,
    backends,
    restrictions,
    audit,
    traffic,
  ],
  // The drivers are heavy, and lists need none.
  open: async (settings, options) => (await import("../drivers/handshake/kit.ts")).openHandshakeKit(settings, options),
  contact: firstContact,
  doctor: handshakeDoctor,
});
