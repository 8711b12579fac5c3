import type { Fault } from "../../core/rules.ts";
import type { AthRules } from "../rules.ts";
import { agentStatusFaults } from "./agent-status.ts";
import { attestationClaimFaults } from "./attestation-claims.ts";
import { attestationEndpointFaults } from "./attestation-endpoints.ts";
import { attestationReplayFaults } from "./attestation-replay.ts";
import { attestationSignatureFaults } from "./attestation-signature.ts";
import { auditFaults } from "./audit.ts";
import { authorizationAgentFaults } from "./authorization-agent.ts";
import { authorizationProviderFaults } from "./authorization-provider.ts";
import { authorizationRequestFaults } from "./authorization-request.ts";
import { bindingFaults } from "./binding.ts";
import { bridgeFaults } from "./bridge.ts";
import { callbackFaults } from "./callback.ts";
import { discoveryFaults } from "./discovery.ts";
import { errorFormFaults } from "./errors-form.ts";
import { robustnessFaults } from "./errors-robustness.ts";
import { identityFaults } from "./identity.ts";
import { proxyAccessFaults } from "./proxy-access.ts";
import { proxyPathFaults } from "./proxy-paths.ts";
import { proxyRequestFaults } from "./proxy-requests.ts";
import { proxyResponseFaults } from "./proxy-responses.ts";
import { rateFaults } from "./rate.ts";
import { registrationFaults } from "./registration.ts";
import { registrationFormFaults } from "./registration-form.ts";
import { revocationFaults } from "./revocation.ts";
import { tokenClientFaults } from "./token-client.ts";
import { tokenResponseFaults } from "./token-response.ts";
import { tokenSessionFaults } from "./token-session.ts";
import { transportFaults } from "./transport.ts";

/** Every named way in which the reference implementor can be made to misbehave. */
export const athFaults: readonly Fault<AthRules>[] = [
  ...discoveryFaults,
  ...transportFaults,
  ...attestationSignatureFaults,
  ...attestationClaimFaults,
  ...attestationReplayFaults,
  ...identityFaults,
  ...registrationFaults,
  ...registrationFormFaults,
  ...agentStatusFaults,
  ...attestationEndpointFaults,
  ...authorizationAgentFaults,
  ...authorizationRequestFaults,
  ...authorizationProviderFaults,
  ...callbackFaults,
  ...bridgeFaults,
  ...tokenResponseFaults,
  ...tokenClientFaults,
  ...tokenSessionFaults,
  ...proxyAccessFaults,
  ...proxyRequestFaults,
  ...proxyResponseFaults,
  ...proxyPathFaults,
  ...bindingFaults,
  ...revocationFaults,
  ...auditFaults,
  ...rateFaults,
  ...errorFormFaults,
  ...robustnessFaults,
];
