import type { KeyObject } from "node:crypto";
import type { HandshakeConfig } from "../../schemas/index.ts";
import { httpClient, NoAnswerError } from "../ath/engine/http-client.ts";
import { splitTarget } from "../ath/engine/route.ts";
import { type Forward, forwarder } from "../ath-gateway/forwarder.ts";
import type { TimerClock } from "../core/clock.ts";
import type { HttpHandler, Peer } from "../core/http.ts";
import { jsonResponse } from "../core/json.ts";
import { knownResponse } from "../core/known-response.ts";
import { type RandomSource, systemRandom } from "../core/random.ts";
import { type ActiveFault, type RuleBook, ruleBook } from "../core/rules.ts";
import type { AuditLine } from "./audit-entry.ts";
import { log } from "./engine/audit-log.ts";
import { type BackendAccess, backendClient } from "./engine/backend-client.ts";
import { apiCall } from "./engine/call.ts";
import { deny } from "./engine/confirmation.ts";
import type { AskUser, HandshakeContext } from "./engine/context.ts";
import { confirmation, message } from "./engine/handshake.ts";
import { sweeper } from "./engine/sweep.ts";
import { handshakeFaults } from "./faults/index.ts";
import { honestRules } from "./honest.ts";
import { ownString } from "./json.ts";
import { parseJwt } from "./jwt.ts";
import { type ServerKeys, serverKeys } from "./keys.ts";
import { Refused, refusals } from "./refusal.ts";
import type { HandshakeRules } from "./rules.ts";
import { settingsOf } from "./settings.ts";
import { clearState, emptyState, remember, revocationKey, sizesOf } from "./state.ts";
import { type UserHabits, userHabits } from "./user-habits.ts";
import { userPages } from "./user-page.ts";

export interface HandshakeOptions {
  /** The base URL that agents and browsers know. */
  readonly publicUrl: string;
  readonly config: HandshakeConfig;
  readonly clock: TimerClock;
  readonly backends: readonly BackendAccess[];
  readonly faults?: readonly ActiveFault[];
  /** Default: nobody can guess it. */
  readonly random?: RandomSource;
  /** The gateway's own keys; default: fresh ones. */
  readonly keys?: ServerKeys;
  /** Private keys by DID of users that answer at the gateway's own page. */
  readonly userKeys?: ReadonlyMap<string, KeyObject>;
  /** Ways to the outside, where the network is not the way. */
  readonly hooks?: { readonly ask?: AskUser; readonly forward?: Forward };
}

/** An issued token as the control API shows it: without the token. */
export interface IssuedToken {
  readonly jti: string;
  readonly agent: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly issued_at: string;
  readonly expires_at: string;
  readonly revoked: boolean;
  /** SHA-256 of the session key of step 9, base64url; an agent can compare. */
  readonly session_key_sha256?: string;
}

/** A running gateway of the nine-step handshake. */
export interface AthHandshake {
  readonly handler: HttpHandler;
  readonly book: RuleBook<HandshakeRules>;
  /** What the users do whose keys the mock has. */
  readonly habits: UserHabits;
  /** The audit log, oldest first. */
  audit(): readonly AuditLine[];
  tokens(): readonly IssuedToken[];
  /** False: no such token is known. */
  revokeToken(token: string): boolean;
  /** Takes back what a user allowed an agent, tokens and credentials of before. */
  revokeUser(userDid: string, agentDid: string): void;
  /** How much is remembered, by the name of the store. */
  sizes(): Readonly<Record<string, number>>;
  /** Forgets handshakes, tokens, everything; faults stay. */
  reset(): void;
  /** Ends the connections to other servers. */
  close(): void;
}

/** More revocations than this are not remembered; the oldest are forgotten first. */
const MAX_REVOCATIONS = 10_000;

/** The largest answer of a user's channel. */
const CHANNEL_BYTES = 64 * 1024;

/** Asks over the network; a person may take his time. */
function askingOver(client: ReturnType<typeof httpClient>, lastsMs: number): AskUser {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const timeouts = { connectMs: 5_000, idleMs: undefined, totalMs: lastsMs };
  return async (url, json) => {
    try {
      const exchange = { method: "POST", url, headers, body: json, timeouts, maxBytes: CHANNEL_BYTES } as const;
      const { status, body } = await client.exchange(exchange);
      return { status, text: body.toString("utf8") };
    } catch (error) {
      if (error instanceof NoAnswerError) return undefined;
      throw error;
    }
  };
}

/** The ATHError of whatever was thrown; what is not a refusal is our own failure, and its text stays inside. */
function refusalAnswer(rules: HandshakeRules, error: unknown): Response {
  const refused = error instanceof Refused ? error : new Refused("internal", "the gateway failed");
  const { reason, message: text, members } = refused;
  const { status, code } = refusals[reason];
  const body = rules["errors.body"]({ reason, message: text, members });
  const challenge = code.startsWith("TOKEN_") ? { "www-authenticate": 'Bearer error="invalid_token"' } : {};
  return knownResponse(status, {
    headers: Object.entries({
      "content-type": body.contentType,
      "cache-control": "no-store",
      ...challenge,
      ...refused.headers,
    }),
    body: Buffer.from(body.text),
  });
}

