import type { Fault } from "../../core/rules.ts";
import type { HandshakeRules } from "../rules.ts";
import { accessFaults } from "./access.ts";
import { backendFaults } from "./backend.ts";
import { completionFaults } from "./completion.ts";
import { confirmationFaults } from "./confirmation.ts";
import { credentialFaults } from "./credential.ts";
import { helloFaults } from "./hello.ts";
import { identityFaults } from "./identity.ts";
import { robustnessFaults, timestampFaults } from "./message.ts";
import { orderFaults } from "./order.ts";
import { scopeFaults } from "./scopes.ts";
import { recordFaults, trafficFaults } from "./traffic.ts";

/** Every named way in which the gateway of the nine-step handshake can be made to misbehave. */
export const handshakeFaults: readonly Fault<HandshakeRules>[] = [
  ...helloFaults,
  ...timestampFaults,
  ...robustnessFaults,
  ...identityFaults,
  ...orderFaults,
  ...credentialFaults,
  ...scopeFaults,
  ...confirmationFaults,
  ...completionFaults,
  ...accessFaults,
  ...backendFaults,
  ...recordFaults,
  ...trafficFaults,
];
