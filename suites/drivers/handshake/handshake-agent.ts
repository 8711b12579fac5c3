import type { Purpose } from "../../engine/evidence.ts";
import { member, strings, text } from "../../engine/json.ts";
import type { Recorder } from "../../engine/recorder.ts";
import { notTested } from "../../engine/stop.ts";
import { requireGranted } from "../../kinds/control.ts";
import { unreadable } from "../journey-steps.ts";
import type { Leavings } from "../leavings.ts";
import type { Reply } from "../reply.ts";
import type { Settings } from "../settings.ts";
import { bendHeaders, type Wire } from "../wire.ts";
import type {
  CallOptions,
  CompleteOptions,
  Connection,
  Handshake,
  HandshakeAgent,
  HelloOptions,
  MessageBend,
  Offer,
  ProofOptions,
  ScopeGrant,
  ScopeOptions,
} from "./agent.ts";
import { carrying, handshakeIdIn } from "./correlation.ts";
import type { Inbox } from "./inbox.ts";
import { type HandshakeKey, signatureVerifies } from "./keys.ts";
import { handshakeComplete, handshakeRequest, identityProof, newNonce, scopeRequest } from "./messages.ts";
import { announceSecrets } from "./secrets.ts";
import type { HandshakeSettings } from "./settings.ts";
import type { Confirmation, HandshakeUser } from "./user.ts";

export interface HandshakeAgentOptions {
  readonly did: string;
  readonly key: HandshakeKey;
  readonly settings: Settings;
  readonly handshake: HandshakeSettings;
  readonly wire: Wire;
  readonly recorder: Recorder;
  /** Where the users' answers about this agent are given. */
  readonly inbox: Inbox;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Of the check, for the query of API calls. */
  readonly marker: string;
  /** Asked for unless a check wants others. */
  readonly scopes: readonly string[];
  /** Who consents unless a check names somebody. */
  readonly user: () => HandshakeUser;
  readonly operationOf: (scope: string) => string | undefined;
  /** Where it is noted what the target now knows. */
  readonly leavings: Leavings;
  /** Takes a token back, where the target offers a way. */
  readonly takeBack: (token: string) => Promise<boolean>;
}

/** An agent that speaks the nine-step handshake over the wire, in the configured binding. */
export function createHandshakeAgent(options: HandshakeAgentOptions): HandshakeAgent {
  return new NineStepAgent(options);
}

type Opened = Handshake & { readonly offer: Offer };

/** Ends the check as not-tested when the gateway told too little to go on. */
function withOffer(handshake: Handshake): Opened {
  return hasOffer(handshake) ? handshake : unreadable(handshake.reply, "handshake_request");
}

function hasOffer(handshake: Handshake): handshake is Opened {
  return handshake.offer !== undefined;
}

/** How one message goes out; `id` null: without the id of a handshake. */
interface Outgoing {
  readonly purpose: Purpose;
  readonly message: Readonly<Record<string, unknown>>;
  readonly bend: MessageBend;
  readonly id: string | null;
}

class NineStepAgent implements HandshakeAgent {
  readonly did: string;
  readonly key: HandshakeKey;
  readonly #options: HandshakeAgentOptions;

  constructor(options: HandshakeAgentOptions) {
    this.#options = options;
    this.did = options.did;
    this.key = options.key;
  }

