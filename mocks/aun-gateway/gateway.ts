import type { TimerClock } from "../core/clock.ts";
import { type FaultBoard, joinedFaultBoards } from "../core/fault-board.ts";
import type { HttpHandler } from "../core/http.ts";
import { errorResponse } from "../core/json.ts";
import type { UpgradeHandler } from "../core/node-server.ts";
import { type RandomSource, systemRandom } from "../core/random.ts";
import { type ActiveFault, type RuleBook, ruleBook } from "../core/rules.ts";
import { createAuthService } from "./auth/service.ts";
import type { ShownConnection } from "./connect/connection.ts";
import { pairingCodes } from "./connect/pairing.ts";
import { registry } from "./connect/registry.ts";
import type { AunContext } from "./context.ts";
import { aunFaults } from "./faults/index.ts";
import { type Dial, dialWebSocket } from "./federation/dial.ts";
import type { ShownLink } from "./federation/federation.ts";
import { federation } from "./federation/outbound.ts";
import { honestAunRules } from "./honest.ts";
import { setBounded } from "./messages/bounded.ts";
import { mailboxes } from "./messages/mailbox.ts";
import type { AuthService, IssuedIdentity } from "./method.ts";
import type { AunRules } from "./rules.ts";
import { gatewayMethods } from "./session/methods.ts";
import { Session } from "./session/session.ts";
import type { Transport } from "./session/transport.ts";
import { webSocketUpgrade } from "./session/web-socket.ts";
import {
  type AunLimits,
  type AunSettings,
  type ConflictPolicy,
  defaultAunLimits,
  type VersionRange,
} from "./settings.ts";
import { socketWire } from "./wire/socket-wire.ts";

export interface AunGatewayOptions {
  /** The domain whose AIDs live here, for example `agentid.test`. */
  readonly issuer: string;
  /** The WebSocket URL that discovery gives. */
  readonly gatewayUrl: () => string;
  readonly clock: TimerClock;
  readonly faults?: readonly ActiveFault[];
  /** Default: nobody can guess it. */
  readonly random?: RandomSource;
  /** Default `refuse`. */
  readonly conflict?: ConflictPolicy;
  /** The protocol versions it speaks. Default 1.0 alone. */
  readonly protocol?: VersionRange;
  /** JSON-RPC code of slot and mode conflicts. Default 4009. */
  readonly conflictCode?: number;
  /** WebSocket URL of the gateway of another issuer, by issuer. */
  readonly peers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<AunLimits>;
  /** How other gateways are reached, where the network is not the way. */
  readonly dial?: Dial;
}

/** A running reference gateway. */
export interface AunGateway {
  /** The HTTP side: discovery, certificates, health. */
  readonly handler: HttpHandler;
  /** The WebSocket side behind `ws`. */
  readonly upgrade: UpgradeHandler;
  /** The WebSocket side behind anything else; undefined while the gateway plays dead. */
  open(transport: Transport, address?: string): Session | undefined;
  readonly book: RuleBook<AunRules>;
  /** The faults of `book` and those of the wire. */
  readonly board: FaultBoard;
  readonly auth: AuthService;
  /** Makes a pairing code for an AID; it need not exist yet. */
  pair(aid: string): string;
  connections(): readonly ShownConnection[];
  /** Open WebSockets, authenticated or not. */
  openSessions(): number;
  peers(): readonly ShownLink[];
  identities(): readonly IssuedIdentity[];
  /** Ends every connection and forgets everything but the chain; faults stay. */
  reset(): void;
  close(): void;
}

/** The gateway goes away (RFC 6455 § 7.4.1). */
const goingAway = 1001;

/** Frames up to this many times the limit are read, so that the refusal can name the request. */
const readTimes = 2;

/** AIDs whose first tokens are remembered. */
const mostFirstUses = 10_000;

/**
 * The reference AUN gateway: discovery and certificates over HTTP, sessions over WebSocket, the auth service, connection
 * rules, messages, federation. Throws {@link UnknownFaultError}.
 */
export function createAunGateway(options: AunGatewayOptions): AunGateway {
  const { issuer, clock, random = systemRandom, gatewayUrl } = options;
  const book = ruleBook(honestAunRules, aunFaults, options.faults);
  const { rules } = book;
  const settings: AunSettings = {
    issuer,
    conflict: options.conflict ?? "refuse",
    conflictCode: options.conflictCode ?? 4009,
    protocol: options.protocol ?? { min: "1.0", max: "1.0" },
    peers: new Map(Object.entries(options.peers ?? {})),
    limits: { ...defaultAunLimits, ...options.limits },
  };
  const auth = createAuthService({ issuer, clock, rules, random, gatewayUrl });
  const sessions = new Set<Session>();
  const firstTokens = new Map<string, string>();
  let dead = false;

  const endAll = (code: number) => {
    for (const session of [...sessions]) session.close(code, "");
  };
  const context: AunContext = {
    settings,
    rules,
    clock,
    random,
    auth,
    registry: registry(),
    mail: mailboxes(random),
    pairing: pairingCodes(clock, random),
    federation: federation({
      settings,
      rules,
      clock,
      random,
      dial: options.dial ?? dialWebSocket,
      sign: (text) => auth.signAsIssuer(text),
    }),
    everyNonce: () => [...sessions].map(({ nonce }) => nonce),
    crash() {
      dead = true;
      endAll(goingAway);
    },
    isFirstUse(aid, token) {
      const first = firstTokens.get(aid) !== token;
      if (first) setBounded(firstTokens, aid, token, mostFirstUses);
      return first;
    },
  };
  const methods = gatewayMethods(context);
  const wire = socketWire();

  const open = (transport: Transport, address = "") => {
    if (dead) return undefined;
    const session = new Session(context, methods, transport, address, (ended) => sessions.delete(ended));
    sessions.add(session);
    return session;
  };
  const longestFrame = () => readTimes * rules["rpc.frameLimit"]({ configured: settings.limits.frameCharacters });
  const upgrade = webSocketUpgrade({ open, longestFrame, wire });

  return {
    async handler(request) {
      return auth.http(request) ?? errorResponse(404, "NOT_FOUND", "nothing is here");
    },
    upgrade,
    open,
    book,
    board: joinedFaultBoards(book, wire),
    auth,
    pair: (aid) => context.pairing.issue(aid),
    connections: () => context.registry.shown(),
    openSessions: () => sessions.size,
    peers: () => context.federation.links(),
    identities: () => auth.issued(),
    reset() {
      dead = false;
      endAll(goingAway);
      context.federation.reset();
      context.registry.clear();
      context.mail.clear();
      context.pairing.clear();
      firstTokens.clear();
      auth.reset();
    },
    close() {
      endAll(goingAway);
      context.federation.close();
      upgrade.close();
    },
  };
}
