import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { exchangeChecks } from "./completion-exchange.ts";
import { orderChecks } from "./completion-order.ts";
import { tokenChecks } from "./completion-token.ts";

/** The last step: key exchange and access token (HS-18 to HS-20, HS-24). */
export const completion: Section<HandshakeWorld> = {
  id: "completion",
  title: "Completion and access token",
  checks: [...orderChecks, ...tokenChecks, ...exchangeChecks],
};
