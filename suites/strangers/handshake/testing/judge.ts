import type { IncomingMessage } from "node:http";
import { openHandshakeKit } from "../../../drivers/handshake/kit.ts";
import type { HandshakeSettings, SystemSettings } from "../../../drivers/handshake/settings.ts";
import type { HookRequest, Settings } from "../../../drivers/settings.ts";
import type { Run } from "../../../engine/run.ts";
import { athHandshake } from "../../../profiles/ath-handshake.ts";
import type { Character } from "./character.ts";
import { gateway, listen, type Served } from "./gateway.ts";
import { openHouse, type System, type User } from "./house.ts";

const formats = {
  json: "json",
  form: "form",
  "form-with-json": "form",
  "soap-elements": "soap",
  "soap-attributes": "soap",
} as const satisfies Record<System["format"], SystemSettings["format"]>;

const names = ["archive", "people", "ledger"];

/** The systems behind a gateway, one of each format that its character lists. */
function systemsOf({ api }: Character): readonly System[] {
  return api.backends.map((format, index) => {
    const name = names[index] ?? "more";
    return {
      prefix: `/${name}`,
      format,
      scopes: {
        [`${name}.view`]: [`GET /${name}/items`, `GET /${name}/items/7`],
        [`${name}.change`]: [`POST /${name}/items`],
      },
    };
  });
}

/** The legacy systems, which keep what they got and fail when they are told to. */
async function openLegacy() {
  const requests: unknown[] = [];
  const failing = new Set<string>();
  const served = await listen(async (request, response) => {
    const body = await bodyOf(request);
    const { method, url = "", headers } = request;
    requests.push({ method, path: url, headers, body });
    const broken = [...failing].some((name) => url.startsWith(`/legacy/${name}/`));
    response.writeHead(broken ? 500 : 200, { "Content-Type": "text/plain" }).end("<ok/>");
  });
  return { ...served, requests, failing };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request) body += String(piece);
  return body;
}

/** Judges a stranger by the whole profile, over loopback. */
export async function judge(character: Character): Promise<Run> {
  const systems = systemsOf(character);
  const legacy = await openLegacy();
  let users: readonly User[] = [];
  const house = openHouse({ character, systems, users: () => users, backend: legacy.url });
  const served = await listen(gateway(house));
  const hooks = await listen(async (request, response) => {
    const { seconds, system, on, token, user, agent } = JSON.parse((await bodyOf(request)) || "{}");
    if (request.url === "/clock") house.advance(Number(seconds));
    if (request.url === "/fault") legacy.failing[on === true ? "add" : "delete"](String(system));
    if (request.url === "/token") house.revoked.add(String(token));
    if (request.url === "/user") house.revoked.add(`${user} ${agent}`);
    const log = { "/audit": house.entries, "/legacy": legacy.requests }[request.url ?? ""];
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(log ?? {}));
  });
  const settings = settingsFor(character, systems, served, hooks.url);
  const kit = await openHandshakeKit(settings, { seed: 7 });
  users = kit.users;
  try {
    return await athHandshake.runWith(kit, { settings, seed: 7, runs: 5 });
  } finally {
    await Promise.all([kit, served, hooks, legacy].map((open) => open.close()));
  }
}

function settingsFor(character: Character, systems: readonly System[], { url }: Served, operator: string): Settings {
  const {
    basePath,
    path,
    correlation,
    signature,
    algorithms,
    versions,
    question,
    restrictions,
    lifetimes,
    audit,
    api,
  } = character;
  const headers = { "Content-Type": "application/json" };
  const hook = (to: string, body: string): HookRequest => ({ method: "POST", url: `${operator}${to}`, headers, body });
  const log = (from: string): HookRequest => ({ method: "GET", url: `${operator}${from}`, headers: {} });
  const lent = character.hooks === "all";
  const handshake: HandshakeSettings = {
    path,
    correlation,
    signature,
    ...(algorithms.includes("ES256") ? {} : { algorithm: "EdDSA" as const }),
    versions,
    agentDid: "did:ath:agent:{agent}",
    user: { did: "did:ath:user:mei" },
    ...(lent ? { secondUser: { did: "did:ath:user:jun" } } : {}),
    confirmation: { host: "127.0.0.1", port: 0, path: "/ask/{user}", answer: question.answer },
    ttlS: Math.min(600, lifetimes.tokenS),
    systems: systems.map(({ prefix, format, scopes }) => ({
      prefix,
      format: formats[format],
      scopes,
      unmapped: [`PUT ${prefix}/items`],
      sample: { title: "Reisebericht", count: 3, urgent: true },
    })),
    restrictions:
      restrictions === "none"
        ? {}
        : {
            ipWhitelist: "did:ath:agent:ip-{agent}",
            accessTime: "did:ath:agent:time-{agent}",
            rateLimit: "did:ath:agent:rate-{agent}",
          },
    hooks: lent
      ? {
          backendLog: log("/legacy"),
          backendFault: hook("/fault", '{"system": "{system}", "on": {on}}'),
          revokeToken: hook("/token", '{"token": "{token}"}'),
          revokeUser: hook("/user", '{"user": "{user}", "agent": "{agent}"}'),
        }
      : {},
  };
  return {
    target: { url: `${url}${basePath}`, headers: {}, features: api.perMinute < 1000 ? { rate_limit: true } : {} },
    agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
    providers: [],
    consent: { driver: "manual" },
    hooks: lent
      ? { clock: hook("/clock", '{"seconds": {seconds}}'), ...(audit === "none" ? {} : { audit: log("/audit") }) }
      : {},
    handshake,
    // Only a target that hangs takes so long, however busy the machine is.
    timeoutMs: 20_000,
  };
}