  async hello(options: HelloOptions = {}): Promise<Handshake> {
    const { handshake, recorder } = this.#options;
    const { nonce = newNonce(), versions = handshake.versions } = options;
    const message = handshakeRequest(this, nonce, { ...options, versions }, this.#timestamp(options));
    const reply = await this.#send({ purpose: "handshake-hello", message, bend: options, id: null });
    const offer = readOffer(reply, handshake.correlation);
    // What the gateway signed is the nonce that it got, bends included.
    const sent = text({ ...message, ...options.body }, "nonce") ?? nonce;
    if (offer !== undefined && handshake.correlation !== "body") recorder.secret(offer.handshakeId, "cookie");
    return {
      agent: this,
      reply,
      nonce: sent,
      offer,
      // Verifying costs more than the message; only one check asks for it.
      get serverSigned() {
        return serverSigned(reply, sent, handshake.signature);
      },
      prove: (bend = {}) => this.#prove(offer, bend),
      request: (bend = {}) => this.#request(offer, bend),
      complete: (bend = {}) => this.#complete(offer, bend),
    };
  }

  async opened(options?: HelloOptions): Promise<Opened> {
    const handshake = await this.hello(options);
    requireGranted(handshake.reply, "handshake_request");
    return withOffer(handshake);
  }

  async proven(options?: HelloOptions): Promise<Opened> {
    const handshake = await this.opened(options);
    requireGranted(await handshake.prove(), "identity_proof");
    return handshake;
  }

  async granted(options?: ScopeOptions): Promise<ScopeGrant> {
    const handshake = await this.proven();
    const reply = await handshake.request(options);
    requireGranted(reply, "scope_request");
    return readGrant(reply, handshake);
  }

  async connected(options?: ScopeOptions): Promise<Connection> {
    const grant = await this.granted(options);
    const reply = await grant.handshake.complete();
    requireGranted(reply, "handshake_complete");
    return this.connection(grant, reply) ?? unreadable(reply, "handshake_complete");
  }

  connection(grant: ScopeGrant, reply: Reply): Connection | undefined {
    const token = text(reply.json, "access_token");
    if (!reply.granted || token === undefined) return undefined;
    const { leavings, takeBack, did } = this.#options;
    leavings.agent(did);
    leavings.token(token, () => takeBack(token));
    return { ...grant, reply, scopeReply: grant.reply, token };
  }

  call(connection: Connection | undefined, options: CallOptions = {}): Promise<Reply> {
    const { settings, wire, recorder, marker } = this.#options;
    const [method = "GET", path = "/"] = (options.operation ?? this.#operation(connection)).split(" ", 2);
    const token = options.token === undefined ? connection?.token : options.token;
    if (typeof token === "string") recorder.secret(token, "ath-token");
    const query = new URLSearchParams({ gp: marker, ...options.query }).toString();
    const body = options.body ?? (/^(POST|PUT|PATCH)$/.test(method) ? this.#sample(path) : undefined);
    const headers = bendHeaders(
      [
        ["Accept", "application/json"],
        ...Object.entries(settings.target.headers),
        ...(body === undefined ? [] : [["Content-Type", "application/json"] as const]),
        ...(typeof token === "string" ? [["Authorization", `Bearer ${token}`] as const] : []),
      ],
      options.headers,
    );
    return wire.send({
      from: "agent",
      to: "target",
      purpose: "api-call",
      method,
      url: `${settings.target.url}${path}${path.includes("?") ? "&" : "?"}${query}`,
      headers,
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
  }

  confirmations(): readonly Confirmation[] {
    return this.#options.inbox.confirmations();
  }

  #prove(offer: Offer | undefined, bend: ProofOptions): Promise<Reply> {
    const message = identityProof(this, offer, bend, this.#timestamp(bend));
    return this.#send({ purpose: "handshake-proof", message, bend, id: offer?.handshakeId ?? null });
  }

  #request(offer: Offer | undefined, bend: ScopeOptions): Promise<Reply> {
    const { scopes, handshake, user, inbox } = this.#options;
    if (scopes.length === 0 && bend.scopes === undefined) {
      throw notTested("operations-unknown", "the kit does not know a scope to ask for", {
        cause: "configuration",
        mend: "list the target's systems and their scopes in handshake.systems",
      });
    }
    const defaults = { scopes, ttlS: handshake.ttlS, user: user() };
    const message = scopeRequest(this, bend, defaults, this.#timestamp(bend));
    const sending = { purpose: "handshake-scopes", message, bend, id: offer?.handshakeId ?? null } as const;
    return inbox.during(bend.answer, () => this.#send(sending));
  }

  #complete(offer: Offer | undefined, bend: CompleteOptions): Promise<Reply> {
    const message = handshakeComplete(bend, this.#timestamp(bend));
    return this.#send({ purpose: "handshake-complete", message, bend, id: offer?.handshakeId ?? null });
  }

  async #send({ purpose, message, bend, id }: Outgoing): Promise<Reply> {
    const { settings, handshake, wire, recorder } = this.#options;
    const carried = carrying(bend.handshakeId === undefined ? id : bend.handshakeId, handshake.correlation);
    const whole = { ...message, ...carried.body, ...bend.body };
    announceSecrets(whole, recorder);
    const own = Object.entries({
      Accept: "application/json",
      "Content-Type": "application/json",
      ...settings.target.headers,
      ...carried.headers,
    });
    const reply = await wire.send({
      from: "agent",
      to: "target",
      purpose,
      method: "POST",
      url: `${settings.target.url}${handshake.path}`,
      headers: bendHeaders(own, bend.headers),
      body: Buffer.from(bend.rawBody ?? bend.write?.(whole) ?? JSON.stringify(whole)),
    });
    announceSecrets(reply.json, recorder);
    return reply;
  }

  #timestamp({ timeShiftS = 0 }: MessageBend): number {
    return Math.floor(this.#options.now() / 1000) + timeShiftS;
  }

  /** An operation that the connection's scopes allow. */
  #operation(connection: Connection | undefined): string {
    const scopes = connection?.scopes ?? this.#options.scopes;
    const found = scopes.map((scope) => this.#options.operationOf(scope)).find((line) => line !== undefined);
    if (found !== undefined) return found;
    throw notTested("operations-unknown", "the kit does not know which calls the granted scopes allow", {
      cause: "configuration",
      mend: "list them in handshake.systems",
    });
  }

  #sample(path: string): Readonly<Record<string, unknown>> {
    const { systems } = this.#options.handshake;
    return systems.find(({ prefix }) => path.startsWith(`${prefix}/`))?.sample ?? {};
  }
}

/**
 * Reads message 2, or a refusal that names a handshake and its nonce all the same; undefined when it lacks what an agent
 * needs to go on.
 */
function readOffer(reply: Reply, correlation: HandshakeSettings["correlation"]): Offer | undefined {
  const { json } = reply;
  const handshakeId = handshakeIdIn(reply, correlation);
  const nonce = text(json, "nonce");
  if (handshakeId === undefined || nonce === undefined) return undefined;
  return {
    handshakeId,
    nonce,
    serverKey: text(json, "server_pubkey") ?? "",
    serverDid: text(json, "server_did") ?? "",
    version: text(json, "version") ?? "",
    capabilities: strings(member(json, "capabilities")) ?? [],
    signature: text(json, "signature") ?? "",
  };
}

function serverSigned({ json }: Reply, nonce: string, encoding: HandshakeSettings["signature"]): boolean {
  const signature = text(json, "signature") ?? "";
  return signatureVerifies({ text: nonce, signature, publicPem: text(json, "server_pubkey") ?? "", encoding });
}

/** Reads message 8. */
export function readGrant(reply: Reply, handshake: Handshake): ScopeGrant {
  const ttl = member(reply.json, "ttl_granted");
  return {
    reply,
    handshake,
    scopes: strings(member(reply.json, "scopes_granted")) ?? [],
    ttlS: typeof ttl === "number" ? ttl : Number.NaN,
  };
}
