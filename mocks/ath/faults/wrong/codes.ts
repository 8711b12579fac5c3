import type { RefusalReason } from "../../refusal.ts";
import type { ErrorRules } from "../../rules/errors.ts";

type CodeRule = ErrorRules["errors.code"];

/** A rule that gives one reason another code than it should have. */
export function coded(wrongly: RefusalReason, code: string): (honest: CodeRule) => CodeRule {
  return (honest) => (input) => (input.reason === wrongly ? code : honest(input));
}
