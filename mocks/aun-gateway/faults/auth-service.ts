import type { Fault } from "../../core/rules.ts";
import type { AuthServiceRules } from "../rules/auth-service.ts";
import { certificateFaults } from "./certificates.ts";
import { connectAidFaults } from "./connect-aid.ts";
import { discoveryFaults } from "./discovery.ts";
import { login1Faults } from "./login1.ts";
import { login2Faults, nonceLifeFault } from "./login2.ts";
import { refreshFaults } from "./refresh.ts";
import { registrationFaults } from "./registration.ts";
import { renewalFaults } from "./renewal.ts";
import { issuedTokenFaults, presentedTokenFaults } from "./tokens.ts";

/** Every fault of discovery, the auth service and its public key infrastructure. */
export const authServiceFaults: readonly Fault<AuthServiceRules>[] = [
  ...discoveryFaults,
  ...presentedTokenFaults,
  ...connectAidFaults,
  nonceLifeFault,
  ...registrationFaults,
  ...certificateFaults,
  ...login1Faults,
  ...login2Faults,
  ...issuedTokenFaults,
  ...refreshFaults,
  ...renewalFaults,
];
