import { notTested } from "../engine/stop.ts";
import { SetupError } from "./setup-error.ts";

/** Where one agent lives, as the target sees it. */
export interface AgentAddress {
  /** Unique per run and agent; part of the path or the host unless ports tell the agents apart. */
  readonly name: string;
  /** The agent_id. */
  readonly id: string;
  /** The URL of something beside the document, `/landing` for example. */
  beside(path: string): string;
}

export interface AgentIdOptions {
  /** With {base}, {agent}, {port}. */
  readonly template: string;
  readonly base: string;
  /** The ports that the kit listens on. */
  readonly ports: readonly number[];
  /** Of this run; lower-case letters and digits. */
  readonly runId: string;
}

/** Tells what of a request belongs to which agent: {@link createAgentIds}. */
export interface AgentIds {
  next(): AgentAddress;
  /** The agent's name and what of the path is the agent's own, `/.well-known/agent.json` for example. */
  locate(host: string, path: string, port: number): { readonly name: string; readonly rest: string } | undefined;
}

/** Gives agents their ids after the configured template. Throws SetupError when it would give all agents the same. */
export function createAgentIds({ template, base, ports, runId }: AgentIdOptions): AgentIds {
  const byPort = new Map<number, string>();
  const freePorts = [...ports];
  let count = 0;
  const pattern = new RegExp(`gp${runId}-[0-9a-z]+`);
  const named = template.includes("{agent}");
  if (!named && !template.includes("{port}")) {
    const message = `agents.id_template: ${JSON.stringify(template)} gives every agent the same id`;
    throw new SetupError("id-template", message, "put {agent} or {port} into it");
  }
  const sample = template.replaceAll("{base}", base).replaceAll("{agent}", "a").replaceAll("{port}", "1");
  if (!URL.canParse(sample)) {
    const message = `agents.id_template: ${JSON.stringify(template)} makes no URI of the base ${JSON.stringify(base)}`;
    throw new SetupError("id-template", message, 'use for example "{base}/agents/{agent}/.well-known/agent.json"');
  }

  const portFor = (name: string): number => {
    if (named) return ports[0] ?? 0;
    const port = freePorts.shift();
    if (port === undefined) {
      throw notTested("agent-ids-exhausted", `all ${ports.length} ports of agents.listen are given to agents`, {
        cause: "configuration",
        mend: "give agents.listen a wider range of ports, or put {agent} into agents.id_template",
      });
    }
    byPort.set(port, name);
    return port;
  };

  /** Splits a path behind the segment part that names the agent; a path without a name is the agent's as a whole. */
  const ownPart = (path: string) => {
    const found = pattern.exec(path);
    return found === null ? undefined : { name: found[0], rest: path.slice(found.index + found[0].length) };
  };

  return {
    next() {
      count += 1;
      const name = `gp${runId}-${count.toString(36)}`;
      const id = template
        .replaceAll("{base}", base)
        .replaceAll("{agent}", name)
        .replaceAll("{port}", String(portFor(name)));
      const { origin, pathname } = new URL(id);
      const inPath = pattern.exec(pathname);
      const root = inPath === null ? origin : `${origin}${pathname.slice(0, inPath.index + name.length)}`;
      return { name, id, beside: (path) => `${root}${path}` };
    },
    locate(host, path, port) {
      const inPath = ownPart(path);
      if (inPath !== undefined) return inPath;
      const name = pattern.exec(host.toLowerCase())?.[0] ?? byPort.get(port);
      return name === undefined ? undefined : { name, rest: path };
    },
  };
}
