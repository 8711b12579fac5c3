import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { revocationChecks } from "./api-revocation.ts";
import { pathChecks, scopeChecks } from "./api-scopes.ts";
import { tokenChecks } from "./api-token.ts";

/** Calls through the gateway (HS-21, GW-1, GW-8). */
export const api: Section<HandshakeWorld> = {
  id: "api",
  title: "Calls through the gateway",
  checks: [...tokenChecks, ...scopeChecks, ...pathChecks, ...revocationChecks],
};
