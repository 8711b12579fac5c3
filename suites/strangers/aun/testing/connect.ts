import { aidOfToken, begun, newToken } from "./auth.ts";
import {
  type Connection,
  either,
  type House,
  isObject,
  type Members,
  optional,
  type Place,
  Refusal,
  type Session,
  secret,
  text,
} from "./house.ts";

const versionRule = /^\d{1,4}\.\d{1,4}$/;
const byNumber = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true });
const higher = (one: string, other: string) => (byNumber(one, other) > 0 ? one : other);

/** The highest version that both sides speak (AUN docs 03 § 3.5). */
function negotiated(house: House, params: Members): string {
  const { versions, noRange } = house.character;
  const asked = optional(params, "protocol");
  const [min = "1.0", max = "1.0"] = ["min", "max"].map((name) => {
    if (asked[name] === undefined && noRange === "taken-for-1.0") return undefined;
    const version = text(asked, name, house);
    if (!versionRule.test(version)) throw new Refusal(either(house, 4000, -32602), `${name} is no version`);
    return version;
  });
  if (byNumber(min, max) > 0) throw new Refusal(either(house, 4000, -32602), "min is above max");
  const top = byNumber(max, versions.max) < 0 ? max : versions.max;
  if (byNumber(top, higher(min, versions.min)) >= 0) return top;
  throw new Refusal(-32000, "no version in common", { server_range: versions, client_range: { min, max } });
}

/** Whose connection it is. */
function authenticated(house: House, params: Members): string {
  const { character, pairings } = house;
  if (!isObject(params["auth"])) throw new Refusal(either(house, 4000, -32602), "auth is missing");
  const auth = params["auth"];
  const method = text(auth, "method", house);
  const failed = new Refusal(either(house, 4001, -32001), "authentication failed");
  if (method === "kite_token") {
    const aid = aidOfToken(house, text(auth, "token", house));
    if (aid === undefined) throw failed;
    return aid;
  }
  if (method === "pairing_code") {
    const aid = pairings.get(text(auth, "code", house));
    if (aid === undefined) throw failed;
    pairings.delete(text(auth, "code", house));
    return aid;
  }
  if (method !== "aid" || character.aidMethod === undefined)
    throw new Refusal(either(house, 4000, -32602), "no such method");
  const time = auth["client_time"];
  if (typeof time !== "number") throw new Refusal(either(house, 4000, -32602), "client_time");
  if (!text(auth, "aid", house).includes(".")) throw new Refusal(either(house, 4000, -32602), "a full AID");
  for (const name of ["request_id", "nonce", "signature"]) text(auth, name, house);
  try {
    const signed = (nonce: string) => (character.aidMethod === "nonce" ? nonce : `${nonce}:${time}`);
    return begun(house, auth, signed).aid;
  } catch {
    throw failed;
  }
}

const slotRule = /^[A-Za-z0-9._-][A-Za-z0-9._/ :-]{0,127}$/;

function placeIn(house: House, params: Members): Place & { readonly shortTtlMs: number } {
  const bad = (what: string) => new Refusal(either(house, 4000, -32602), what);
  const device = optional(params, "device")["id"];
  const slot = optional(params, "client")["slot_id"];
  const { mode = "fanout", routing = "", affinity_ttl_ms: ttlMs = 0 } = optional(params, "delivery_mode");
  const { kind = "long", short_ttl_ms: shortTtlMs = 60_000 } = optional(params, "options");
  if (device !== undefined && typeof device !== "string") throw bad("device.id");
  if (slot !== undefined && (typeof slot !== "string" || !slotRule.test(slot))) throw bad("client.slot_id");
  if (slot !== undefined && device === undefined) throw bad("slot_requires_device_id");
  if (mode !== "fanout" && mode !== "queue") throw bad("delivery_mode.mode");
  if (typeof routing !== "string" || !["", "round_robin", "sender_affinity"].includes(routing)) throw bad("routing");
  if (kind !== "long" && kind !== "short") throw bad("options.kind");
  return { device, slot, mode, routing, kind, ttlMs: Number(ttlMs) || 0, shortTtlMs: Number(shortTtlMs) || 60_000 };
}

