import type { Connection, ShownConnection } from "./connection.ts";

/** The authenticated connections that live. */
export interface Registry {
  /** Those of one AID, oldest first. */
  of(aid: string): readonly Connection[];
  /** Of every AID. */
  everyone(): readonly Connection[];
  add(connection: Connection): void;
  remove(connection: Connection): void;
  shown(): readonly ShownConnection[];
  clear(): void;
}

const none: readonly Connection[] = [];

export function registry(): Registry {
  const byAid = new Map<string, Connection[]>();
  return {
    of: (aid) => byAid.get(aid) ?? none,
    everyone: () => [...byAid.values()].flat(),
    add(connection) {
      const those = byAid.get(connection.aid);
      if (those === undefined) byAid.set(connection.aid, [connection]);
      else those.push(connection);
    },
    remove(connection) {
      const left = (byAid.get(connection.aid) ?? none).filter((one) => one !== connection);
      if (left.length === 0) byAid.delete(connection.aid);
      else byAid.set(connection.aid, left);
    },
    shown: () =>
      [...byAid.values()].flat().map((one) => ({
        id: one.id,
        aid: one.aid,
        device_id: one.deviceId ?? null,
        slot_id: one.slotId ?? null,
        kind: one.kind,
        delivery_mode: one.delivery.mode,
        connected_at: new Date(one.connectedAt).toISOString(),
      })),
    clear: () => byAid.clear(),
  };
}
