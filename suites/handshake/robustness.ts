import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Section } from "../engine/check.ts";
import { abandonedChecks } from "./robustness-abandoned.ts";
import { fieldChecks } from "./robustness-fields.ts";
import { fuzzChecks } from "./robustness-fuzz.ts";
import { hostileChecks } from "./robustness-hostile.ts";
import { keyChecks } from "./robustness-keys.ts";

/** Malformed and hostile messages, keys that change, handshakes left behind (HS-5, HS-22, HS-23). */
export const robustness: Section<HandshakeWorld> = {
  id: "robustness",
  title: "Bad input and abandoned handshakes",
  checks: [...fieldChecks, ...keyChecks, ...hostileChecks, ...fuzzChecks, ...abandonedChecks],
};