/** What a slot is compared by. */
function keyOf({ character }: House, slot: string | undefined): string {
  return character.isolation === "prefix" ? ((slot ?? "").split(/[/: ]/, 1)[0] ?? "") : (slot ?? "");
}

/** Makes room, or refuses. */
function settle(house: House, aid: string, place: Place, extraInfo: unknown): void {
  const { character, sessionsOf } = house;
  const long = sessionsOf(aid).filter(({ kind }) => kind === "long");
  const samePlace = (one: Session) =>
    one.device === place.device &&
    keyOf(house, one.slot) === keyOf(house, place.slot) &&
    (one.slot === undefined) === (place.slot === undefined);
  if (place.kind === "short") {
    const shorts = sessionsOf(aid).filter((one) => one.kind === "short" && samePlace(one));
    if (shorts.length >= character.quota) throw new Refusal(4013, "short_connection_capacity_exceeded");
    return;
  }
  const holder =
    place.device === undefined
      ? long.find((one) => character.withoutDevice === "one" && one.device === undefined)
      : long.find(samePlace);
  const others = long.filter((one) => one !== holder);
  const inOtherMode = (character.takenPlace === "replaces" ? others : long).some(({ mode }) => mode !== place.mode);
  if (inOtherMode) throw new Refusal(either(house, 4000, -32602), "delivery_mode_conflict");
  if (holder !== undefined && character.takenPlace === "refuses") {
    const what = place.slot === undefined ? "device_singleton_conflict" : "slot_conflict";
    throw new Refusal(character.codes === "03" ? 4012 : -32009, what);
  }
  if (holder !== undefined) {
    disconnect(holder, 4009, "replaced", { self_extra_info: holder.extraInfo, new_extra_info: extraInfo });
    return;
  }
  const ofDevice = others.filter(({ device }) => device !== undefined && device === place.device);
  const devices = new Set(others.map(({ device }) => device));
  if (ofDevice.length >= character.quota) evict(ofDevice[0], "aid_device_slot_quota_exceeded");
  else if (!devices.has(place.device) && devices.size >= character.quota)
    evict(others[0], "aid_devices_quota_exceeded");
}

function evict(oldest: Session | undefined, kind: string): void {
  if (oldest !== undefined) disconnect(oldest, 4015, kind, { aid: oldest.aid, quota_kind: kind });
}

export function disconnect({ connection }: Session, code: number, reason: string, detail: Members): void {
  connection.push("event/gateway.disconnect", { code, reason, detail });
  connection.end(code, reason);
}

/** auth.connect; what comes after the answer is for the caller to push. */
export function connect(house: House, connection: Connection, params: Members): Members {
  const { character, now } = house;
  if (connection.session !== undefined) throw new Refusal(either(house, 4000, -32602), "connected already");
  const expected = connection.nonce;
  if (character.nonce === "burnt-by-any-try") connection.nonce = secret();
  if (text(params, "nonce", house) !== expected) throw new Refusal(either(house, 4010, -32002), "invalid nonce");
  const protocol = negotiated(house, params);
  const { shortTtlMs, ...place } = placeIn(house, params);
  const aid = authenticated(house, params);
  const extraInfo = params["extra_info"] ?? null;
  settle(house, aid, place, extraInfo);
  connection.nonce = secret();
  const id = house.connectionId();
  connection.session = { ...place, id, aid, since: now(), shortTtlMs, extraInfo, connection };
  if (character.extras === "many") {
    for (const one of house.sessionsOf(aid)) {
      if (one.id !== id && one.kind === "long")
        one.connection.push("event/client.online", { device_id: place.device ?? null });
    }
  }
  return {
    status: "ok",
    protocol,
    server_time: now() / 1000,
    authenticated: true,
    identity: { module_id: "stranger", role: character.codes === "03" ? "admin" : "agent", aid },
    connection: {
      id,
      device_id: place.device ?? null,
      ...(character.challenge === "full" ? { kind: place.kind } : {}),
    },
    bridgeInfo: { name: character.name, version: "7.1" },
    capabilities: { namespaces: ["message", "meta"], features: { e2ee: false, max_message_size: 1_048_576 } },
    trust_level: "verified",
    ...(character.resultToken === "given" ? { token: newToken(house, aid) } : {}),
    ...(character.heartbeatS === undefined ? {} : { heartbeat_interval: character.heartbeatS }),
  };
}
