import { auth } from "../aun/auth.ts";
import { challenge } from "../aun/challenge.ts";
import { connect } from "../aun/connect.ts";
import { crossDomain } from "../aun/cross-domain.ts";
import { delivery } from "../aun/delivery.ts";
import { discovery } from "../aun/discovery.ts";
import { aunDoctor } from "../aun/doctor.ts";
import { firstContact } from "../aun/first-contact.ts";
import { gate } from "../aun/gate.ts";
import { kinds } from "../aun/kinds.ts";
import { messages } from "../aun/messages.ts";
import { meta } from "../aun/meta.ts";
import { reconnect } from "../aun/reconnect.ts";
import { result } from "../aun/result.ts";
import { rpc } from "../aun/rpc.ts";
import { slots } from "../aun/slots.ts";
import { tokens } from "../aun/tokens.ts";
import { versions } from "../aun/versions.ts";
import { defineProfile } from "../engine/profile.ts";

/** AUN, Gateway mode, the gateway's side (specs/aun-gateway). */
export const aunGateway = defineProfile({
  id: "aun-gateway",
  title: "AUN, Gateway mode",
  role: "gateway",
  sections: [
    discovery,
    challenge,
    connect,
    versions,
    result,
    slots,
    delivery,
    kinds,
    gate,
    auth,
    tokens,
    meta,
    reconnect,
    rpc,
    messages,
    crossDomain,
  ],
  // The drivers are heavy, and lists need none.
  open: async (settings, options) => (await import("../drivers/aun/aun-kit.ts")).openAunKit(settings, options),
  contact: firstContact,
  doctor: aunDoctor,
});
