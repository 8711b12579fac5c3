import { randomBytes } from "node:crypto";
import type { Purpose } from "../engine/evidence.ts";
import type { Recorder } from "../engine/recorder.ts";
import { notTested } from "../engine/stop.ts";
import { requireGranted } from "../kinds/control.ts";
import type {
  Agent,
  AttestationBend,
  AuthorizeOptions,
  CallOptions,
  Grant,
  RegisterOptions,
  Registration,
  RequestBend,
  Session,
  StatusCredentials,
  TokenOptions,
} from "./agent.ts";
import { statusCredentials } from "./agent.ts";
import { approvedProvider, approvedScopes, firstProviderWhole, operationFor } from "./agent-defaults.ts";
import { signAttestation } from "./attestation.ts";
import { type AgentSite, kitDeveloper } from "./identity-host.ts";
import { requireReturned, unreadable } from "./journey-steps.ts";
import type { Codes } from "./kit-user.ts";
import type { Leavings } from "./leavings.ts";
import { readGrant, readRegistration, readSession } from "./read-replies.ts";
import type { Reply } from "./reply.ts";
import type { ServiceApi } from "./service-api.ts";
import type { Settings } from "./settings.ts";
import { statusHeader } from "./status-credentials.ts";
import type { TakeBack } from "./take-back.ts";
import type { ConsentOptions, User } from "./user.ts";
import { bendHeaders, type Wire } from "./wire.ts";

export interface AthAgentOptions {
  readonly settings: Settings;
  readonly site: AgentSite;
  readonly wire: Wire;
  readonly recorder: Recorder;
  readonly now: () => number;
  /** Of the check, for the query of proxied calls. */
  readonly marker: string;
  readonly codes: Codes;
  /** Who consents when a journey names nobody. */
  readonly user: () => User;
  readonly operationOf: (scope: string, provider: string) => string | undefined;
  /** Where a native service's API is; undefined: calls go through a gateway's proxy. */
  readonly serviceApi?: ServiceApi;
  /** Where it is noted what the target now knows. */
  readonly leavings: Leavings;
  /** How a token is taken back when the run is over. */
  readonly takeBack: TakeBack;
}

type JourneyOptions = AuthorizeOptions & { readonly user?: User } & ConsentOptions;

/** Sent at the token endpoint when no browser brought a code, as the known agents do. */
const placeholderCode = "authorized";

/** An agent that speaks ATH 0.1 over the wire; paths are fixed below the target's base URL, as the known agents have it. */
export function createAthAgent(options: AthAgentOptions): Agent {
  return new AthAgent(options);
}

class AthAgent implements Agent {
  readonly #options: AthAgentOptions;
  readonly #base: string;
  readonly #tokenEndpoint: string;
  #registration: Registration | undefined;
  #registering: Promise<Registration> | undefined;
  #statusForm: StatusCredentials | undefined;

  constructor(options: AthAgentOptions) {
    this.#options = options;
    this.#base = options.settings.target.url;
    this.#tokenEndpoint = `${this.#base}/ath/token`;
  }

  get id() {
    return this.#options.site.address.id;
  }
  get key() {
    return this.#options.site.key();
  }
  get identity() {
    return this.#options.site.identity;
  }
  get landingUri() {
    return this.#options.site.landingUri;
  }

  async attestation(bend?: AttestationBend, audience: string = this.#base): Promise<string> {
    const { now, recorder } = this.#options;
    const jwt = signAttestation({ agentId: this.id, key: this.key, audience, now: now(), ...(bend && { bend }) });
    recorder.secret(jwt, "attestation");
    return jwt;
  }

