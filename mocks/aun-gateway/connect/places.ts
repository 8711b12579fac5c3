import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import type { ConflictMessage } from "../rules/places.ts";
import type { Session } from "../session/session.ts";
import type { Connection } from "./connection.ts";

/** Close codes of connections that others take the place of (section 2.12 of the client documents). */
const replaced = 4009;
const shortCapacity = 4013;
const overQuota = 4015;

/** Refuses the newcomer for what others hold. Never returns. */
function refuse(context: AunContext, conflict: ConflictMessage, holders: readonly Connection[]): never {
  const { rules, registry, settings } = context;
  const fate = rules["places.afterRefusal"]({ conflict });
  for (const holder of fate === "stay" ? [] : holders) {
    if (fate === "unregistered") registry.remove(holder);
    else holder.disconnect(replaced, "Connection replaced", {});
  }
  throw new RpcError(settings.conflictCode, rules["places.message"]({ conflict }));
}

function end(holders: readonly Connection[], newcomer: Connection): void {
  for (const holder of holders) {
    holder.disconnect(replaced, "Connection replaced", {
      self_extra_info: holder.extraInfo,
      new_extra_info: newcomer.extraInfo,
    });
  }
}

/**
 * Makes room for a connection by the connection rules (Gateway mode § connection constraints) and registers it. Throws
 * {@link RpcError} when the rules leave no room; then nothing has changed.
 */
export function takePlace(context: AunContext, session: Session, newcomer: Connection): void {
  const { rules, registry, settings, mail } = context;
  const ofAid = registry.of(newcomer.aid);
  const holders = rules["places.holders"]({ newcomer, ofAid, everyone: registry.everyone });
  const outcome = holders.length === 0 ? undefined : rules["places.conflict"]({ policy: settings.conflict });
  if (outcome === "refuse") {
    refuse(context, newcomer.slotKey === "" ? "device_singleton_conflict" : "slot_conflict", holders);
  }
  if (newcomer.kind === "short") requireShortCapacity(context, newcomer, ofAid);
  else requireSameMode(context, newcomer, ofAid, holders);

  if (outcome !== undefined) end(holders, newcomer);
  if (outcome === "end-both") {
    session.close(replaced, "Connection replaced");
    return;
  }
  if (newcomer.kind === "long") {
    evict(context, newcomer);
    const mailbox = mail.of(newcomer.aid);
    mailbox.delivery = newcomer.delivery;
    if (!rules["messages.outlivesConnect"]()) {
      mailbox.lasting = [];
      mailbox.passing = [];
    }
  }
  registry.add(newcomer);
}

/** All online connections of an AID declare the same delivery mode; those that are replaced do not count. */
function requireSameMode(
  context: AunContext,
  newcomer: Connection,
  ofAid: readonly Connection[],
  holders: readonly Connection[],
): void {
  const { rules, mail } = context;
  const staying = ofAid.filter((one) => one.kind === "long" && !holders.includes(one));
  const live = staying.map(({ delivery }) => delivery);
  const others = rules["delivery.others"]({ live, last: mail.find(newcomer.aid)?.delivery });
  if (others.some((theirs) => rules["delivery.conflicts"]({ mine: newcomer.delivery, theirs }))) {
    refuse(context, "delivery_mode_conflict", staying);
  }
}

function requireShortCapacity({ rules }: AunContext, newcomer: Connection, ofAid: readonly Connection[]): void {
  const there = ofAid.filter(
    (one) => one.kind === "short" && one.deviceId === newcomer.deviceId && one.slotKey === newcomer.slotKey,
  );
  if (there.length >= rules["kinds.shortLimit"]())
    throw new RpcError(shortCapacity, "short_connection_capacity_exceeded");
}

/** Ten slots a device and ten devices an AID; the oldest makes room (production). */
function evict({ rules, registry }: AunContext, newcomer: Connection): void {
  const long = registry.of(newcomer.aid).filter(({ kind }) => kind === "long");
  const ofDevice = long.filter(({ deviceId }) => deviceId === newcomer.deviceId);
  const slots = rules["places.quota"]({ of: "slots" });
  if (ofDevice.length >= slots) tell(ofDevice, "aid_device_slot_quota_exceeded", slots);

  const devices = new Set(long.map(({ deviceId }) => deviceId).filter((id) => id !== undefined));
  const most = rules["places.quota"]({ of: "devices" });
  if (newcomer.deviceId === undefined || devices.has(newcomer.deviceId) || devices.size < most) return;
  const [oldest] = devices;
  const first = rules["places.evicted"]({ candidates: long, newcomer });
  const going = first?.deviceId ?? oldest;
  for (const one of long.filter(({ deviceId }) => deviceId === going)) notify(one, "aid_devices_quota_exceeded", most);

  function tell(candidates: readonly Connection[], quotaKind: string, limit: number): void {
    const evicted = rules["places.evicted"]({ candidates, newcomer });
    if (evicted !== undefined) notify(evicted, quotaKind, limit);
  }

  function notify(evicted: Connection, quotaKind: string, limit: number): void {
    const { aid, deviceId, slotId } = evicted;
    const by = { aid: newcomer.aid, device_id: newcomer.deviceId ?? null, slot_id: newcomer.slotId ?? null };
    const detail = {
      aid,
      device_id: deviceId ?? null,
      slot_id: slotId ?? null,
      limit,
      quota_kind: quotaKind,
      evicted_by: by,
    };
    evicted.disconnect(overQuota, quotaKind, detail);
  }
}
