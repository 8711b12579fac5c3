import type { Requirement } from "../requirement.ts";
import { agent } from "./agent.ts";
import { agentStatus } from "./agent-status.ts";
import { attestation } from "./attestation.ts";
import { audit } from "./audit.ts";
import { authorization } from "./authorization.ts";
import { binding } from "./binding.ts";
import { bridge } from "./bridge.ts";
import { callback } from "./callback.ts";
import { discovery } from "./discovery.ts";
import { errors } from "./errors.ts";
import { proxy } from "./proxy.ts";
import { rateLimit } from "./rate-limit.ts";
import { registration } from "./registration.ts";
import { revocation } from "./revocation.ts";
import { token } from "./token.ts";
import { transport } from "./transport.ts";

/** All requirements of ATH 0.1, section by section in the order of the handshake. */
export const ath01: readonly Requirement[] = [
  discovery,
  transport,
  attestation,
  registration,
  agentStatus,
  authorization,
  callback,
  bridge,
  token,
  proxy,
  binding,
  revocation,
  audit,
  rateLimit,
  errors,
  agent,
].flat();
