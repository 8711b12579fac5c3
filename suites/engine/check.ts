import type { KitLevel } from "../../specs/requirement.ts";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import type { Need } from "./needs.ts";

/**
 * How a check may be run. `exclusive`: nothing else beside it (it moves the clock or floods the target). `bursty`: it
 * sends many or very large requests. `apart`: a wrong target lets others feel it, who would then be blamed on it, so nothing
 * runs beside it. `census`: it looks at the answers of the whole run, so it runs last.
 * `waits`: it needs time to pass, so it is alone where a hook moves the target's clock, and waits beside the others where none does.
 */
export type Trait = "exclusive" | "bursty" | "apart" | "census" | "waits";

/** What --safe leaves out. */
export const unsafeTraits: readonly Trait[] = ["exclusive", "bursty", "waits"];

/**
 * One check: drives the target in a world of its profile's drivers, then judges what was recorded. The judge sees the
 * evidence and nothing else.
 */
export interface Check<World = AthWorld> {
  /** `<requirement>.<variant>`; stable public API. */
  readonly id: string;
  readonly requirement: string;
  /** A sentence that holds for a conforming target. */
  readonly title: string;
  readonly kind: "refusal" | "acceptance" | "conforms" | "property" | "model" | "check";
  /** Where this variant asks for more than its requirement: the level it is judged at instead of the requirement's. */
  readonly level?: KitLevel;
  readonly needs: readonly Need[];
  readonly traits: readonly Trait[];
  drive(world: World): Promise<void>;
  judge(evidence: Evidence): Finding;
}

/** What every kind of check has in common in its row. */
export interface CheckRow {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  /** Where this variant asks for more than its requirement: the level it is judged at. */
  readonly level?: KitLevel;
  /** What the configuration must offer; without it the check is not-tested or not-applicable, with the reason. */
  readonly needs?: readonly Need[];
  readonly traits?: readonly Trait[];
}

/** The checks of one section of the protocol, in order. */
export interface Section<World = AthWorld> {
  /** The word that addresses it on the command line. */
  readonly id: string;
  readonly title: string;
  readonly checks: readonly Check<World>[];
}
