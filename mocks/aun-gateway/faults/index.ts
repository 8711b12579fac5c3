import type { Fault } from "../../core/rules.ts";
import type { AunRules } from "../rules.ts";
import { authServiceFaults } from "./auth-service.ts";
import { challengeFaults } from "./challenge.ts";
import { connectFaults } from "./connect.ts";
import { deliveryFaults, deliveryModeFaults } from "./delivery.ts";
import { federationFaults } from "./federation.ts";
import { gateFaults } from "./gate.ts";
import { pullFaults, sendFaults } from "./messages.ts";
import { metaFaults } from "./meta.ts";
import { authNearMisses } from "./near-misses-auth.ts";
import { connectNearMisses } from "./near-misses-connect.ts";
import { messageNearMisses } from "./near-misses-messages.ts";
import { placeNearMisses } from "./near-misses-places.ts";
import { metaNearMisses, rpcNearMisses } from "./near-misses-rpc.ts";
import { kindFaults, placeFaults } from "./places.ts";
import { recallFaults } from "./recall.ts";
import { rpcFormFaults } from "./rpc-form.ts";
import { rpcFrameFaults } from "./rpc-frames.ts";
import { unansweredFaults } from "./unanswered.ts";
import { resultFaults, versionFaults } from "./versions.ts";

/** Every named way in which the reference gateway can be made to misbehave. */
export const aunFaults: readonly Fault<AunRules>[] = [
  ...authServiceFaults,
  ...challengeFaults,
  ...connectFaults,
  ...versionFaults,
  ...resultFaults,
  ...placeFaults,
  ...kindFaults,
  ...deliveryModeFaults,
  ...deliveryFaults,
  ...gateFaults,
  ...metaFaults,
  ...rpcFormFaults,
  ...rpcFrameFaults,
  ...unansweredFaults,
  ...sendFaults,
  ...pullFaults,
  ...recallFaults,
  ...federationFaults,
  ...connectNearMisses,
  ...authNearMisses,
  ...placeNearMisses,
  ...metaNearMisses,
  ...rpcNearMisses,
  ...messageNearMisses,
];
