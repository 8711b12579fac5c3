import { type Evidence, marked } from "../../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { answerOf, granted } from "../../engine/granted.ts";

/** What is expected at the advertised endpoint, and the path that every known agent uses. */
interface AdvertisedEndpoint {
  readonly expected: string;
  readonly knownPath: string;
}

/**
 * Judges a request to an advertised endpoint (mark `attempt`) beside the same at the known path (mark `control`, sent when
 * the attempt was refused): the address is wrong when the known path grants what the advertised one refuses.
 */
export function judgeAdvertised(evidence: Evidence, { expected, knownPath }: AdvertisedEndpoint): Finding {
  const [attempt] = marked(evidence, "attempt");
  if (attempt === undefined) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "no request is in the evidence" });
  }
  if (granted(attempt)) return pass([attempt]);
  const control = marked(evidence, "control");
  const details = { expected, exchanges: [attempt, ...control] };
  if (attempt.response?.status === 429 || !control.some(granted)) {
    return untested({ reasonCode: "control-refused", ...details, actual: answerOf(attempt) });
  }
  const actual = `${answerOf(attempt)}, and ${knownPath} grants it`;
  return violated({ reasonCode: "endpoint-broken", ...details, actual });
}
