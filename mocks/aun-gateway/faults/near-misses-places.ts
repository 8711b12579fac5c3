import { samePlace } from "../rules/places.ts";
import { fault, foundBy } from "./gateway-fault.ts";

/** Separators by which a wrong gateway divides the name of a slot. */
const slotKeys: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly keyOf: (slotId: string) => string;
  readonly kills: Readonly<Record<string, string>>;
}[] = [
  {
    id: "A53.slash-only",
    sentence: "The key of a slot ends at a slash, not at a colon or space.",
    keyOf: (slotId) => slotId.replace(/\/.*$/s, ""),
    kills: foundBy("both-alive", "A53.isolation-key"),
  },
  {
    id: "A53.last-separator",
    sentence: "The key of a slot ends at the last separator instead of the first.",
    keyOf: (slotId) => slotId.replace(/[/: ][^/: ]*$/s, ""),
    kills: foundBy("both-alive", "A53.isolation-key"),
  },
  {
    id: "A53.more-separators",
    sentence: "The key of a slot ends at a dash or dot as well.",
    keyOf: (slotId) => slotId.replace(/[/: .-].*$/s, ""),
    kills: foundBy("refused", "A53.other-prefix"),
  },
  {
    id: "A53.eight-characters",
    sentence: "Of the key of a slot the first eight characters count.",
    keyOf: (slotId) => slotId.replace(/[/: ].*$/s, "").slice(0, 8),
    kills: foundBy("refused", "A53.other-prefix"),
  },
];

/** Places, modes and kinds that are judged in the usual case only (A50 to A67). */
export const placeNearMisses = [
  fault({
    id: "A50.device-shared-by-aids",
    sentence: "A device without slots is connected once, whichever AID it is of.",
    rule: "places.holders",
    wrong: (honest) => (input) => {
      const { newcomer, everyone } = input;
      const others = newcomer.kind === "long" && newcomer.slotKey === "" ? everyone() : [];
      return [
        ...new Set([...honest(input), ...others.filter((one) => one.kind === "long" && samePlace(one, newcomer))]),
      ];
    },
    kills: foundBy("refused", "A50.other-aid-no-slot"),
  }),
  fault({
    id: "A51.device-never-freed",
    sentence: "The place of a device without slots stays taken when its holder has gone.",
    rule: "places.freed",
    wrong: (honest) => (input) =>
      input.closed.slotKey === "" && input.closed.deviceId !== undefined ? [] : honest(input),
    kills: foundBy("refused", "A51.free-again"),
  }),
  ...slotKeys.map(({ id, sentence, keyOf, kills }) =>
    fault({ id, sentence, rule: "places.slotKey", wrong: () => (input) => keyOf(input.slotId), kills }),
  ),
  fault({
    id: "A55.number-as-mode",
    sentence: "A delivery mode that is no text counts as fanout.",
    rule: "delivery.modeFits",
    wrong: (honest) => (input) => typeof input.mode !== "string" || honest(input),
    kills: foundBy("accepted", "A55.mode"),
  }),
  fault({
    id: "A55.number-as-routing",
    sentence: "A routing that is no text counts as round_robin.",
    rule: "delivery.routingFits",
    wrong: (honest) => (input) => typeof input.routing !== "string" || honest(input),
    kills: foundBy("accepted", "A55.routing"),
  }),
  fault({
    id: "A56.queue-joins-fanout",
    sentence: "An AID whose connections declare fanout may declare queue as well.",
    rule: "delivery.conflicts",
    wrong: (honest) => (input) => !(input.mine.mode === "queue" && input.theirs.mode === "fanout") && honest(input),
    kills: foundBy("accepted", "A56.conflict"),
  }),
  fault({
    id: "A67.number-is-long",
    sentence: "A kind that is no text counts as long.",
    rule: "kinds.kind",
    wrong: (honest) => (input) => (input.kind !== undefined && typeof input.kind !== "string" ? "long" : honest(input)),
    kills: foundBy("accepted", "A67.unknown"),
  }),
  fault({
    id: "A59.first-device-only",
    sentence: "With fanout one device of the receiver gets the messages.",
    rule: "delivery.receivers",
    wrong: (honest) => (input) => {
      const receivers = honest(input);
      return receivers.filter(({ deviceId }) => deviceId === receivers[0]?.deviceId);
    },
    kills: foundBy("missing", "A59.all"),
  }),
  fault({
    id: "A59.slots-first",
    sentence: "With fanout a connection without a slot gets nothing while there are some with one.",
    rule: "delivery.receivers",
    wrong: (honest) => (input) => {
      const receivers = honest(input);
      const inSlots = receivers.filter(({ slotKey }) => slotKey !== "");
      return inSlots.length > 0 ? inSlots : receivers;
    },
    kills: foundBy("missing", "A59.all"),
  }),
];
