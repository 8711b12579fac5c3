import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { eddsaChecks } from "./identity-eddsa.ts";
import { proofChecks } from "./identity-proof.ts";
import { resultChecks } from "./identity-result.ts";

/** The agent proves who it is (HS-7, HS-10). */
export const identity: Section<HandshakeWorld> = {
  id: "identity",
  title: "Proof of the agent",
  checks: [...proofChecks, ...eddsaChecks, ...resultChecks],
};