  async register(options: RegisterOptions = {}): Promise<Reply> {
    const {
      providers = firstProviderWhole(this.#options.settings),
      redirectUris = [this.landingUri],
      developer,
    } = options;
    const reply = await this.#post("register", "/ath/agents/register", options, {
      agent_id: this.id,
      agent_attestation: await this.#attestationFor(options, this.#base),
      developer: developer ?? kitDeveloper,
      requested_providers: providers,
      purpose: "conformance test of this implementation",
      redirect_uris: redirectUris ?? undefined,
    });
    const registration = readRegistration(reply);
    if (registration !== undefined) {
      this.#options.recorder.secret(registration.clientSecret, "client-secret");
      this.#options.leavings.agent(this.id);
      this.#registration = registration;
    }
    return reply;
  }

  async status(options: Parameters<Agent["status"]>[0] = {}): Promise<Reply> {
    const { credentials, bend } = options;
    const { clientId: ownId } = await this.registered();
    const clientId = options.clientId ?? ownId;
    if (credentials === undefined && this.#statusForm === undefined) {
      // Which form the target takes is found out with the agent's own, valid credentials.
      let reply: Reply | undefined;
      for (const form of statusCredentials) {
        reply = await this.#getStatus(ownId, form);
        if (!reply.granted) continue;
        this.#statusForm = form;
        break;
      }
      if (reply !== undefined && clientId === ownId && bend === undefined) return reply;
    }
    return this.#getStatus(clientId, credentials ?? this.#statusForm ?? "bearer-attestation", bend);
  }

  async authorize(options: AuthorizeOptions = {}): Promise<Reply> {
    const registration = await this.registered();
    const provider = options.provider ?? approvedProvider(registration, this.#options.settings);
    const { redirectUri = this.landingUri, state = randomBytes(32).toString("base64url"), resource } = options;
    return this.#post("authorize", "/ath/authorize", options, {
      client_id: registration.clientId,
      agent_attestation: await this.#attestationFor(options, this.#base),
      provider_id: provider,
      scopes: options.scopes ?? approvedScopes(registration, provider, this.#options.settings),
      user_redirect_uri: redirectUri ?? undefined,
      state: state ?? undefined,
      resource,
    });
  }

  async token(session: Session, options: TokenOptions = {}): Promise<Reply> {
    const { clientId, clientSecret } = await this.registered();
    const code = options.code ?? this.#options.codes.of(session.authorizationUrl) ?? placeholderCode;
    const reply = await this.#post("token", "/ath/token", options, {
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      agent_attestation: await this.#attestationFor(options, this.#tokenEndpoint),
      code,
      ath_session_id: session.sessionId,
    });
    const grant = readGrant(reply, session);
    if (grant !== undefined) {
      this.#options.recorder.secret(grant.token, "ath-token");
      const { leavings, takeBack } = this.#options;
      leavings.token(grant.token, takeBack(grant.token, { clientId, clientSecret }));
    }
    return reply;
  }

  async call(grant: Grant, options: CallOptions = {}): Promise<Reply> {
    const { provider = grant.provider, token = grant.token, agentId = this.id, query = "", rawPath } = options;
    const operation = options.operation ?? operationFor(grant, this.#options.operationOf);
    const [method = "GET", path = "/"] = operation.split(" ", 2);
    const { url, headers } = await this.#apiCall(provider, `${rawPath ?? path}${query}`);
    const body = options.body === undefined ? undefined : Buffer.from(options.body);
    const type = typeof options.body === "string" ? "application/json" : "application/octet-stream";
    return this.#sendTo(
      url,
      "proxy",
      method,
      {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(agentId === null ? {} : { "X-ATH-Agent-ID": agentId }),
        ...(body === undefined ? {} : { "Content-Type": type }),
        ...headers,
      },
      options.headers,
      body,
    );
  }

  /** Where a call goes, and the configured headers for it: through the proxy, or to the API of a native service. */
  async #apiCall(provider: string, where: string) {
    const { serviceApi, marker, settings, wire } = this.#options;
    if (serviceApi !== undefined) {
      const { base, headers } = await serviceApi.find(wire);
      return { url: `${base}${where}`, headers };
    }
    const target = `${where}${where.includes("?") ? "&" : "?"}gp=${marker}`;
    return { url: `${this.#base}/ath/proxy/${provider}${target}`, headers: settings.target.headers };
  }

  async revoke(token: string, options: RequestBend = {}): Promise<Reply> {
    const { clientId, clientSecret } = await this.registered();
    const body = { token, client_id: clientId, client_secret: clientSecret };
    const reply = await this.#post("revoke", "/ath/revoke", options, body);
    if (reply.status === 200) this.#options.leavings.revoked(token);
    return reply;
  }

  repeat(reply: Reply): Promise<Reply> {
    return this.#options.wire.repeat(reply);
  }

  registered(options?: RegisterOptions): Promise<Registration> {
    if (this.#registration !== undefined) return Promise.resolve(this.#registration);
    this.#registering ??= this.#registerAsJourney(options).finally(() => {
      this.#registering = undefined;
    });
    return this.#registering;
  }

  async session(options: AuthorizeOptions = {}): Promise<Session> {
    const reply = await this.authorize(options);
    requireGranted(reply, "authorize");
    return this.readSession(reply, options) ?? unreadable(reply, "authorize");
  }

  async consented({ user, grant, ...options }: JourneyOptions = {}): Promise<Session> {
    const session = await this.session(options);
    const consent = grant === undefined ? {} : { grant };
    const journey = await (user ?? this.#options.user()).consent(session, consent);
    if (grant !== "deny") requireReturned(journey);
    return session;
  }

  async grant(options: JourneyOptions = {}): Promise<Grant> {
    const session = await this.consented(options);
    const reply = await this.token(session);
    requireGranted(reply, "token");
    return this.readGrant(reply, session) ?? unreadable(reply, "token");
  }

  readRegistration(reply: Reply): Registration | undefined {
    return readRegistration(reply);
  }
  readSession(reply: Reply, sent: AuthorizeOptions): Session | undefined {
    return readSession(reply, this.#options.wire.sentFor(reply)?.body, sent);
  }
  readGrant(reply: Reply, session: Session): Grant | undefined {
    return readGrant(reply, session);
  }

  async #registerAsJourney(options?: RegisterOptions): Promise<Registration> {
    const reply = await this.register(options);
    requireGranted(reply, "register");
    const registration = this.#registration ?? unreadable(reply, "register");
    if (registration.status === "approved") return registration;
    throw notTested("agent-not-approved", `the target registered the agent as ${registration.status}`, {
      cause: "configuration",
      exchanges: [reply.exchange.id],
      mend: "let the target's policy approve the kit's agents (developer id: gateproof) for the test",
    });
  }

  /** The attestation that goes with a request: bent, given, or none. */
  async #attestationFor({ attestation }: RequestBend, audience: string): Promise<string | undefined> {
    if (attestation === null) return undefined;
    if (typeof attestation !== "string") return this.attestation(attestation, audience);
    this.#options.recorder.secret(attestation, "attestation");
    return attestation;
  }

  async #getStatus(clientId: string, form: StatusCredentials | "none", bend: RequestBend = {}): Promise<Reply> {
    const path = `/ath/agents/${encodeURIComponent(clientId)}`;
    if (form === "none") return this.#send("agent-status", "GET", path, {}, bend.headers);
    const proofs = {
      attestation: async (attestation: RequestBend["attestation"] = {}) =>
        (await this.#attestationFor({ attestation }, this.#base)) ?? null,
      ...(await this.registered()),
    };
    const credentials = await statusHeader(form, proofs, bend);
    const headers = { ...this.#options.settings.target.headers, ...credentials };
    return this.#send("agent-status", "GET", path, headers, bend.headers);
  }

  /** A JSON request with bends applied. */
  #post(purpose: Purpose, path: string, bend: RequestBend, body: Readonly<Record<string, unknown>>): Promise<Reply> {
    const bytes = bend.rawBody ?? JSON.stringify({ ...body, ...bend.body });
    const headers = { "Content-Type": "application/json", ...this.#options.settings.target.headers };
    return this.#send(purpose, "POST", path, headers, bend.headers, Buffer.from(bytes));
  }

  #send(
    purpose: Purpose,
    method: string,
    path: string,
    headers: Readonly<Record<string, string | null>>,
    changes: Readonly<Record<string, string | null>> = {},
    body?: Buffer,
  ): Promise<Reply> {
    return this.#sendTo(`${this.#base}${path}`, purpose, method, headers, changes, body);
  }

  #sendTo(
    url: string,
    purpose: Purpose,
    method: string,
    headers: Readonly<Record<string, string | null>>,
    changes: Readonly<Record<string, string | null>> = {},
    body?: Buffer,
  ): Promise<Reply> {
    const own = bendHeaders([["Accept", "application/json"]], headers);
    return this.#options.wire.send({
      from: "agent",
      to: "target",
      purpose,
      method,
      url,
      headers: bendHeaders(own, changes),
      ...(body && { body }),
    });
  }
}