function router(context: HandshakeContext, userKeys: ReadonlyMap<string, KeyObject>) {
  const { settings } = context;
  const basePath = new URL(settings.publicUrl).pathname.replace(/\/$/, "");
  const pages = userPages(context, userKeys);
  const { path: endpoint } = settings.binding;
  const posted = (request: Request) => {
    if (request.method === "POST") return;
    throw new Refused("method-unsupported", "this endpoint takes POST", { headers: { allow: "POST" } });
  };
  return (request: Request, peer: Peer | undefined): Promise<Response> => {
    const { path: whole, query } = splitTarget(peer?.rawTarget ?? request.url);
    const path = whole.startsWith(basePath) ? whole.slice(basePath.length) : whole;
    if (path === endpoint) {
      posted(request);
      return message(context, request);
    }
    if (path === `${endpoint}/confirmations`) {
      posted(request);
      return confirmation(context, request);
    }
    const system = settings.systems.get(path.split("/")[1] ?? "");
    if (system !== undefined) return apiCall(context, { request, peer, system, path, query });
    if (path.startsWith("/user/")) return pages.answer(request, path.slice("/user/".length));
    if (path === "/health") return Promise.resolve(jsonResponse({ ok: true, server_did: settings.serverDid }));
    throw new Refused("route-unknown", "there is no such endpoint");
  };
}

/**
 * The reference gateway of the nine-step handshake: it takes agents through the steps, asks users, issues tokens, and
 * forwards calls to legacy backends in their own forms. Throws {@link UnknownFaultError} and
 * {@link HandshakeConfigError}.
 */
export function createAthHandshake(options: HandshakeOptions): AthHandshake {
  const { publicUrl, config, clock, faults, userKeys = new Map(), hooks = {} } = options;
  const settings = settingsOf(publicUrl, config);
  const book = ruleBook(honestRules, handshakeFaults, faults);
  const { rules } = book;
  const state = emptyState();
  const network = forwarder();
  const channel = httpClient();
  const forward = hooks.forward ?? network.forward;
  const { backendTimeoutMs, confirmationTtlS } = settings.limits;
  const context: HandshakeContext = {
    settings,
    state,
    rules,
    clock,
    random: options.random ?? systemRandom,
    keys: options.keys ?? serverKeys(),
    answersOf: (request) => habits.answersTo(request),
    ask: hooks.ask ?? askingOver(channel, confirmationTtlS * 1000),
    backends: new Map(
      options.backends.map((access) => [access.kind, backendClient(access, forward, backendTimeoutMs)]),
    ),
  };
  const habits = userHabits(context, userKeys);
  const route = router(context, userKeys);
  const sweep = sweeper(context);

  return {
    book,
    habits,
    async handler(request, peer) {
      try {
        sweep();
        return await route(request, peer);
      } catch (error) {
        return refusalAnswer(rules, error);
      }
    },
    audit: () => [...state.audit],
    tokens: () =>
      [...state.tokens.values()].map((token) => ({
        jti: token.jti,
        agent: token.agentDid,
        user: token.userDid,
        scopes: token.scopes,
        issued_at: new Date(token.issuedAt).toISOString(),
        expires_at: new Date(token.expiresAt).toISOString(),
        revoked: token.revoked,
        ...(token.sessionKeyDigest === undefined ? {} : { session_key_sha256: token.sessionKeyDigest }),
      })),
    revokeToken(text) {
      const token = state.tokens.get(ownString(parseJwt(text)?.claims ?? {}, "jti") ?? "");
      if (token === undefined) return false;
      token.revoked = true;
      const { agentDid: agent, userDid: user, scopes } = token;
      log(context, { event: "token_revoked", outcome: "success", agent, user, scopes });
      return true;
    },
    revokeUser(user, agent) {
      remember(state.revocations, revocationKey(user, agent), clock.now(), MAX_REVOCATIONS);
      for (const handshake of rules["access.revocationEndsHandshakes"]() ? state.handshakes.values() : []) {
        if (handshake.agent.did === agent && handshake.grant?.userDid === user) handshake.stage = "ended";
      }
      for (const request of state.confirmations.values()) {
        const open = request.answer === undefined && request.user.did === user;
        if (open && request.handshake.agent.did === agent) deny(context, request);
      }
      log(context, { event: "user_revoked", outcome: "success", agent, user });
    },
    sizes: () => sizesOf(state),
    reset() {
      habits.clear();
      clearState(state);
    },
    close() {
      network.close();
      channel.close();
    },
  };
}
