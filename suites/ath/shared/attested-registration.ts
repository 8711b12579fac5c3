import type { Agent, AttestationBend } from "../../drivers/agent.ts";
import type { World } from "../../drivers/world.ts";
import type { Check, CheckRow } from "../../engine/check.ts";
import { acceptance } from "../../kinds/acceptance.ts";
import { refusal } from "../../kinds/refusal.ts";

/** A registration in which the attestation alone differs from a valid one. */
export interface AttestedRow extends CheckRow {
  /** Each gives one attempt, with an agent of its own (a second registration would be refused for that alone). */
  readonly attestations: readonly ((
    world: World,
    agent: Agent,
  ) => AttestationBend | string | Promise<AttestationBend | string>)[];
}

async function attempts(world: World, { attestations }: AttestedRow) {
  const replies = [];
  for (const make of attestations) {
    const agent = world.newAgent();
    replies.push(await agent.register({ attestation: await make(world, agent) }));
  }
  return replies;
}

/** A registration with this attestation is refused, after one with a valid attestation was granted. */
export function refusedAtRegistration(row: AttestedRow): Check {
  return refusal({ ...row, control: ({ agent }) => agent.register(), attempt: (world) => attempts(world, row) });
}

/** A registration with this attestation is granted, as one with the plain attestation was. */
export function grantedAtRegistration(row: AttestedRow): Check {
  return acceptance({ ...row, control: ({ agent }) => agent.register(), attempt: (world) => attempts(world, row) });
}
