import { type IncomingMessage, request } from "node:http";
import { refresh } from "./bridge.ts";
import type { AccessToken, House } from "./house.ts";
import { Refusal } from "./refusals.ts";
import { liveToken } from "./tokens.ts";
import type { Answer, Call } from "./wire.ts";

/** ANY /ath/proxy/{provider_id}/{path} (ATH 0.1 server/proxy § Behavior). `rest` is what stands behind /ath/proxy/. */
export async function proxy(call: Call, rest: string, house: House): Promise<Answer> {
  const bearer = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  const token = liveToken(bearer, house);
  house.count(token.agent.agentId);
  const slash = rest.indexOf("/");
  const provider = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? "/" : rest.slice(slash);
  const named = () => {
    if (call.headers["x-ath-agent-id"] === token.agent.agentId) return;
    throw new Refusal("agent-header", "X-ATH-Agent-ID has to name the agent of the token");
  };
  if (house.character.order !== "attestation-last") named();
  if (provider !== token.provider) throw new Refusal("provider-mismatch", "the token is for another provider");
  named();
  const who = { agent_id: token.agent.agentId, user_id: token.user, provider_id: provider };
  const operations = house.services.find(({ id }) => id === provider)?.scopes ?? {};
  // Character for character: no other spelling of a path gets further than this.
  if (!token.scopes.some((scope) => operations[scope]?.includes(`${call.method} ${path}`))) {
    house.log("scope_violation", { ...who, denied_scopes: [], denial_reason: `${call.method} is not granted there` });
    throw new Refusal("operation-not-granted", "no granted scope allows this");
  }
  const answer = await upstream(call, path, token, house);
  house.log("proxy_request", { ...who, effective_scopes: token.scopes });
  return answer;
}

async function upstream(call: Call, path: string, { tokens }: AccessToken, house: House): Promise<Answer> {
  const ahead = house.character.bridge.refresh === "ahead";
  if (tokens !== undefined && ahead && house.now() >= tokens.expiresAt) await refresh(tokens, house);
  const used = tokens?.access;
  const answer = await forward(call, path, used, house);
  if (tokens === undefined || answer.status !== 401) return answer;
  if (tokens.access === used) await refresh(tokens, house);
  return forward(call, path, tokens.access, house);
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const notForUpstream = /^(authorization|cookie|host|content-length|expect|forwarded|x-forwarded-.*|x-ath-.*)$/;

/** End-to-end headers only (RFC 9110 § 7.6.1). */
function endToEnd(raw: readonly string[], drop: (name: string) => boolean): string[] {
  const named = new Set<string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== "connection") continue;
    for (const name of raw[index + 1]?.split(",") ?? []) named.add(name.trim().toLowerCase());
  }
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const lower = name.toLowerCase();
    if (!hopByHop.has(lower) && !named.has(lower) && !drop(lower)) kept.push(name, raw[index + 1] ?? "");
  }
  return kept;
}

function forward(call: Call, path: string, access: string | undefined, house: House): Promise<Answer> {
  const api = new URL(house.connection().api);
  const target = `${api.pathname.replace(/\/$/, "")}${path}${call.query === undefined ? "" : `?${call.query}`}`;
  const few = house.character.proxiedHeaders === "none";
  const headers = endToEnd(call.rawHeaders, (name) => notForUpstream.test(name) || (few && name !== "content-type"));
  headers.push("Host", api.host);
  if (access !== undefined) headers.push("Authorization", `Bearer ${access}`);
  const bodyless = call.body.length === 0 && /^(GET|HEAD|DELETE|OPTIONS)$/.test(call.method);
  if (!bodyless) headers.push("Content-Length", String(call.body.length));
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Refusal("upstream-down", "the provider does not answer"));
    const outgoing = request({
      host: api.hostname,
      port: api.port,
      method: call.method,
      path: target,
      headers,
      timeout: 5000,
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("time-out")));
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => collect(incoming, house).then(resolve, fail));
    outgoing.end(call.body);
  });
}

async function collect(incoming: IncomingMessage, { character }: House): Promise<Answer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(Buffer.from(piece));
  const raw = endToEnd(incoming.rawHeaders, (name) => {
    const unwanted = name === "set-cookie" || name === "content-length";
    return unwanted || (character.proxiedHeaders === "none" && name !== "content-type");
  });
  const headers: Record<string, readonly string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    headers[name] = [...(headers[name] ?? []), raw[index + 1] ?? ""];
  }
  return { status: incoming.statusCode ?? 502, headers, body: Buffer.concat(pieces) };
}
