import type { Check } from "../../engine/check.ts";
import { type Exchange, marked } from "../../engine/evidence.ts";
import { pass } from "../../engine/finding.ts";
import { errorCode, granted } from "../../engine/granted.ts";
import type { Controlled } from "../../kinds/control.ts";
import { type RefusalRow, refusal } from "../../kinds/refusal.ts";

/**
 * A refusal at the token endpoint that may have its reason at the provider. The table of error codes gives OAUTH_ERROR
 * the status 502, so that this one 5xx is a fitting refusal (ATH 0.1 schema § error codes).
 */
export function withheld<Control extends Controlled>(row: RefusalRow<Control>): Check {
  const strict = refusal(row);
  return {
    ...strict,
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const controlled = marked(evidence, "control").some(granted);
      if (controlled && attempts.length > 0 && attempts.every(isProviderFailure)) {
        return pass(attempts, ["refused as a failure of the provider (502 OAUTH_ERROR)"]);
      }
      return strict.judge(evidence);
    },
  };
}

/** Whether the answer says, in the form the table gives it, that the provider failed. */
export function isProviderFailure(exchange: Exchange): boolean {
  return exchange.response?.status === 502 && errorCode(exchange) === "OAUTH_ERROR";
}
