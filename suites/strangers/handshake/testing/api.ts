import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { House, System } from "./house.ts";
import { type Claims, claimsBy, isObject } from "./keys.ts";
import { type Answer, Refusal } from "./refusal.ts";
import { isOpen } from "./steps.ts";

/** A call of an agent at a system; `target` is path and query as they came. */
export interface Call {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Failures in a row of each system, and when it may be tried again. */
export type Breakers = Map<string, { failures: number; restsUntil: number }>;

/** A call with a token: refused, or forwarded to the legacy system and translated both ways. */
export async function callSystem(house: House, breakers: Breakers, call: Call): Promise<Answer> {
  const { character, count, log } = house;
  const [raw = "", query = ""] = cut(call.target);
  const plain = resolved(raw);
  if (plain !== raw && character.api.dotSegments !== "resolved") {
    if (plain === undefined || character.api.dotSegments === "refused") throw new Refusal("malformed", "an odd path");
    const location = `${character.basePath}${plain}`;
    return { status: 308, headers: { Location: query === "" ? location : `${location}?${query}` }, body: {} };
  }
  const claims = bearer(house, call.headers);
  const { token } = character;
  const agent = String(claims[token.agentClaim]);
  const user = String(claims["user_did"]);
  const named = claims["scopes"] ?? String(claims["scope"] ?? "").split(" ");
  const scopes = Array.isArray(named) ? named.map(String) : [];
  const path = plain ?? raw;
  const system = house.systems.find(({ prefix }) => path.startsWith(`${prefix}/`));
  const operation = `${call.method} ${path}`;
  const granting = scopes.filter((scope) => system?.scopes[scope]?.includes(operation));
  if (system === undefined || granting.length === 0 || restricted(house, agent)) {
    log({ what: operation, agent, user, ...(system && { system: system.prefix.slice(1) }), scopes, went: "refused" });
    throw new Refusal("not-allowed", "the token does not allow this here");
  }
  count(agent, agent.startsWith("did:ath:agent:rate-") ? 7 : character.api.perMinute);
  const answer = await guarded(house, breakers, system, () => forward(house, system, call, path, query));
  log({ what: operation, agent, user, system: system.prefix.slice(1), scopes, went: "granted" });
  return answer;
}

function cut(target: string): readonly [string, string] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

/** The path without dot segments; undefined when it cannot be read. */
function resolved(path: string): string | undefined {
  if (/%2f|%5c|\\/i.test(path)) return undefined;
  try {
    return new URL(path, "http://gateway").pathname;
  } catch {
    return undefined;
  }
}

function bearer({ character, keys, now, revoked }: House, headers: IncomingHttpHeaders): Claims {
  const token = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  const claims = [...keys.values()]
    .map(({ publicKey }) => claimsBy(publicKey, token))
    .find((read) => read !== undefined);
  const { exp, jti, user_did: user } = claims ?? {};
  const agent = String(claims?.[character.token.agentClaim]);
  if (claims === undefined || typeof exp !== "number" || exp <= now() / 1000) {
    throw new Refusal("bad-token", "no valid token", { "WWW-Authenticate": 'Bearer realm="legacy"' });
  }
  if (revoked.has(token) || revoked.has(String(jti)) || revoked.has(`${String(user)} ${agent}`)) {
    throw new Refusal("bad-token", "taken back");
  }
  return claims;
}

function restricted(house: House, agent: string): boolean {
  if (house.character.restrictions === "none") return false;
  return agent.startsWith("did:ath:agent:ip-") || !isOpen(house, agent);
}

/** A backend that fails again and again is left alone for a while. */
async function guarded(
  { character, now }: House,
  breakers: Breakers,
  { prefix }: System,
  forward: () => Promise<Answer>,
): Promise<Answer> {
  const { breaker } = character.api;
  if (breaker === undefined) return forward();
  const state = breakers.get(prefix) ?? { failures: 0, restsUntil: 0 };
  breakers.set(prefix, state);
  if (state.failures >= breaker.failures && now() < state.restsUntil) {
    throw new Refusal("backend-cut-off", "this system has failed and is left alone", { "Retry-After": "30" });
  }
  try {
    const answer = await forward();
    state.failures = 0;
    return answer;
  } catch (error) {
    state.failures += 1;
    state.restsUntil = now() + breaker.restS * 1000;
    throw error;
  }
}

async function forward(
  { backend, character }: House,
  { format, prefix }: System,
  { body }: Call,
  path: string,
  query: string,
): Promise<Answer> {
  const fields: Record<string, unknown> = Object.fromEntries(new URLSearchParams(query));
  if (body.length > 0) {
    const sent = parsed(body.toString("utf8"));
    if (!isObject(sent)) throw new Refusal("malformed", "the body has to be a JSON object");
    Object.assign(fields, sent);
  }
  const { type, written } = writers[format](path, fields);
  const response = await fetch(`${backend}/legacy${prefix}${format === "json" ? path : "/endpoint"}`, {
    method: "POST",
    headers: { "Content-Type": type, ...credentials[character.api.credential](written) },
    body: written,
  });
  const text = await response.text();
  if (!response.ok) throw new Refusal("backend-failed", "the system behind has failed");
  return { status: 200, body: { ok: true, result: text.slice(0, 40) } };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

type Writer = (
  path: string,
  fields: Readonly<Record<string, unknown>>,
) => { readonly type: string; readonly written: string };

const xml = (text: unknown) =>
  String(text).replaceAll("&", "&#38;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&#x22;");

const envelope = (content: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${content}</s:Body></s:Envelope>`;

const formType = "application/x-www-form-urlencoded; charset=UTF-8";

/** How each kind of legacy system wants its data. */
const writers: Readonly<Record<System["format"], Writer>> = {
  json: (path, fields) => ({ type: "application/json", written: JSON.stringify({ op: path, data: fields }) }),
  form: (path, fields) => ({
    type: formType,
    written: new URLSearchParams({ action: path, ...texts(fields) }).toString(),
  }),
  "form-with-json": (path, fields) => ({
    type: formType,
    written: new URLSearchParams({ cmd: path, data: JSON.stringify(fields) }).toString(),
  }),
  "soap-elements": (path, fields) => ({
    type: 'application/soap+xml; charset=utf-8; action="urn:legacy"',
    written: envelope(
      `<m:Call xmlns:m="urn:legacy" op="${xml(path)}">${Object.entries(fields)
        .map(([name, value]) => `<m:Field><m:Name>${xml(name)}</m:Name><m:Value>${xml(value)}</m:Value></m:Field>`)
        .join("")}</m:Call>`,
    ),
  }),
  "soap-attributes": (path, fields) => ({
    type: "text/xml",
    written: envelope(
      `<call op="${xml(path)}">${Object.entries(fields)
        .map(([name, value]) => `<param name="${xml(name)}" value="${xml(value)}"/>`)
        .join("")}</call>`,
    ),
  }),
};

function texts(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

const secret = "a-secret-between-gateway-and-legacy";

const credentials: Readonly<Record<House["character"]["api"]["credential"], (body: string) => Record<string, string>>> =
  {
    basic: () => ({ Authorization: `Basic ${Buffer.from(`gateway:${secret}`).toString("base64")}` }),
    header: () => ({ "X-Legacy-Token": secret }),
    "signed-form": (body) => ({
      "X-App-Id": "gateway",
      "X-Sign": createHmac("sha256", secret).update(body).digest("hex"),
    }),
  };
