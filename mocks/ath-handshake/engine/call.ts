import type { Peer } from "../../core/http.ts";
import { jsonResponse } from "../../core/json.ts";
import { knownResponse } from "../../core/known-response.ts";
import { Refused } from "../refusal.ts";
import type { System } from "../settings.ts";
import { translations } from "../translate/index.ts";
import type { BackendCall, Fields } from "../translate/translation.ts";
import { type Caller, callerBy } from "./api-token.ts";
import { log } from "./audit-log.ts";
import type { BackendReply } from "./backend-client.ts";
import { guarded } from "./breaker.ts";
import type { HandshakeContext } from "./context.ts";
import { bytesOf, objectOf } from "./message.ts";
import { countCall, countRestricted } from "./rate.ts";

/** A call below a system's prefix. */
export interface IncomingCall {
  readonly request: Request;
  readonly peer: Peer | undefined;
  readonly system: System;
  /** As it came, without query. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string | undefined;
}

function judgeRestrictions(context: HandshakeContext, { peer, request }: IncomingCall, caller: Caller): void {
  const { rules, clock } = context;
  const { ip_whitelist: whitelist, access_time: accessTime, rate_limit: rate } = caller.restrictions;
  const from = { address: peer?.address, claimed: request.headers.get("x-forwarded-for") ?? undefined };
  if (whitelist !== undefined && !rules["restriction.addressFits"]({ whitelist, ...from })) {
    throw new Refused("restricted", "calls from this address are not allowed (ip_whitelist)");
  }
  if (accessTime !== undefined && !rules["restriction.timeFits"]({ accessTime, now: clock.now() })) {
    throw new Refused("restricted", `calls are allowed at ${accessTime} UTC only (access_time)`);
  }
  if (rate !== undefined) countRestricted(context, caller.agentDid, rate);
}

/** The path to call. Throws {@link Refused}. */
function judgePath(
  { rules, settings }: HandshakeContext,
  { request, path, system }: IncomingCall,
  caller: Caller,
): string {
  const target = rules["access.target"]({ path });
  if (target === undefined) throw new Refused("path-malformed", "the path must consist of plain segments");
  const { method } = request;
  const { scopes } = caller;
  const { systems } = settings;
  if (!rules["access.isGranted"]({ method, path: target.operationPath, scopes, system, systems })) {
    throw new Refused("operation-not-granted", "no granted scope covers this operation");
  }
  return target.forwardPath;
}

/** Query parameters and body members in one; a parameter that comes more than once is a list. */
async function fieldsOf(context: HandshakeContext, { request, query }: IncomingCall): Promise<Fields> {
  const parameters = new URLSearchParams(query ?? "");
  const names = [...new Set(parameters.keys())];
  const fromQuery = names.map((name): [string, unknown] => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  const bytes = await bytesOf(context, request);
  return Object.fromEntries([...fromQuery, ...Object.entries(bytes.byteLength === 0 ? {} : objectOf(context, bytes))]);
}

/** A call with the agent's JSON in it instead of what the backend reads. */
function untranslated(call: BackendCall, fields: Fields): BackendCall {
  return { ...call, headers: [["content-type", "application/json"]], body: JSON.stringify(fields) };
}

async function forwarded(
  context: HandshakeContext,
  { request, system }: IncomingCall,
  caller: Caller,
  path: string,
  sent: Fields,
): Promise<BackendReply> {
  const { rules, backends } = context;
  const client = backends.get(system.backend);
  if (client === undefined) throw new Refused("backend-unreachable", "this backend is not there");
  const translation = translations[system.backend];
  const prefix = `/${system.name}`;
  const local = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
  const fields = rules["backend.fields"]({ fields: sent });
  const { method } = request;
  const escaped = (text: string) => rules["backend.escaped"]({ text, toSafe: translation.escape });
  const translated = translation.request({ method, path: local, fields }, escaped);
  const call = rules["backend.request"]({ translated, asJson: () => untranslated(translated, fields) });
  const passed = rules["backend.passedHeaders"]({ headers: [...request.headers] });
  const headers = [...call.headers, ...passed];
  return guarded(context, { system: system.name, agentDid: caller.agentDid }, () =>
    client.call({ ...call, headers }, (credential) => rules["backend.credential"]({ credential })),
  );
}

/** The backend's answer in JSON. Throws {@link Refused} `backend-failed`. */
function answered({ rules }: HandshakeContext, system: System, { status, contentType, body }: BackendReply): Response {
  // What the backend refuses for want of its own credential is no matter of the agent's.
  if (status >= 500 || status === 401 || status === 407 || (status >= 300 && status < 400)) {
    throw new Refused("backend-failed", `the backend failed (status ${status})`);
  }
  const read = () => translations[system.backend].read(body);
  const reading = rules["backend.answer"]({ body, contentType, read });
  if (reading.kind === "unreadable") {
    throw new Refused("backend-failed", `the backend's answer could not be read: ${reading.problem}`);
  }
  if (reading.kind === "json") return jsonResponse(reading.value, { status });
  return knownResponse(status, { headers: [["content-type", reading.contentType]], body: Buffer.from(reading.text) });
}

async function performed(context: HandshakeContext, call: IncomingCall, who: { caller?: Caller }): Promise<Response> {
  const caller = callerBy(context, call.request);
  who.caller = caller;
  countCall(context, caller.agentDid);
  judgeRestrictions(context, call, caller);
  const path = judgePath(context, call, caller);
  const fields = await fieldsOf(context, call);
  return answered(context, call.system, await forwarded(context, call, caller, path, fields));
}

/** A call through the gateway to a backend. Throws {@link Refused}. */
export async function apiCall(context: HandshakeContext, call: IncomingCall): Promise<Response> {
  const who: { caller?: Caller } = {};
  const about = () => ({
    ...(who.caller === undefined
      ? {}
      : { agent: who.caller.agentDid, user: who.caller.userDid, scopes: who.caller.scopes }),
    backend: call.system.name,
    operation: `${call.request.method} ${call.path}`.slice(0, 500),
  });
  try {
    const response = await performed(context, call, who);
    const { status } = response;
    log(context, { event: "call_forwarded", outcome: "success", ...about(), status });
    return response;
  } catch (error) {
    const refused = error instanceof Refused && !error.reason.startsWith("backend-");
    const reason = error instanceof Refused ? error.message : "the gateway failed";
    log(context, {
      event: refused ? "call_refused" : "call_forwarded",
      outcome: refused ? "refused" : "failed",
      ...about(),
      reason,
    });
    throw error;
  }
}
