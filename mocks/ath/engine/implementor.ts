import type { Clock } from "../../core/clock.ts";
import type { HttpHandler } from "../../core/http.ts";
import { type RandomSource, systemRandom } from "../../core/random.ts";
import { type ActiveFault, type Fault, type RuleBook, ruleBook } from "../../core/rules.ts";
import type { AuditLine } from "../audit-entry.ts";
import { athFaults } from "../faults/index.ts";
import { honestRules } from "../honest.ts";
import type { AthRules } from "../rules.ts";
import type { Settings } from "../settings.ts";
import { clearState, emptyState, type StateSizes, sizesOf } from "../state.ts";
import { refusalAnswer } from "./answers.ts";
import type { AthContext, AthHooks } from "./context.ts";
import { type HttpClient, httpClient, NoAnswerError } from "./http-client.ts";
import { identityDocuments } from "./identity-documents.ts";
import { type Route, router } from "./route.ts";
import { handshakeRoutes } from "./routes.ts";
import { sweeper } from "./sweep.ts";

/** An issued token as the control API shows it: without the token. */
export interface IssuedToken {
  readonly agent_id: string;
  readonly user_id: string;
  readonly provider_id: string;
  readonly effective_scopes: readonly string[];
  readonly issued_at: string;
  readonly expires_at: string;
  readonly revoked: boolean;
}

/** A running reference implementor. */
export interface AthImplementor {
  readonly handler: HttpHandler;
  readonly book: RuleBook<AthRules>;
  /** The audit log, oldest first. */
  audit(): readonly AuditLine[];
  tokens(): readonly IssuedToken[];
  /** How much is remembered. */
  sizes(): StateSizes;
  /** Forgets agents, sessions, tokens, everything; faults stay. */
  reset(): void;
  /** Ends the connections to other servers. */
  close(): void;
}

export interface ImplementorOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly faults?: readonly ActiveFault[];
  /** The faults that it can have; default: all of the engine's. */
  readonly knownFaults?: readonly Fault<AthRules>[];
  /** Default: nobody can guess it. */
  readonly random?: RandomSource;
  readonly hooks?: Partial<AthHooks>;
  /** How other servers are asked; default: over node's own HTTP. */
  readonly client?: HttpClient;
  /** The routes beside the handshake's. */
  readonly routes: (context: AthContext) => readonly Route[];
}

/** How identity documents are asked for: no redirects, a size limit, time-outs, JSON only. */
function fetchingHooks(settings: Settings, rules: AthRules, client: HttpClient): AthHooks & { close(): void } {
  const { identityMaxBytes: maxBytes, identityTimeoutMs: configuredMs } = settings.limits;
  return {
    exchange: client.exchange,
    close: client.close,
    async fetchText(url) {
      const timeouts = rules["identity.timeouts"]({ configuredMs });
      const headers = { accept: "application/json" };
      const { status, body } = await client.exchange({ method: "GET", url, headers, timeouts, maxBytes });
      if (status !== 200) throw new NoAnswerError("CONNECTION", `answered with status ${status}`);
      return body.toString("utf8");
    },
  };
}

/** Puts rules, state and routes together. */
export function athImplementor(options: ImplementorOptions): AthImplementor {
  const { settings, clock } = options;
  const book = ruleBook(honestRules, options.knownFaults ?? athFaults, options.faults);
  const { rules } = book;
  const state = emptyState();
  const fetching = fetchingHooks(settings, rules, options.client ?? httpClient());
  const hooks: AthHooks = {
    fetchText: options.hooks?.fetchText ?? fetching.fetchText,
    exchange: options.hooks?.exchange ?? fetching.exchange,
  };
  const documents = identityDocuments({ state, rules, clock, fetchText: hooks.fetchText });
  const random = options.random ?? systemRandom;
  const context: AthContext = { settings, state, rules, clock, random, documents, hooks };
  const basePath = new URL(settings.publicUrl).pathname.replace(/\/$/, "");
  const route = router([...handshakeRoutes(context), ...options.routes(context)], basePath);
  const sweep = sweeper(state);

  return {
    book,
    async handler(request, peer) {
      try {
        sweep(clock.now());
        return await route(request, peer?.rawTarget ?? request.url);
      } catch (error) {
        return refusalAnswer(rules, error);
      }
    },
    audit: () => [...state.audit],
    tokens: () =>
      [...state.tokens.values()].map((token) => ({
        agent_id: token.agentId,
        user_id: token.userId,
        provider_id: token.providerId,
        effective_scopes: token.effectiveScopes,
        issued_at: new Date(token.issuedAt).toISOString(),
        expires_at: new Date(token.expiresAt).toISOString(),
        revoked: token.revokedAt !== undefined,
      })),
    sizes: () => sizesOf(state),
    reset: () => clearState(state),
    close: fetching.close,
  };
}
