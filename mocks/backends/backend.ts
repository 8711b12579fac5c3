import type { JsonObject } from "../ath/json.ts";
import type { Clock } from "../core/clock.ts";
import type { HttpHandler } from "../core/http.ts";
import { BodyError, errorResponse, readBody } from "../core/json.ts";

/** A request as it arrived at a backend; the backend's own credentials are masked, nothing else is. */
export interface BackendRequest {
  /** ISO 8601. */
  readonly at: string;
  readonly system: string;
  readonly method: string;
  /** With query. */
  readonly path: string;
  /** Names in lower case; repeated fields are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether it came with the credential that the backend gave the gateway. */
  readonly authenticated: boolean;
  /** What it answered; undefined: nothing yet. */
  answer: string | undefined;
}

/** Who calls: somebody with the right credential, with none (served as well, as of old), or with a wrong one. */
export type BackendCaller = "known" | "guest" | "refused";

/** How a backend fails on purpose: with status 500, or by never answering. */
export type BackendFailure = "error" | "stall";

/** A legacy system: it knows nothing of ATH. */
export interface LegacyBackend {
  readonly handler: HttpHandler;
  /** The latest requests, oldest first. */
  requests(): readonly BackendRequest[];
  /** Fails from now on; undefined: works again. */
  fail(failure: BackendFailure | undefined): void;
  /** Works again, and forgets what arrived. */
  clear(): void;
}

/** A request with what a backend's own code needs of it. */
export interface BackendExchange {
  readonly request: Request;
  readonly path: string;
  /** Raw, without its question mark. */
  readonly query: string;
  readonly body: string;
}

export interface BackendOptions {
  readonly name: string;
  readonly clock: Clock;
  /** Never shown. */
  readonly secrets: () => Iterable<string>;
  readonly callerOf: (request: Request) => BackendCaller;
  readonly answer: (exchange: BackendExchange, caller: BackendCaller) => Response;
  /** How this system says that it is broken. */
  readonly broken: () => Response;
}

const remembered = 200;
const bodyBytes = 4 * 1024 * 1024;

/** Listens, logs, fails when told to. */
export function legacyBackend(options: BackendOptions): LegacyBackend {
  const { name, clock, secrets, callerOf, answer, broken } = options;
  let seen: BackendRequest[] = [];
  let failure: BackendFailure | undefined;
  let stalled: (() => void)[] = [];

  const masked = (text: string) => {
    let shown = text;
    for (const secret of secrets()) shown = shown.replaceAll(secret, "***");
    return shown;
  };
  const release = () => {
    for (const resume of stalled) resume();
    stalled = [];
  };
  const handle: HttpHandler = async (request, peer) => {
    const { pathname, search } = new URL(request.url);
    const target = peer?.rawTarget ?? pathname + search;
    const body = Buffer.from(await readBody(request, bodyBytes)).toString("utf8");
    const caller = callerOf(request);
    const authenticated = caller === "known";
    const headers = Object.fromEntries([...request.headers].map(([field, value]) => [field, masked(value)]));
    const at = new Date(clock.now()).toISOString();
    const { method } = request;
    const path = masked(target);
    const entry: BackendRequest = {
      at,
      system: name,
      method,
      path,
      headers,
      body: masked(body),
      authenticated,
      answer: undefined,
    };
    seen.push(entry);
    if (seen.length >= 2 * remembered) seen = seen.slice(-remembered);
    if (failure === "error") return broken();
    if (failure === "stall") await new Promise<void>((resolve) => stalled.push(resolve));
    const mark = target.indexOf("?");
    const bare = mark === -1 ? target : target.slice(0, mark);
    const response = answer({ request, path: bare, query: mark === -1 ? "" : target.slice(mark + 1), body }, caller);
    entry.answer = masked(await response.clone().text());
    return response;
  };

  return {
    async handler(request, peer) {
      try {
        return await handle(request, peer);
      } catch (error) {
        if (error instanceof BodyError) return errorResponse(error.status, error.code, error.message);
        return broken();
      }
    },
    requests: () => seen.slice(-remembered),
    fail(wanted) {
      failure = wanted;
      release();
    },
    clear() {
      failure = undefined;
      seen = [];
      release();
    },
  };
}

/** What a system answers to an operation: some records of its own, and what it was told. */
export function recordsAnswer(operation: string, records: readonly JsonObject[], received: JsonObject): JsonObject {
  return { operation, records, received };
}
