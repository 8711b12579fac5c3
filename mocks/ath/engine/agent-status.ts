import { Refused } from "../refusal.ts";
import type { StatusCredentials } from "../rules/agent-status.ts";
import type { Agent } from "../state.ts";
import { answer } from "./answers.ts";
import { claimedSub, verifyAttestation } from "./attestation.ts";
import type { AthContext } from "./context.ts";
import { countRequest } from "./rate-limit.ts";
import { shownApprovals } from "./register.ts";

/** client_id and client_secret from HTTP Basic, form-decoded as RFC 6749 § 2.3.1 has it; undefined when there are none. */
export function basicCredentials(authorization: string | null): StatusCredentials["basic"] {
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [clientId, ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  if (clientId === undefined || secret.length === 0) return undefined;
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
    return { clientId: decode(clientId), clientSecret: decode(secret.join(":")) };
  } catch {
    return undefined;
  }
}

function credentialsOf({ headers }: Request): StatusCredentials {
  const authorization = headers.get("authorization");
  const bearer = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  return {
    attestation: bearer ?? headers.get("x-ath-agent-attestation") ?? undefined,
    basic: basicCredentials(authorization),
  };
}

/** The registered agent whose attestation this is. */
async function byAttestation(context: AthContext, attestation: string): Promise<Agent | undefined> {
  const { agents, clientIds } = context.state;
  const agent = agents.get(clientIds.get(claimedSub(attestation) ?? "") ?? "");
  if (agent === undefined) return undefined;
  await verifyAttestation(context, { endpoint: "status", agentId: agent.agentId, attestation });
  return agent;
}

/** GET /ath/agents/{clientId} (ATH 0.1 server/handshake-flow § Server Responsibilities). */
export async function agentStatus(context: AthContext, request: Request, clientId: string): Promise<Response> {
  const { rules, state } = context;
  const { agents } = state;
  const caller = await rules["agentStatus.caller"]({
    credentials: credentialsOf(request),
    clientId,
    agents,
    byAttestation: (attestation) => byAttestation(context, attestation),
    byClientSecret: (id, clientSecret) => {
      const agent = agents.get(id);
      if (agent === undefined) return undefined;
      return rules["credentials.areValid"]({ endpoint: "status", agent, clientSecret, agents }) ? agent : undefined;
    },
  });
  if (caller === undefined) {
    throw new Refused("caller-unauthenticated", "an attestation or the client credentials are needed here", {
      headers: { "www-authenticate": 'Bearer realm="ath", Basic realm="ath"' },
    });
  }
  countRequest(context, caller.agentId);
  if (!rules["agentStatus.isOwn"]({ caller, clientId })) {
    throw new Refused("registration-of-another", "an agent may read its own registration only");
  }
  const shown = rules["agentStatus.shown"]({ caller, agents });
  const body = {
    client_id: shown.clientId,
    agent_id: shown.agentId,
    agent_status: shown.status,
    approved_providers: shownApprovals(shown),
    approval_expires: new Date(shown.approvalExpiresAt).toISOString(),
  };
  return answer(body, 200, { "cache-control": "no-store" });
}
