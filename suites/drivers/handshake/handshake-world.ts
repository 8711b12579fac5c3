import { notTested } from "../../engine/stop.ts";
import type { WorldOptions } from "../../engine/world.ts";
import { callHook, readLog } from "../hooks.ts";
import { httpActs, recordingActs } from "../http-acts.ts";
import type { HttpClient } from "../http-client.ts";
import type { KitClock } from "../kit-clock.ts";
import type { Leavings } from "../leavings.ts";
import type { Settings } from "../settings.ts";
import { createWire } from "../wire.ts";
import type { HandshakeAgent } from "./agent.ts";
import type { Channel, ConfirmationDesk } from "./confirmations.ts";
import { createHandshakeAgent } from "./handshake-agent.ts";
import { createInbox } from "./inbox.ts";
import { type HandshakeKey, newHandshakeKey } from "./keys.ts";
import { announceSecrets } from "./secrets.ts";
import type { HandshakeSettings } from "./settings.ts";
import { createHandshakeUser, type HandshakeUser } from "./user.ts";
import type { HandshakeWorld, NewAgentOptions } from "./world.ts";

/** What all worlds of a run share. */
export interface HandshakeSurroundings {
  readonly settings: Settings;
  readonly handshake: HandshakeSettings;
  readonly clock: KitClock;
  readonly client: HttpClient;
  readonly desk: ConfirmationDesk;
  readonly userKeys: Readonly<Partial<Record<Channel, HandshakeKey>>>;
  /** A name for one agent, unique in the run. */
  readonly nextName: () => string;
  readonly leavings: Leavings;
}

/** A fresh world for one check or one generated case. */
export function createHandshakeWorld(surroundings: HandshakeSurroundings, options: WorldOptions): HandshakeWorld {
  const { settings, handshake, clock, client, desk, userKeys, nextName, leavings } = surroundings;
  const { recorder } = options;
  const base = settings.target.url;
  const { hooks, systems } = handshake;
  const wire = createWire(client, recorder, clock.now);
  const scopes = [...new Set(systems.flatMap((system) => Object.keys(system.scopes)))];
  const marker = nextName();
  let first: HandshakeAgent | undefined;
  const users = new Map<Channel, HandshakeUser>();

  const newKey = (algorithm: HandshakeKey["algorithm"] = handshake.algorithm ?? "ES256") =>
    newHandshakeKey(algorithm, handshake.signature);
  const userWith = (did: string, key: HandshakeKey) => createHandshakeUser({ did, key, recorder, now: clock.now });

  function userOf(channel: Channel): HandshakeUser {
    const known = users.get(channel);
    if (known !== undefined) return known;
    const settingsOf = channel === "user" ? handshake.user : handshake.secondUser;
    const key = userKeys[channel];
    if (settingsOf === undefined || key === undefined) return missing("second-user-missing", "a second user");
    const user = userWith(settingsOf.did, key);
    users.set(channel, user);
    return user;
  }

  const operationOf = (scope: string) =>
    systems
      .map((system) => (Object.hasOwn(system.scopes, scope) ? system.scopes[scope]?.[0] : undefined))
      .find(Boolean);

  function newAgent({ algorithm, did, key, template = handshake.agentDid }: NewAgentOptions = {}): HandshakeAgent {
    const agentDid = did ?? template.replaceAll("{agent}", nextName());
    const inbox = createInbox({
      mode: handshake.confirmation.answer,
      recorder,
      userOf,
      now: clock.now,
      post(answer) {
        announceSecrets(answer, recorder);
        return wire.send({
          from: "user",
          to: "target",
          purpose: "confirmation-answer",
          method: "POST",
          url: `${base}${handshake.path}/confirmations`,
          headers: [["Accept", "application/json"], ["Content-Type", "application/json"], ...configured()],
          body: Buffer.from(JSON.stringify(answer)),
        });
      },
    });
    desk.listen(agentDid, inbox);
    return createHandshakeAgent({
      did: agentDid,
      key: key ?? newKey(algorithm),
      settings,
      handshake,
      wire,
      recorder,
      inbox,
      now: clock.now,
      marker,
      scopes,
      user: () => userOf("user"),
      operationOf,
      leavings,
      async takeBack(token) {
        if (hooks.revokeToken === undefined) return false;
        await callHook(wire, "revoke_token", hooks.revokeToken, { token });
        return true;
      },
    });
  }

  const configured = () => Object.entries(settings.target.headers);

  return {
    ...httpActs({ settings, clock, wire }, options),
    ...recordingActs(options, (own) => createHandshakeWorld(surroundings, own)),
    settings,
    handshake,
    base,
    marker,
    get agent() {
      first ??= newAgent();
      return first;
    },
    get user() {
      return userOf("user");
    },
    get secondUser() {
      return userOf("second-user");
    },
    newAgent,
    newUser: () => userWith(`did:ath:user:${nextName()}`, newKey()),
    newKey,
    scopes,
    get system() {
      return systems[0] ?? missing("no-system", "a system");
    },
    operationOf,
    backendLog: () => readLog(wire, "backend_log", hooks.backendLog),
    async failBackend({ prefix }, on) {
      const fill = { system: prefix.replace(/^\//, ""), on: String(on === "on") };
      await callHook(wire, "backend_fault", hooks.backendFault, fill);
    },
    async revokeToken(token) {
      recorder.secret(token, "ath-token");
      await callHook(wire, "revoke_token", hooks.revokeToken, { token });
      leavings.revoked(token);
    },
    async revokeUser(user, agent) {
      await callHook(wire, "revoke_user", hooks.revokeUser, { user: user.did, agent: agent.did });
    },
    repeat: (reply) => wire.repeat(reply),
  };
}

function missing(reasonCode: string, what: string): never {
  throw notTested(reasonCode, `the check needs ${what} of the target, and none is configured`, {
    cause: "configuration",
    mend: `configure ${what} under handshake`,
  });
}
