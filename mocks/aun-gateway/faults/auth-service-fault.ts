import { foundBy } from "../../ath/faults/fault.ts";
import { faultsFor } from "../../core/rules.ts";
import type { AuthMethod } from "../rules/auth.ts";
import type { AuthServiceRules } from "../rules/auth-service.ts";

/** Makes a row: one wrong rule in the place of an honest one. */
export const fault = faultsFor<AuthServiceRules>();

export { foundBy };

/** A result that lacks a member or has a wrong one. */
export interface ResultFault {
  readonly id: string;
  readonly sentence: string;
  readonly method: AuthMethod;
  /** Members that take the place of the right ones; undefined leaves a member out. */
  readonly wrong: Readonly<Record<string, unknown>>;
  readonly check: string;
  readonly reasonCode: string;
}

/** Makes the row of a result that is not as it should be. */
export function resultFault({ id, sentence, method, wrong, check, reasonCode }: ResultFault) {
  return fault({
    id,
    requirement: id.split(".")[0] ?? id,
    sentence,
    rule: "auth.result",
    wrong: (honest) => (input) => {
      const result = honest(input);
      return input.method === method ? { ...result, ...wrong } : result;
    },
    kills: foundBy(reasonCode, check),
  });
}
