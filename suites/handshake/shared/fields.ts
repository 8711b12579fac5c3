import type { MessageBend } from "../../drivers/handshake/agent.ts";
import type { Json } from "../../engine/json.ts";
import type { Step } from "./steps.ts";

/** A member that a message must have, and values of wrong types for it. */
export interface Field {
  readonly step: Step;
  readonly name: string;
  readonly wrong: readonly Json[];
}

const noText: readonly Json[] = [null, 7, true, [], {}, ["x"]];
const noList: readonly Json[] = [null, 7, "x", {}, [7], [null], [{}]];
const noNumber: readonly Json[] = [null, "soon", true, [], {}];

/** Every member that the four messages must have, `type` aside. The credentials of identity_proof and context are optional. */
export const fields: readonly Field[] = [
  { step: "handshake_request", name: "timestamp", wrong: noNumber },
  { step: "handshake_request", name: "client_did", wrong: noText },
  { step: "handshake_request", name: "client_pubkey", wrong: noText },
  { step: "handshake_request", name: "versions", wrong: noList },
  { step: "handshake_request", name: "capabilities", wrong: noList },
  { step: "handshake_request", name: "nonce", wrong: noText },
  { step: "identity_proof", name: "timestamp", wrong: noNumber },
  { step: "identity_proof", name: "signature", wrong: noText },
  { step: "scope_request", name: "timestamp", wrong: noNumber },
  { step: "scope_request", name: "scopes", wrong: noList },
  { step: "scope_request", name: "ttl", wrong: noNumber },
  { step: "scope_request", name: "user_authorization", wrong: [null, 7, "x", true, []] },
  { step: "handshake_complete", name: "timestamp", wrong: noNumber },
  { step: "handshake_complete", name: "key_exchange_alg", wrong: noText },
  { step: "handshake_complete", name: "key_exchange_params", wrong: [null, 7, true, []] },
  { step: "handshake_complete", name: "cipher_suite", wrong: noText },
];

/** The bend that leaves the field out. */
export function without({ name }: Pick<Field, "name">): MessageBend {
  return { body: { [name]: undefined } };
}
