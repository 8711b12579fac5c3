import { faultsFor } from "../../core/rules.ts";
import type { HandshakeRules } from "../rules.ts";

/** Makes a row: one wrong rule in the place of an honest one. */
export const fault = faultsFor<HandshakeRules>();

/** The checks that find a fault, all for the same reason. */
export function foundBy(reasonCode: string, ...checkIds: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(checkIds.map((id) => [id, reasonCode]));
}
