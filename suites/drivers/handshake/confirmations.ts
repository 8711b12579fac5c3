import { parseJson, text } from "../../engine/json.ts";
import { type Arrival, jsonAnswer, type KitBehaviour, openKitServer } from "../kit-server.ts";
import type { ConfirmationSettings } from "./settings.ts";

/** The users' channels, as the configured path tells them apart. */
const channels = ["user", "second-user"] as const;
export type Channel = (typeof channels)[number];

/** A request for confirmation on its way to whoever waits for it. */
export interface Asked {
  readonly arrival: Arrival;
  readonly channel: Channel;
  /** It names no agent of this run; `witness`: another inbox answers it. */
  readonly stray: "no" | "answer" | "witness";
  /** Where the users' server listens. */
  readonly origin: string;
}

/** An agent whose users may be asked. */
export interface Listener {
  /** Whether a scope_request of the agent is open. */
  waiting(): boolean;
  asked(asked: Asked): KitBehaviour | Promise<KitBehaviour>;
}

/** The users' side of the confirmation channel: one server, where each request finds its agent by client_did. */
export interface ConfirmationDesk {
  /** The URL that the gateway must know for the user. */
  urlOf(channel: Channel): string;
  listen(agentDid: string, listener: Listener): void;
  close(): Promise<void>;
}

/** Starts the users' server. Throws SetupError when the address cannot be used. */
export async function openConfirmationDesk(settings: ConfirmationSettings): Promise<ConfirmationDesk> {
  const { host, port, path, baseUrl } = settings;
  const byDid = new Map<string, Listener[]>();
  const pathOf = (channel: Channel) => path.replaceAll("{user}", channel);
  let origin = "";

  const handle = (arrival: Arrival): KitBehaviour | Promise<KitBehaviour> => {
    const route = arrival.target.split("?", 1)[0] ?? "";
    // Behind a proxy the path may have got a prefix.
    const channel = channels.find((one) => route.endsWith(pathOf(one)));
    if (channel === undefined) return jsonAnswer(404, { code: "NOT_FOUND", message: "no user has this address" });
    const named = byDid.get(text(parseJson(arrival.body.toString("utf8")), "client_did") ?? "");
    const listener = named?.findLast((one) => one.waiting()) ?? named?.at(-1);
    if (listener !== undefined) return listener.asked({ arrival, channel, stray: "no", origin });
    // Whose it is, nobody can tell: all who wait for a question see it, and one of them says that it is unwelcome.
    const [first, ...others] = [...byDid.values()].flat().filter((one) => one.waiting());
    for (const waiting of others) void waiting.asked({ arrival, channel, stray: "witness", origin });
    if (first !== undefined) return first.asked({ arrival, channel, stray: "answer", origin });
    return jsonAnswer(404, { code: "UNKNOWN_AGENT", message: "the user knows no such agent" });
  };

  const server = await openKitServer({ host, port, setting: "handshake.confirmation.listen", handle });
  origin = server.origin;
  return {
    urlOf: (channel) => `${baseUrl ?? origin}${pathOf(channel)}`,
    listen(agentDid, listener) {
      byDid.set(agentDid, [...(byDid.get(agentDid) ?? []), listener]);
    },
    close: () => server.close(),
  };
}
