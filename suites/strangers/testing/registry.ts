import { isObject, jsonObject, optionalText, text, texts, uri } from "./bodies.ts";
import type { Character } from "./character.ts";
import { type House, type RegisteredAgent, same } from "./house.ts";
import { Refusal } from "./refusals.ts";
import type { Call, Json } from "./wire.ts";

const members = [
  "agent_id",
  "agent_attestation",
  "developer",
  "requested_providers",
  "purpose",
  "redirect_uris",
] as const;

interface Asked {
  readonly provider: string;
  readonly scopes: readonly string[];
}

/** POST /ath/agents/register (ATH 0.1 server/registration). */
export async function register(call: Call, house: House): Promise<Json> {
  const { character } = house;
  const body = jsonObject(call, character, members);
  if (typeof body["agent_id"] === "string") house.count(body["agent_id"]);
  const early = character.order === "attestation-first" ? await attested(body, house) : undefined;
  const agentId = uri(text(body, "agent_id"), "agent_id");
  const { developer } = body;
  if (!isObject(developer)) throw new Refusal("malformed", "developer has to be an object");
  text(developer, "name");
  const developerId = text(developer, "id");
  optionalText(developer, "contact");
  optionalText(body, "purpose");
  const asked = askedProviders(body);
  const redirectUris = body["redirect_uris"] === undefined ? [] : texts(body, "redirect_uris");
  for (const one of redirectUris) {
    uri(one, "redirect_uris");
    if (character.redirectUris === "web-only" && !/^https?:[^#]*$/.test(one)) {
      throw new Refusal("malformed", "redirect_uris are pages of the web, without a fragment");
    }
  }
  const weigh = () => {
    if (house.byId.has(agentId)) throw new Refusal("duplicate-agent", "this agent is registered");
    const stranger = asked.find(({ provider }) => house.services.every(({ id }) => id !== provider));
    if (stranger !== undefined && character.unknownProvider === "refused-whole") {
      throw new Refusal("provider-not-approved", "no such provider");
    }
  };
  if (character.order === "attestation-last") weigh();
  const sub = early ?? (await attested(body, house));
  if (sub !== agentId) throw new Refusal("wrong-subject", "sub is not the agent_id");
  weigh();
  if (developerId === house.policy.denied && character.unwanted === "refused") {
    house.log("agent_registration_denied", { agent_id: agentId, denial_reason: "unwanted developer" });
    throw new Refusal("agent-unapproved", "not with this developer");
  }
  const agent = decide({ agentId, developerId, asked, redirectUris }, house);
  house.byId.set(agentId, agent);
  house.byClient.set(agent.clientId, agent);
  const event = agent.status === "denied" ? "agent_registration_denied" : "agent_registered";
  house.log(event, { agent_id: agentId, requested_scopes: asked.flatMap(({ scopes }) => scopes) });
  return agent.answer;
}

async function attested(body: Json, house: House): Promise<string> {
  try {
    return await house.attestations.verify(body["agent_attestation"], house.base);
  } catch (error) {
    house.log("attestation_failed", { agent_id: String(body["agent_id"]), denial_reason: "attestation" });
    throw error;
  }
}

function askedProviders(body: Json): readonly Asked[] {
  const { requested_providers: listed } = body;
  if (!Array.isArray(listed) || listed.length === 0) throw new Refusal("malformed", "requested_providers is empty");
  const asked = listed.map((entry: unknown): Asked => {
    if (!isObject(entry)) throw new Refusal("malformed", "requested_providers has something that is no object");
    return { provider: text(entry, "provider_id"), scopes: texts(entry, "scopes") };
  });
  const once = new Set(asked.map(({ provider }) => provider));
  if (once.size < asked.length) throw new Refusal("malformed", "a provider is requested twice");
  return asked;
}

interface Application {
  readonly agentId: string;
  readonly developerId: string;
  readonly asked: readonly Asked[];
  readonly redirectUris: readonly string[];
}

function decide({ agentId, developerId, asked: applied, redirectUris }: Application, house: House): RegisteredAgent {
  const { character, policy } = house;
  const verdicts = applied.map(({ provider, scopes: asked }) => {
    const known = house.services.find(({ id }) => id === provider)?.scopes ?? {};
    const allowed = developerId === policy.denied || developerId === policy.pending ? {} : known;
    const scopes = character.scopeLists === "sorted" ? asked.toSorted() : asked;
    return {
      provider,
      approved: scopes.filter((scope) => Object.hasOwn(allowed, scope)),
      denied: scopes.filter((scope) => !Object.hasOwn(allowed, scope)),
    };
  });
  const nothing = verdicts.every(({ approved }) => approved.length === 0);
  const status =
    developerId === policy.denied
      ? "denied"
      : developerId === policy.pending
        ? "pending"
        : nothing
          ? character.deniedEverything
          : "approved";
  const approvedUntil = house.now() + character.approvals.lifeS * 1000;
  const clientId = house.newId();
  const clientSecret = house.newId();
  const { order, noReason } = character.approvals;
  const listed = verdicts.map(({ provider, approved, denied }) => ({
    provider_id: provider,
    approved_scopes: approved,
    denied_scopes: denied,
    ...(denied.length > 0
      ? { denial_reason: "not open to this agent" }
      : noReason === "null"
        ? { denial_reason: null }
        : {}),
  }));
  return {
    agentId,
    clientId,
    clientSecret,
    status,
    approved: new Map(verdicts.map(({ provider, approved }) => [provider, approved])),
    redirectUris,
    approvedUntil,
    answer: {
      client_id: clientId,
      client_secret: clientSecret,
      agent_status: status,
      approved_providers: order === "reversed" ? listed.toReversed() : listed,
      approval_expires: written(approvedUntil, character.approvals.expires),
    },
  };
}

function written(at: number, form: Character["approvals"]["expires"]): string {
  const iso = new Date(at).toISOString();
  if (form === "date") return iso.slice(0, 10);
  return form === "date-time" ? iso : `${iso.slice(0, 19)}+00:00`;
}

/** GET /ath/agents/{clientId} (ATH 0.1 server/handshake-flow § Server Responsibilities 6). */
export async function agentStatus(call: Call, clientId: string, house: House): Promise<Json> {
  const caller = await statusCaller(call, house);
  if (caller === undefined) throw new Refusal("status-unauthenticated", "who is asking?");
  house.count(caller.agentId);
  if (caller.clientId !== clientId) throw new Refusal("status-foreign", "nothing of yours");
  const { client_secret: _, ...told } = caller.answer;
  return { agent_id: caller.agentId, ...told };
}

async function statusCaller({ headers }: Call, house: House): Promise<RegisteredAgent | undefined> {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ", 2);
  switch (house.character.status) {
    case "none":
      throw new Refusal("no-such-path", "no such path");
    case "basic-client": {
      if (scheme.toLowerCase() !== "basic") return undefined;
      const [clientId = "", ...secret] = Buffer.from(value, "base64").toString("utf8").split(":");
      const agent = house.byClient.get(clientId);
      return agent !== undefined && same(secret.join(":"), agent.clientSecret) ? agent : undefined;
    }
    case "bearer-attestation":
      if (scheme.toLowerCase() !== "bearer") return undefined;
      return house.byId.get(await house.attestations.verify(value, house.base));
    case "attestation-header": {
      const jwt = headers["x-ath-agent-attestation"];
      return jwt === undefined ? undefined : house.byId.get(await house.attestations.verify(jwt, house.base));
    }
  }
}
