import type { Fault } from "../../core/rules.ts";
import type { AthRules } from "../rules.ts";

/** Every named way in which the reference implementor can be made to misbehave. */
export const athFaults: readonly Fault<AthRules>[] = [];
