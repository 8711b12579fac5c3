import { describe, expect, it } from "vitest";
import type { ConflictPolicy } from "../settings.ts";
import { type Connecting, type GatewayLab, gatewayLab, type MemoryClient } from "../testing/gateway-lab.ts";

async function labOf(conflict: ConflictPolicy) {
  const lab = gatewayLab({ conflict });
  return { lab, alice: await lab.enrol("alice"), bobby: await lab.enrol("bobby") };
}

function tryConnect(lab: GatewayLab, aid: string, how: Connecting) {
  const client = lab.open();
  return { client, ...client.call("auth.connect", lab.connecting(client, aid, how)) };
}

function alive(client: MemoryClient): boolean {
  return client.closed === undefined && client.call("meta.ping").result !== undefined;
}

const queue = { mode: "queue", routing: "round_robin" };

describe.each<[ConflictPolicy]>([["refuse"], ["replace"]])("who wants a taken place, policy %s", (policy) => {
  it.each<[string, Connecting, Connecting, string]>([
    ["a device", { device: "d1" }, { device: "d1" }, "device_singleton_conflict"],
    ["a device, with an empty slot", { device: "d1" }, { device: "d1", slot: "" }, "device_singleton_conflict"],
    ["a slot", { slot: "s1" }, { slot: "s1" }, "slot_conflict"],
    ["a slot by its isolation key", { slot: "evolclaw cli" }, { slot: "evolclaw daemon" }, "slot_conflict"],
  ])("%s", async (_, first, second, message) => {
    const { lab, alice } = await labOf(policy);
    const holder = lab.connect(alice, { ...first, extra: { who: "old" } });
    const newcomer = tryConnect(lab, alice, { ...second, extra: { who: "new" } });
    if (policy === "refuse") {
      expect(newcomer).toMatchObject({ code: 4009, message });
      expect([alive(holder), alive(newcomer.client)]).toEqual([true, false]);
      return;
    }
    expect(newcomer.result).toMatchObject({ status: "ok" });
    expect(holder.events("event/gateway.disconnect")).toEqual([
      {
        code: 4009,
        reason: "Connection replaced",
        detail: { self_extra_info: { who: "old" }, new_extra_info: { who: "new" } },
      },
    ]);
    expect(holder.closed?.code).toBe(4009);
    // The late end of the old connection must not free the place of the new one.
    holder.drop();
    expect(alive(newcomer.client)).toBe(true);
    expect(lab.gateway.connections()).toHaveLength(1);
  });

  it("lets other slots, devices, AIDs, kinds and clients of old be", async () => {
    const { lab, alice, bobby } = await labOf(policy);
    const clients = [
      lab.connect(alice, { slot: "s1" }),
      lab.connect(alice, { slot: "s2" }),
      lab.connect(alice, { slot: "other cli" }),
      lab.connect(alice, { device: "d2", slot: "s1" }),
      lab.connect(bobby, { slot: "s1" }),
      lab.connect(alice, { slot: "s1", options: { kind: "short" } }),
      lab.connect(alice, { device: undefined }),
      lab.connect(alice, { device: undefined }),
    ];
    expect(clients.map(alive)).toEqual(clients.map(() => true));
  });

  it("frees the place when the holder goes", async () => {
    const { lab, alice } = await labOf(policy);
    lab.connect(alice, { slot: "s1" }).drop();
    expect(alive(lab.connect(alice, { slot: "s1" }))).toBe(true);
  });

  it("wants one delivery mode for all connections of an AID, and short ones have none", async () => {
    const { lab, alice, bobby } = await labOf(policy);
    const first = lab.connect(alice, { slot: "s1" });
    expect(tryConnect(lab, alice, { slot: "s2", mode: queue })).toMatchObject({
      code: 4009,
      message: "delivery_mode_conflict",
    });
    lab.connect(alice, { slot: "s3", mode: queue, options: { kind: "short" } });
    lab.connect(bobby, { slot: "s1", mode: queue });
    expect(tryConnect(lab, bobby, { slot: "s2", mode: { mode: "queue", routing: "sender_affinity" } }).message).toBe(
      "delivery_mode_conflict",
    );
    expect(alive(first)).toBe(true);
    first.drop();
    expect(alive(lab.connect(alice, { slot: "s2", mode: queue }))).toBe(true);
  });

  it("evicts the oldest of eleven slots and of eleven devices", async () => {
    const { lab, alice, bobby } = await labOf(policy);
    const slots = Array.from({ length: 11 }, (_, index) => lab.connect(alice, { slot: `s${index}` }));
    expect(slots.map(alive)).toEqual(slots.map((_, index) => index > 0));
    expect(slots[0]?.closed?.code).toBe(4015);
    expect(slots[0]?.events("event/gateway.disconnect")).toMatchObject([
      {
        code: 4015,
        detail: { quota_kind: "aid_device_slot_quota_exceeded", limit: 10, evicted_by: { slot_id: "s10" } },
      },
    ]);
    const devices = Array.from({ length: 11 }, (_, index) => lab.connect(bobby, { device: `d${index}` }));
    expect(devices.map(alive)).toEqual(devices.map((_, index) => index > 0));
  });

  it("bears ten short connections in a slot", async () => {
    const { lab, alice } = await labOf(policy);
    const short = { slot: "s1", options: { kind: "short" } };
    const ten = Array.from({ length: 10 }, () => lab.connect(alice, short));
    expect(tryConnect(lab, alice, short)).toMatchObject({ code: 4013, message: "short_connection_capacity_exceeded" });
    expect(ten.every(alive)).toBe(true);
  });
});

describe("short connections", () => {
  it("end when nothing came for short_ttl_ms, and every frame counts", async () => {
    const { lab, alice } = await labOf("refuse");
    const client = lab.connect(alice, { options: { kind: "short", short_ttl_ms: 2_000 } });
    const long = lab.connect(alice, { slot: "s1", options: { short_ttl_ms: 2_000 } });
    for (let at = 0; at < 5; at += 1) {
      lab.clock.advance(1.5);
      expect(client.call("meta.ping").result).toBeDefined();
    }
    lab.clock.advance(1.9);
    expect(client.closed).toBeUndefined();
    lab.clock.advance(0.2);
    expect(client.closed?.code).toBe(4014);
    expect(client.events("event/gateway.disconnect")).toMatchObject([
      { code: 4014, detail: { aid: alice, idle_ms: 2_000, ttl_ms: 2_000 } },
    ]);
    expect(alive(long)).toBe(true);
  });
});
