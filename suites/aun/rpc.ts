import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { formChecks } from "./rpc-form.ts";
import { frameChecks } from "./rpc-frames.ts";
import { fuzzChecks } from "./rpc-fuzz.ts";
import { generatedChecks } from "./rpc-generated.ts";
import { limitChecks } from "./rpc-limits.ts";

/** JSON-RPC 2.0 over WebSocket: form, refusals, limits (A113 to A125). */
export const rpc: Section<AunWorld> = {
  id: "rpc",
  title: "JSON-RPC",
  checks: [...formChecks, ...frameChecks, ...limitChecks, ...generatedChecks, ...fuzzChecks],
};
