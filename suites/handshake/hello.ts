import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { capabilityChecks } from "./hello-capabilities.ts";
import { nonceChecks } from "./hello-nonce.ts";
import { possessionChecks } from "./hello-possession.ts";
import { timestampChecks } from "./hello-timestamp.ts";
import { versionChecks } from "./hello-version.ts";

/** The first two messages, and the clock in all of them (HS-1 to HS-4, HS-6). */
export const hello: Section<HandshakeWorld> = {
  id: "hello",
  title: "Hello and proof of the gateway",
  checks: [...possessionChecks, ...nonceChecks, ...versionChecks, ...capabilityChecks, ...timestampChecks],
};
