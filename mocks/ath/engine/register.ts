import type { AgentRegistrationResponse, ApprovedProvider, Developer } from "../../../schemas/index.ts";
import { isMessage } from "../../../schemas/index.ts";
import { isJsonObject, type JsonObject, own, ownText, ownTexts } from "../json.ts";
import { digest } from "../random.ts";
import { Refused } from "../refusal.ts";
import type { Wish } from "../rules/registration.ts";
import type { Agent } from "../state.ts";
import { answer } from "./answers.ts";
import { claimedSub, verifyAttestation } from "./attestation.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { countRequest } from "./rate-limit.ts";
import { readRequest } from "./request-body.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

function wishesOf(body: JsonObject): readonly Wish[] {
  const requested = own(body, "requested_providers");
  if (!Array.isArray(requested)) return [];
  return requested.filter(isJsonObject).flatMap((wish) => {
    const providerId = ownText(wish, "provider_id");
    return providerId === undefined ? [] : [{ providerId, scopes: ownTexts(wish, "scopes") }];
  });
}

function developerOf(body: JsonObject): Developer | undefined {
  const developer = own(body, "developer");
  return isMessage("Developer", developer) ? developer : undefined;
}

/** What an agent is told: while it is not approved as a whole, nothing is. */
export function shownApprovals({ status, approvals }: Agent): readonly ApprovedProvider[] {
  if (status === "approved") return approvals;
  const reason = status === "pending" ? "the approval is pending" : "the agent was denied";
  return approvals.map(({ provider_id, approved_scopes, denied_scopes, denial_reason }) => ({
    provider_id,
    approved_scopes: [],
    denied_scopes: [...approved_scopes, ...denied_scopes],
    denial_reason: approved_scopes.length === 0 ? (denial_reason ?? reason) : reason,
  }));
}

interface Application {
  readonly agentId: string;
  readonly developer: Developer | undefined;
  readonly wishes: readonly Wish[];
  readonly redirectUris: readonly string[];
}

function store(
  context: AthContext,
  application: Application,
): { readonly agent: Agent; readonly clientSecret: string } {
  const { rules, state, settings, random, clock } = context;
  const { agentId, developer, wishes, redirectUris } = application;
  const { policy, providers } = settings;
  const findProvider = (providerId: string) => rules["provider.find"]({ providerId, providers });
  const approvals = rules["registration.approvals"]({ wishes, policy, findProvider });
  const status = rules["registration.status"]({ agentId, developerId: developer?.id, approvals, policy });
  const { clientId, clientSecret } = rules["registration.credentials"]({ random });
  const agent: Agent = {
    clientId,
    agentId,
    developer,
    secretDigest: digest(clientSecret),
    status,
    approvals,
    redirectUris,
    approvalExpiresAt: clock.now() + policy.approvalDays * DAY_MS,
  };
  state.agents.set(clientId, agent);
  state.clientIds.set(agentId, clientId);
  return { agent, clientSecret };
}

/** Verifies the application and stores the agent. Throws {@link Refused}, logged. */
async function admit(context: AthContext, application: Application, attestation: string | undefined) {
  const { rules, state } = context;
  const { agentId } = application;
  try {
    await verifyAttestation(context, { endpoint: "register", agentId, attestation });
    // From here on nothing is waited for, so that of two registrations at once one finds the other.
    if (!rules["registration.isNew"]({ agentId, clientIds: state.clientIds })) {
      throw new Refused("agent-registered-already", "this agent_id is registered already");
    }
    return store(context, application);
  } catch (error) {
    if (error instanceof Refused) {
      log(context, { event: "agent_registration_denied", agent_id: agentId, denial_reason: error.message });
    }
    throw error;
  }
}

function logOutcome(context: AthContext, agent: Agent, wishes: readonly Wish[], clientSecret: string): void {
  const shown = shownApprovals(agent);
  const denied = shown.find(({ denial_reason }) => typeof denial_reason === "string")?.denial_reason;
  log(
    context,
    {
      event: agent.status === "denied" ? "agent_registration_denied" : "agent_registered",
      agent_id: agent.agentId,
      requested_scopes: wishes.flatMap(({ scopes }) => scopes),
      effective_scopes: shown.flatMap(({ approved_scopes }) => approved_scopes),
      denied_scopes: shown.flatMap(({ denied_scopes }) => denied_scopes),
      ...(typeof denied === "string" ? { denial_reason: denied } : {}),
    },
    { clientSecret },
  );
}

/** POST /ath/agents/register (ATH 0.1 server/registration). */
export async function register(context: AthContext, request: Request): Promise<Response> {
  const { rules } = context;
  const body = await readRequest(context, "register", request, (refused) =>
    rules["registration.onRefusal"]({
      body: refused,
      store: (agentId) => store(context, { agentId, developer: undefined, wishes: [], redirectUris: [] }),
    }),
  );
  const attestation = ownText(body, "agent_attestation");
  const agentId = rules["registration.agentId"]({ body, claimedSub: () => claimedSub(attestation) });
  if (agentId === undefined) throw new Refused("malformed-request", "agent_id is missing");
  countRequest(context, agentId);

  const wishes = wishesOf(body);
  const application = { agentId, developer: developerOf(body), wishes, redirectUris: ownTexts(body, "redirect_uris") };
  const { agent, clientSecret } = await admit(context, application, attestation);
  logOutcome(context, agent, wishes, clientSecret);
  const response: AgentRegistrationResponse = {
    client_id: agent.clientId,
    client_secret: clientSecret,
    agent_status: agent.status,
    approved_providers: shownApprovals(agent),
    approval_expires: new Date(agent.approvalExpiresAt).toISOString(),
  };
  return answer(rules["registration.body"]({ response }), 201, { "cache-control": "no-store" });
}
