import { type JsonObject, own, ownText } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import { type AuthenticationInput, type AuthMethod, connectCodes } from "../rules/connect.ts";
import type { AunRules } from "../rules.ts";
import { ClosingError, type Session } from "../session/session.ts";
import type { Connection } from "./connection.ts";
import { connectParameters } from "./parameters.ts";
import { takePlace } from "./places.ts";

/** The client speaks no version that we do (RFC 6455 § 7.4.1: protocol error). */
const noCommonVersion = 1002;
const idle = 4014;

/** What the gateway can do (Gateway mode § capabilities): an announcement, not a negotiation. */
function ownCapabilities({ settings }: AunContext): JsonObject {
  return {
    namespaces: ["auth", "meta", "message"],
    features: { e2ee: true, group_e2ee: false, binary_message: false, max_message_size: settings.limits.payloadBytes },
  };
}

/** `auth.connect` (Gateway mode § auth.connect): who comes, how, and whether there is room. */
export function connect(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const { rules } = context;
  if (session.connection !== undefined) {
    throw new RpcError(connectCodes.nonce, "the nonce was used: this connection is connected already");
  }
  requireNonce(context, session, params);
  const parameters = connectParameters(rules, params);
  const credentials = rules["connect.credentials"]({ given: own(params, "auth") });
  const input = authenticationInput(context, credentials.anonymous === true ? {} : credentials.auth);
  const method = credentials.anonymous === true ? "anonymous" : rules["connect.method"](input);
  const protocol = commonVersion(context, params);
  const verified = authenticate(rules, method, input);
  const aid = rules["connect.identity"]({ verified, params });

  const name = rules["connect.id"]({ random: context.random });
  const now = context.clock.now();
  const { shortTtlMs, capabilities, ...place } = parameters;
  const connection: Connection = {
    ...place,
    id: `conn_${name}`,
    aid,
    protocol,
    connectedAt: now,
    push: (text) => session.push(text),
    disconnect: (code, reason, detail) => session.disconnect(code, reason, detail),
  };
  takePlace(context, session, connection);
  session.connection = connection;
  limitLife(context, session, connection, shortTtlMs);

  const token = ownText(input.auth, "token");
  const first = method !== "kite_token" || (token !== undefined && context.isFirstUse(aid, token));
  const next = rules["connect.token"]({ first, issue: () => context.auth.issueToken(aid) });
  return rules["connect.result"]({
    result: {
      status: "ok",
      protocol,
      server_time: now / 1000,
      authenticated: true,
      identity: { module_id: `gateway-client-${name}`, role: "agent", aid },
      trust_level: "low",
      connection: { id: connection.id, device_id: connection.deviceId ?? "", kind: connection.kind },
      bridgeInfo: { name: "Gateproof mock gateway", version: "1.0" },
      capabilities: rules["connect.capabilities"]({ own: ownCapabilities(context), client: capabilities }),
      ...(next === undefined ? {} : { token: next }),
    },
  });
}

function authenticate(rules: AunRules, method: AuthMethod | "anonymous", input: AuthenticationInput): string {
  switch (method) {
    case "kite_token":
      return rules["connect.kiteToken"](input);
    case "aid":
      return rules["connect.aidLogin"](input);
    case "pairing_code":
      return rules["connect.pairingCode"](input);
    case "anonymous":
      return input.anyAid() ?? "";
  }
}

function requireNonce({ rules, clock, everyNonce }: AunContext, session: Session, params: JsonObject): void {
  const given = own(params, "nonce");
  const verdict = rules["connect.nonce"]({ given, own: session.nonce, everyNonce });
  if (verdict === "missing") throw new RpcError(rules["connect.nonceMissingCode"](), "missing parameter: nonce");
  const fresh = clock.now() - session.nonceAt <= rules["challenge.lifeMs"]();
  if (verdict === "wrong" || !fresh) throw new RpcError(connectCodes.nonce, "invalid or expired nonce");
}

function commonVersion({ rules, settings }: AunContext, params: JsonObject): string {
  const compare = rules["versions.compare"];
  const server = settings.protocol;
  const client = rules["versions.asked"]({ protocol: own(params, "protocol"), compare });
  if (client === undefined)
    throw new RpcError(connectCodes.parameter, "protocol.min and protocol.max must be a range of versions");
  const chosen = rules["versions.chosen"]({ client, server, compare });
  if (chosen !== undefined) return chosen;
  const data = rules["versions.data"]({ client, server });
  const error = new RpcError(rules["versions.code"](), "no common protocol version", data);
  throw rules["versions.closes"]() ? new ClosingError(error, noCommonVersion) : error;
}

function authenticationInput({ auth: service, pairing }: AunContext, auth: JsonObject): AuthenticationInput {
  return {
    auth,
    verifyToken: (token) => service.verifyToken(token),
    verifyAidLogin: (login) => service.verifyAidLogin(login),
    codes: pairing,
    anyAid: () => service.issued()[0]?.aid,
  };
}

/** Short connections end when they idle (Gateway mode § short connections); every frame counts as life. */
function limitLife(
  context: AunContext,
  session: Session,
  connection: Connection,
  shortTtlMs: number | undefined,
): void {
  const { rules, clock } = context;
  const lifetimeMs = rules["gate.lifetimeMs"]();
  if (lifetimeMs !== undefined) session.after(lifetimeMs, () => session.close(1001, "life is over"));
  const { kind, connectedAt, aid } = connection;
  const ttlMs = rules["kinds.idleMs"]({ kind, shortTtlMs });
  if (ttlMs === undefined) return;
  const watch = (waitMs: number) =>
    session.after(waitMs, () => {
      const idleMs = clock.now() - rules["kinds.idleFrom"]({ connectedAt, lastFrameAt: session.lastFrameAt });
      if (idleMs < ttlMs) return watch(ttlMs - idleMs);
      session.disconnect(idle, "short connection idle", { aid, idle_ms: idleMs, ttl_ms: ttlMs });
    });
  watch(ttlMs);
}
