import type { ConflictMessage } from "../rules/places.ts";
import { samePlace } from "../rules/places.ts";
import { fault, foundBy } from "./gateway-fault.ts";

interface MessageFault {
  readonly id: string;
  readonly conflict: ConflictMessage;
  readonly check: string;
}

const messageFaults: readonly MessageFault[] = [
  { id: "A47.other-message", conflict: "slot_requires_device_id", check: "A47.slot-without-device" },
  { id: "A48.other-message", conflict: "device_singleton_conflict", check: "A48.device-singleton" },
  { id: "A49.other-message", conflict: "slot_conflict", check: "A49.slot" },
  { id: "A56.other-message", conflict: "delivery_mode_conflict", check: "A56.conflict" },
];

/** Devices and slots. */
export const placeFaults = [
  ...messageFaults.map(({ id, conflict, check }) =>
    fault({
      id,
      sentence: `The refusal does not say ${conflict}.`,
      rule: "places.message",
      wrong: (honest) => (input) => (input.conflict === conflict ? "connection refused" : honest(input)),
      kills: foundBy("unfitting-message", check),
    }),
  ),
  fault({
    id: "A47.slot-without-device-ok",
    sentence: "A slot can be had without a device.",
    rule: "places.slotAllowed",
    wrong: () => () => true,
    kills: foundBy("accepted", "A47.slot-without-device"),
  }),
  fault({
    id: "A48.both-alive",
    sentence: "A device without slots may be connected any number of times.",
    rule: "places.holders",
    wrong: (honest) => (input) => (input.newcomer.slotKey === "" ? [] : honest(input)),
    kills: foundBy("both-alive", "A48.device-singleton", "A48.empty-slot", "A48.model"),
  }),
  fault({
    id: "A49.both-alive",
    sentence: "A slot may be connected any number of times.",
    rule: "places.holders",
    wrong: (honest) => (input) => (input.newcomer.slotKey === "" ? honest(input) : []),
    kills: foundBy("both-alive", "A49.slot", "A48.model"),
  }),
  fault({
    id: "A49.kills-both",
    sentence: "When two connections want one slot, both are ended.",
    rule: "places.conflict",
    wrong: () => () => "end-both" as const,
    kills: foundBy("neither-alive", "A49.neither-alive"),
  }),
  fault({
    id: "A49.refused-yet-unregistered",
    sentence: "When a second connection is refused, the one that holds the slot gets no messages any more.",
    rule: "places.afterRefusal",
    wrong: (honest) => (input) => (input.conflict === "slot_conflict" ? "unregistered" : honest(input)),
    kills: foundBy("holder-lost", "A49.refused-keeps-holder"),
  }),
  fault({
    id: "A50.one-per-device",
    sentence: "A device may be connected once, whatever the slot.",
    rule: "places.holders",
    wrong:
      () =>
      ({ newcomer, ofAid }) =>
        ofAid.filter((one) => one.deviceId !== undefined && one.deviceId === newcomer.deviceId),
    kills: foundBy("refused", "A50.other-slot"),
  }),
  fault({
    id: "A50.one-per-aid",
    sentence: "An AID may be connected once, whatever the device and slot.",
    rule: "places.holders",
    wrong:
      () =>
      ({ ofAid }) =>
        ofAid,
    kills: foundBy("refused", "A50.other-slot", "A50.other-device", "A48.model"),
  }),
  fault({
    id: "A50.slots-shared-by-aids",
    sentence: "AIDs on the same device share its slots.",
    rule: "places.holders",
    wrong:
      () =>
      ({ newcomer, everyone }) =>
        newcomer.kind === "short" ? [] : everyone().filter((one) => one.kind === "long" && samePlace(one, newcomer)),
    kills: foundBy("refused", "A50.other-aid"),
  }),
  fault({
    id: "A51.never-freed",
    sentence: "A slot stays taken when its connection is gone.",
    rule: "places.freed",
    wrong: () => () => [],
    kills: foundBy("refused", "A51.free-again", "A48.model"),
  }),
  fault({
    id: "A51.place-forgotten",
    sentence: "A slot that was free once is never seen as taken again.",
    rule: "places.holders",
    wrong: (honest) => {
      const seen = new Set<string>();
      const forgotten = new Set<string>();
      return (input) => {
        const { aid, deviceId, slotKey } = input.newcomer;
        const place = JSON.stringify([aid, deviceId, slotKey]);
        const holders = honest(input);
        if (holders.length === 0 && seen.has(place)) forgotten.add(place);
        seen.add(place);
        return forgotten.has(place) ? [] : holders;
      };
    },
    kills: foundBy("both-alive", "A51.replaced-place"),
  }),
  fault({
    id: "A52.device-required",
    sentence: "Clients that name no device are refused.",
    rule: "places.legacyAllowed",
    wrong: () => () => false,
    kills: foundBy("refused", "A52.legacy"),
  }),
  fault({
    id: "A53.whole-slot-compared",
    sentence: "Slots are compared by their whole name.",
    rule: "places.slotKey",
    wrong:
      () =>
      ({ slotId }) =>
        slotId,
    kills: foundBy("both-alive", "A53.isolation-key"),
  }),
  fault({
    id: "A53.suffix-compared",
    sentence: "Slots are compared by what follows the separator.",
    rule: "places.slotKey",
    wrong:
      () =>
      ({ slotId }) =>
        slotId.replace(/^.*?[/: ]/s, ""),
    kills: foundBy("refused", "A53.other-prefix"),
  }),
  fault({
    id: "A53.names-unchecked",
    sentence: "Any text can be the name of a slot or device.",
    rule: "places.nameFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "A53.bad-names"),
  }),
  fault({
    id: "A53.prototype-lookup",
    sentence: "Slots are looked up in an object, and a slot with the name of an inherited member breaks the look-up.",
    rule: "places.slotKey",
    wrong: (honest) => (input) => {
      if (input.slotId in {}) throw new TypeError("the slot is no connection");
      return honest(input);
    },
    kills: foundBy("server-error", "A53.bad-names"),
  }),
  fault({
    id: "A54.silent-kick",
    sentence: "A connection that is replaced is not told why.",
    rule: "places.notice",
    wrong: () => () => undefined,
    kills: foundBy("not-told", "A54.notice"),
    mount: "replace",
  }),
  fault({
    id: "A54.no-detail",
    sentence: "A connection that is replaced is not told by whom.",
    rule: "places.notice",
    wrong: (honest) => (notice) => honest({ ...notice, detail: {} }),
    kills: foundBy("schema", "A54.extra-info"),
    mount: "replace",
  }),
  fault({
    id: "A73.no-slot-quota",
    sentence: "A device may have any number of slots.",
    rule: "places.quota",
    wrong: (honest) => (input) => (input.of === "slots" ? Number.POSITIVE_INFINITY : honest(input)),
    kills: foundBy("no-limit", "A73.slots"),
  }),
  fault({
    id: "A73.no-device-quota",
    sentence: "An AID may have any number of devices.",
    rule: "places.quota",
    wrong: (honest) => (input) => (input.of === "devices" ? Number.POSITIVE_INFINITY : honest(input)),
    kills: foundBy("no-limit", "A73.devices"),
  }),
  fault({
    id: "A73.evicts-newest",
    sentence: "When there are too many, the newest of the others goes instead of the oldest.",
    rule: "places.evicted",
    wrong:
      () =>
      ({ candidates }) =>
        candidates.at(-1),
    kills: foundBy("wrong-eviction", "A73.newest-evicted"),
  }),
];

