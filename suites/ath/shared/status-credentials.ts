import {
  type Agent,
  type Registration,
  type RequestBend,
  type StatusCredentials,
  statusCredentials,
} from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { World } from "../../drivers/world.ts";
import { answerOf } from "../../engine/granted.ts";
import { notApplicable, notTested } from "../../engine/stop.ts";
import { lookalike } from "./lookalike.ts";

/** An agent's registration as the target shows it to the agent itself. */
export interface OwnStatus {
  readonly registration: Registration;
  /** The first form of credentials that the target takes. */
  readonly credentials: StatusCredentials;
  readonly reply: Reply;
}

/** Answers that say that there is no such page. */
const absent = [404, 405, 410, 501];

/**
 * Lets an agent read its own registration, trying the forms of credentials in turn (position POS-4). Stops the check as
 * not-applicable when the target has no such page, as not-tested when none of the forms works.
 */
export async function ownStatus(world: World, agent: Agent): Promise<OwnStatus> {
  const declared = world.settings.target.features["agent_status"];
  if (declared === false) throw notApplicable("feature-absent", "the configuration says: no agent status");
  const registration = await agent.registered();
  const replies: Reply[] = [];
  for (const credentials of statusCredentials) {
    const reply = await agent.status({ credentials });
    if (reply.granted) return { registration, credentials, reply };
    replies.push(reply);
  }
  const exchanges = replies.map(({ exchange }) => exchange.id);
  if (declared !== true && replies.every(({ status }) => absent.includes(status))) {
    throw notApplicable("feature-absent", "the target has no GET /ath/agents/{clientId}", { exchanges });
  }
  const answers = replies.map(({ exchange }) => answerOf(exchange)).join(", ");
  throw notTested("prerequisite-refused", `no form of credentials lets an agent read its registration: ${answers}`, {
    exchanges,
    cause: "target",
    mend: `accept one of ${statusCredentials.join(", ")}, or declare features.agent_status: false`,
  });
}

/** The same form of credentials, filled with what does not prove anything. */
export function wrongCredentials(
  world: World,
  agent: Agent,
  { clientId, clientSecret }: Registration,
): Readonly<Record<StatusCredentials, RequestBend>> {
  const byAnotherKey = { attestation: { key: world.newKey(), header: { kid: agent.key.kid } } };
  const basic = Buffer.from(`${clientId}:${lookalike(world, clientSecret)}`).toString("base64");
  return {
    "bearer-attestation": byAnotherKey,
    "attestation-header": byAnotherKey,
    "basic-client": { headers: { authorization: `Basic ${basic}` } },
  };
}
