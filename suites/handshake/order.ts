import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { directOrderChecks } from "./order-direct.ts";
import { orderModelCheck } from "./order-model.ts";
import { repetitionChecks } from "./order-repetition.ts";

/** The order of the messages, and that each counts once (HS-8, HS-9). */
export const order: Section<HandshakeWorld> = {
  id: "order",
  title: "Order of messages",
  checks: [orderModelCheck, ...directOrderChecks, ...repetitionChecks],
};
