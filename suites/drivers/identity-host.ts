import { header } from "../engine/evidence.ts";
import type { Recorder } from "../engine/recorder.ts";
import type { AgentKey, IdentityDocumentHost } from "./agent.ts";
import { type AgentAddress, type AgentIds, createAgentIds } from "./agent-ids.ts";
import { newAgentKey } from "./agent-key.ts";
import { type Arrival, jsonAnswer, type KitBehaviour, openKitServer, pageAnswer, recordArrival } from "./kit-server.ts";
import type { Settings } from "./settings.ts";
import { type Witnesses, witnessCall } from "./witness.ts";

/** What the kit publishes for one agent. */
export interface AgentSite {
  readonly address: AgentAddress;
  readonly landingUri: string;
  /** The key that signs now. */
  key(): AgentKey;
  readonly identity: IdentityDocumentHost;
}

/** The kit's servers for identity documents, and the pages where browsers land. */
export interface IdentityHost {
  /** How the target reaches it. */
  readonly base: string;
  newSite(recorder: Recorder): AgentSite;
  /** True for URLs below this host, where browsers of the kit may go. */
  owns(url: URL): boolean;
  /** The next URL at which a browser lands and that `wanted` accepts; undefined when none comes in time. */
  landing(wanted: (url: URL) => boolean, timeoutMs: number): Promise<URL | undefined>;
  close(): Promise<void>;
}

export interface IdentityHostOptions {
  readonly settings: Settings;
  readonly runId: string;
  readonly witnesses: Witnesses;
  readonly now: () => number;
}

/** Serves one path of an agent. */
type Resource = () => KitBehaviour;

interface Site {
  readonly recorder: Recorder;
  readonly address: AgentAddress;
  readonly resources: Map<string, Resource>;
}

const landingPath = "/landing";
/** Who stands behind the kit's agents, unless a check says otherwise. */
export const kitDeveloper = { name: "Gateproof", id: "gateproof", contact: "gateproof@example.com" } as const;

/** Starts the servers. Throws SetupError when an address cannot be used. */
export async function openIdentityHost(options: IdentityHostOptions): Promise<IdentityHost> {
  const { settings, runId, witnesses, now } = options;
  const { host, ports, baseUrl, idTemplate } = settings.agents;
  const sites = new Map<string, Site>();
  const watchers = new Set<(url: URL) => void>();

  const handle = (arrival: Arrival): KitBehaviour => {
    const at = now();
    const [path = "", query] = pathOf(arrival.target).split("?", 2);
    const local = `http://${header(arrival, "host") ?? `${host}:${arrival.port}`}`;
    const found = ids?.locate(header(arrival, "host") ?? "", path, arrival.port);
    const site = found && sites.get(found.name);
    const resource = site?.resources.get(found?.rest ?? "");
    if (site !== undefined && resource !== undefined) {
      const answer = resource();
      const as = { to: "identity-host", purpose: "identity-document", origin: local, at } as const;
      recordArrival(site.recorder, arrival, answer, as);
      return answer;
    }
    if (site !== undefined && found?.rest.startsWith(landingPath)) {
      const landed = new URL(`${site.address.beside(found.rest)}${query === undefined ? "" : `?${query}`}`);
      for (const watcher of watchers) watcher(landed);
      return pageAnswer(200, "Done", "The agent has what it needs. You can close this page.");
    }
    const answer = jsonAnswer(404, { error: "not_found" });
    const witness = witnesses.of(arrival.target);
    if (witness !== undefined) witnessCall(witness, { arrival, answer, origin: local, at, to: "other" });
    return answer;
  };

  const wanted = idTemplate.includes("{port}") ? ports : ports.slice(0, 1);
  const opening = wanted.map((port) => openKitServer({ host, port, setting: "agents.listen", handle }));
  const opened = (await Promise.allSettled(opening)).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const close = async () => {
    await Promise.all(opened.map((server) => server.close()));
  };
  let ids: AgentIds | undefined;
  try {
    const [first] = await Promise.all(opening);
    const base = (baseUrl ?? first?.origin ?? "").replace(/\/+$/, "");
    ids = createAgentIds({ template: idTemplate, base, ports: opened.map(({ port }) => port), runId });
    return { base, newSite: publisher(ids), owns, landing, close };
  } catch (error) {
    await close();
    throw error;
  }

  function publisher(from: AgentIds): IdentityHost["newSite"] {
    return (recorder) => {
      const site: Site = { recorder, address: from.next(), resources: new Map() };
      sites.set(site.address.name, site);
      return publishAgent(site);
    };
  }

  function owns(url: URL): boolean {
    const found = ids?.locate(url.host, url.pathname, Number(url.port));
    const site = found && sites.get(found.name);
    return site !== undefined && url.href.startsWith(site.address.beside("/"));
  }

  function landing(accepts: (url: URL) => boolean, timeoutMs: number): Promise<URL | undefined> {
    return new Promise((resolve) => {
      const end = (url?: URL) => {
        clearTimeout(timer);
        watchers.delete(watcher);
        resolve(url);
      };
      const watcher = (url: URL) => {
        if (accepts(url)) end(url);
      };
      // Whoever waits keeps a server open; the timer alone must not keep the process alive.
      const timer = setTimeout(end, timeoutMs).unref();
      watchers.add(watcher);
    });
  }
}

/** Path and query of a request target, which may be in absolute form (RFC 9112 § 3.2.2). */
function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, "");
}

/** Publishes an agent with a fresh key at its site. */
function publishAgent({ address, resources }: Site): AgentSite {
  let key = newAgentKey();
  let fetches = 0;
  let behaviour: "answer" | "never-answer" | "drip" = "answer";
  let document: Record<string, unknown> = {
    ath_version: "0.1",
    agent_id: address.id,
    name: "Gateproof test agent",
    developer: kitDeveloper,
    capabilities: [],
    public_key: key.publicJwk,
  };
  const documentPath = address.id.slice(address.beside("").length);
  resources.set(documentPath.split("?", 1)[0] ?? documentPath, () => {
    fetches += 1;
    if (behaviour === "never-answer") return "never";
    return behaviour === "drip" ? "drip" : jsonAnswer(200, document);
  });

  return {
    address,
    landingUri: address.beside(landingPath),
    key: () => key,
    identity: {
      document: () => document,
      publish(members) {
        const changed = { ...document, ...members };
        document = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
      },
      async rotate() {
        const old = key;
        key = newAgentKey();
        document = { ...document, public_key: key.publicJwk };
        return old;
      },
      behave(how) {
        behaviour = how;
      },
      fetches: () => fetches,
      serveBeside(name, contentType, body) {
        const path = `/beside/${encodeURIComponent(name)}`;
        const answer = { status: 200, headers: { "Content-Type": contentType }, body: Buffer.from(body) };
        resources.set(path, () => answer);
        return address.beside(path);
      },
    },
  };
}
