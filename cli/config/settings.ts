import type { Config } from "../../schemas/index.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { listenAddress, urlProblem } from "./address.ts";
import { aunSettings, issuerOfHost } from "./aun.ts";
import { type Collect, consentSettings } from "./consent.ts";
import { handshakeSettings } from "./handshake.ts";
import { checkHeaders, hookSettings } from "./hooks.ts";
import type { Problem } from "./problem.ts";

/** What every configuration has unless it says otherwise. */
export const defaults = {
  listen: "127.0.0.1:0",
  idTemplate: "{base}/agents/{agent}/.well-known/agent.json",
  timeoutMs: 10_000,
} as const;

/**
 * The settings of a valid configuration, defaults filled in, with what the schema cannot say checked: URLs, ports,
 * headers, and what one key demands of another. `folder`: what relative paths are relative to.
 */
export async function settingsOf(
  config: Config,
  folder: string,
): Promise<{ readonly settings: Settings; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const add: Collect = (path, problem) => {
    problems.push({ path, problem });
  };
  const { target = {}, agents = {}, providers = [], consent, hooks = {} } = config;
  const { headers = {}, features = {} } = target;
  const url = baseUrl(target.url ?? "", ["target", "url"], add, true);
  checkHeaders(headers, ["target", "headers"], add);
  for (const [index, { id }] of providers.entries()) {
    if (providers.findIndex((other) => other.id === id) < index)
      add(["providers", String(index), "id"], `"${id}" is given twice`);
  }
  const settings: Settings = {
    target: { url, headers, features: { ...features } },
    agents: agentSettings(agents, add),
    providers: providers.map(({ id, scopes, operations = {}, unmapped = [] }) => ({
      id,
      scopes,
      operations,
      unmapped,
    })),
    consent: consentSettings(consent, folder, add),
    hooks: hookSettings(hooks, add),
    ...(config.handshake && { handshake: await handshakeSettings(config.handshake, folder, add) }),
    ...(needsAun(config, url) && { aun: await aunSettings(config.aun ?? {}, url, folder, add) }),
    timeoutMs: defaults.timeoutMs,
  };
  return { settings, problems };
}

/** Said in so many words, or by the address. */
function needsAun({ aun, profile }: Config, url: string): boolean {
  if (aun !== undefined || profile === "aun-gateway") return true;
  return url.startsWith("ws") || issuerOfHost(url) !== undefined;
}

function baseUrl(text: string, path: readonly string[], add: Collect, websocket?: true): string {
  const problem = urlProblem(text, { base: true, ...(websocket && { websocket }) });
  if (problem !== undefined) add(path, problem);
  return text.replace(/\/+$/, "");
}

function agentSettings(agents: NonNullable<Config["agents"]>, add: Collect): Settings["agents"] {
  const { listen = defaults.listen, base_url, id_template: idTemplate = defaults.idTemplate } = agents;
  const address = listenAddress(listen);
  if ("problem" in address) add(["agents", "listen"], address.problem);
  const { host, ports } = "problem" in address ? { host: "", ports: [] } : address;
  const sample = idTemplate
    .replaceAll("{base}", "http://127.0.0.1")
    .replaceAll("{agent}", "agent")
    .replaceAll("{port}", "1");
  const problem = urlProblem(sample, { base: true });
  if (problem !== undefined) add(["agents", "id_template"], problem);
  const unknown = /\{(?!base\}|agent\}|port\})[^}]*\}/.exec(idTemplate)?.[0];
  if (unknown !== undefined) add(["agents", "id_template"], `has ${unknown}; there are {base}, {agent} and {port}`);
  const base = base_url === undefined ? {} : { baseUrl: baseUrl(base_url, ["agents", "base_url"], add) };
  return { host, ports, idTemplate, ...base };
}