/** Long and short connections. */
export const kindFaults = [
  fault({
    id: "A67.kind-required",
    sentence: "options.kind must be given.",
    rule: "kinds.kind",
    wrong: (honest) => (input) => (input.kind === undefined ? undefined : honest(input)),
    kills: foundBy("refused", "A67.default-long"),
  }),
  fault({
    id: "A67.kind-unchecked",
    sentence: "An unknown kind counts as long.",
    rule: "kinds.kind",
    wrong: (honest) => (input) => honest(input) ?? "long",
    kills: foundBy("accepted", "A67.unknown"),
  }),
  fault({
    id: "A68.kinds-share-slot",
    sentence: "Long and short connections take each other's slots.",
    rule: "places.holders",
    wrong:
      () =>
      ({ newcomer, ofAid }) =>
        ofAid.filter((one) => samePlace(one, newcomer) && (one.kind === "long" || newcomer.kind === "long")),
    kills: foundBy("refused", "A68.short-beside-long", "A68.long-beside-short"),
  }),
  fault({
    id: "A69.no-limit",
    sentence: "A slot bears any number of short connections.",
    rule: "kinds.shortLimit",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("accepted", "A69.limit"),
  }),
  fault({
    id: "A69.limit-three",
    sentence: "A slot bears three short connections.",
    rule: "kinds.shortLimit",
    wrong: () => () => 3,
    kills: foundBy("refused-early", "A69.limit"),
  }),
  fault({
    id: "A70.never-closed",
    sentence: "Idle short connections stay open.",
    rule: "kinds.idleMs",
    wrong: () => () => undefined,
    kills: foundBy("still-open", "A70.closes"),
  }),
  fault({
    id: "A70.fixed-window",
    sentence: "short_ttl_ms counts from auth.connect, and requests do not prolong it.",
    rule: "kinds.idleFrom",
    wrong:
      () =>
      ({ connectedAt }) =>
        connectedAt,
    kills: foundBy("closed-early", "A70.sliding"),
  }),
  fault({
    id: "A71.ttl-on-long",
    sentence: "short_ttl_ms ends idle long connections too.",
    rule: "kinds.idleMs",
    wrong:
      () =>
      ({ shortTtlMs }) =>
        shortTtlMs,
    kills: foundBy("closed", "A71.long-unaffected"),
  }),
  fault({
    id: "A72.short-is-online",
    sentence: "Who has only a short connection counts as online.",
    rule: "kinds.online",
    wrong: () => () => true,
    kills: foundBy("online", "A72.not-online"),
  }),
  fault({
    id: "A72.short-gets-pushes",
    sentence: "Messages are pushed to short connections.",
    rule: "kinds.receives",
    wrong: () => () => true,
    kills: foundBy("pushed", "A72.no-push"),
  }),
];
