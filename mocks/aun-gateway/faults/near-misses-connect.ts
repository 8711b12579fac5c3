import { isJsonObject, own, ownText } from "../../ath/json.ts";
import { samePlace } from "../rules/places.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

/** A comparison of nonces that is nearly right. */
const nonceMisses: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly passes: (given: string, own: string) => boolean;
}[] = [
  {
    id: "A15.prefix-ok",
    sentence: "The beginning of the nonce is as good as the whole.",
    passes: (given, whole) => given !== "" && whole.startsWith(given),
  },
  {
    id: "A15.case-ignored",
    sentence: "The nonce is compared without regard to case.",
    passes: (given, whole) => given.toLowerCase() === whole.toLowerCase(),
  },
];

/** What auth.connect lets through beside what it must (A14 to A36): the blatant case is refused, the subtle one is not. */
export const connectNearMisses = [
  fault({
    id: "A14.null-nonce-ok",
    sentence: "A nonce of null is as good as the right one.",
    rule: "connect.nonce",
    wrong: (honest) => (input) => (input.given === null ? "fits" : honest(input)),
    kills: foundBy("accepted", "A14.empty"),
  }),
  ...nonceMisses.map(({ id, sentence, passes }) =>
    fault({
      id,
      sentence,
      rule: "connect.nonce",
      wrong: (honest) => (input) => {
        const { given, own: expected } = input;
        const both = typeof given === "string" && typeof expected === "string";
        return both && passes(given, expected) ? "fits" : honest(input);
      },
      kills: foundBy("accepted", "A15.wrong"),
    }),
  ),
  fault({
    id: "A16.nonce-outlives-connection",
    sentence: "The nonce of a connection that has closed is good for every other.",
    rule: "connect.nonce",
    wrong: (honest) => {
      const seen = new Set<unknown>();
      return (input) => {
        const open = new Set(input.everyNonce());
        const isOld = seen.has(input.given) && !open.has(input.given);
        for (const nonce of open) seen.add(nonce);
        return isOld ? "fits" : honest(input);
      };
    },
    kills: foundBy("accepted", "A16.closed-connection"),
  }),
  fault({
    id: "A19.empty-auth-ok",
    sentence: "Who sends an auth that holds nothing is connected as somebody.",
    rule: "connect.credentials",
    wrong: (honest) => (input) =>
      isJsonObject(input.given) && Object.keys(input.given).length === 0 ? { anonymous: true } : honest(input),
    kills: foundBy("accepted", "A19.no-auth"),
  }),
  fault({
    id: "A19.empty-method-ok",
    sentence: "An empty auth.method counts as kite_token.",
    rule: "connect.method",
    wrong: (honest) => (input) => (own(input.auth, "method") === "" ? "kite_token" : honest(input)),
    kills: foundBy("accepted", "A19.no-method"),
  }),
  fault({
    id: "A20.none-ok",
    sentence: "An auth.method called none counts as kite_token.",
    rule: "connect.method",
    wrong: (honest) => (input) => (own(input.auth, "method") === "none" ? "kite_token" : honest(input)),
    kills: foundBy("accepted", "A20.unknown-method"),
  }),
  fault({
    id: "A21.empty-token-ok",
    sentence: "An empty token connects as somebody.",
    rule: "connect.kiteToken",
    wrong: (honest) => (input) => (own(input.auth, "token") === "" ? input.anyAid() : undefined) ?? honest(input),
    kills: foundBy("accepted", "A21.no-token"),
  }),
  fault({
    id: "A33.strict-options",
    sentence: "Members of options that the documents do not name are refused.",
    rule: "connect.membersFit",
    wrong:
      () =>
      ({ params }) => {
        const options = own(params, "options");
        return (
          !isJsonObject(options) || Object.keys(options).every((name) => name === "kind" || name === "short_ttl_ms")
        );
      },
    kills: foundBy("refused", "A33.unknown-members"),
  }),
  fault({
    id: "A35.major-only",
    sentence: "Versions with the server's first number are let in, whatever follows it.",
    rule: "versions.chosen",
    wrong: (honest) => (input) => {
      const [asked, spoken] = [input.client.min, input.server.max].map((version) => version.split(".")[0]);
      return honest(input) ?? (asked === spoken ? input.server.max : undefined);
    },
    kills: foundBy("accepted", "A35.none-common"),
  }),
  fault({
    id: "A36.ranges-swapped",
    sentence: "The error about versions calls the server's range the client's.",
    rule: "versions.data",
    wrong: (honest) => (input) => honest({ client: input.server, server: input.client }),
    kills: foundBy("not-echoed", "A36.ranges"),
  }),
  fault({
    id: "A42.device-folded",
    sentence: "connection.device_id is the client's device in lower case.",
    rule: "connect.result",
    wrong: (honest) => (input) => {
      const result = honest(input);
      const device = ownText(isJsonObject(result["connection"]) ? result["connection"] : {}, "device_id");
      return put(result, "connection.device_id", device?.toLowerCase() ?? "");
    },
    kills: foundBy("not-echoed", "A42.connection"),
  }),
  fault({
    id: "A42.id-of-device",
    sentence: "The id of a connection is made of the name of its device.",
    rule: "connect.result",
    wrong: (honest) => (input) => {
      const result = honest(input);
      const device = isJsonObject(result["connection"]) ? result["connection"]["device_id"] : "";
      return put(result, "connection.id", `conn_${String(device)}`);
    },
    kills: foundBy("repeated", "A42.unique"),
  }),
  fault({
    id: "A45.feature-echoed",
    sentence: "A feature is announced to those clients that declare it.",
    rule: "connect.capabilities",
    wrong: (honest) => (input) => put(honest(input), "features.e2ee", own(input.client, "e2ee") === true),
    kills: foundBy("depends-on-client", "A45.not-intersected"),
  }),
];

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

/** What the gate and the JSON-RPC layer let through (A78, A114 to A118). */
export const rpcNearMisses = [
  fault({
    id: "A78.some-open",
    sentence: "Acknowledging and the trust roots need no auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => ["message.ack", "meta.trust_roots"].includes(input.method) || honest(input),
    kills: foundBy("accepted", "A78.ack", "A78.trust-roots"),
  }),
  fault({
    id: "A78.notifications-pass",
    sentence: "A request without id is carried out before auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => input.isNotification || honest(input),
    kills: foundBy("delivered", "A78.notification"),
  }),
  ...(
    [
      ["A114.lower-case-ids", "Ids come back in lower case.", (id: string) => id.toLowerCase()],
      [
        "A114.numbers-of-texts",
        "Ids of digits come back as numbers.",
        (id: string) => (/^\d+$/.test(id) ? Number(id) : id),
      ],
    ] as const
  ).map(([id, sentence, fold]) =>
    fault({
      id,
      sentence,
      rule: "rpc.answers",
      wrong: (honest) => (input) => {
        const { answer } = input;
        const given = answer["id"];
        return honest({ ...input, answer: { ...answer, ...(typeof given === "string" ? { id: fold(given) } : {}) } });
      },
      kills: foundBy("not-echoed", "A114.id-type"),
    }),
  ),
  fault({
    id: "A117.no-version-ok",
    sentence: "A request that does not say its JSON-RPC version is carried out.",
    rule: "rpc.versionFits",
    wrong: (honest) => (input) => input.version === undefined || honest(input),
    kills: foundBy("accepted", "A117.wrong-version"),
  }),
  fault({
    id: "A117.number-as-version",
    sentence: "The JSON-RPC version may be the number 2.",
    rule: "rpc.versionFits",
    wrong: (honest) => (input) => input.version === 2 || honest(input),
    kills: foundBy("accepted", "A117.wrong-version"),
  }),
  fault({
    id: "A118.empty-result-of-namespace",
    sentence: "An unknown method of a known namespace gives an empty result.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { request, answer } = input;
      const isOurs = request.problem === "unknown-method" && request.method?.startsWith("message.");
      return honest(isOurs ? { ...input, answer: { jsonrpc: "2.0", id: answer["id"] ?? null, result: {} } } : input);
    },
    kills: foundBy("accepted", "A118.unknown"),
  }),
];

/** What meta.status tells of a connection (A107). */
export const metaNearMisses = [
  fault({
    id: "A107.time-of-asking",
    sentence: "connected_at is the time of the question.",
    rule: "meta.status",
    wrong: (honest) => (input) => ({ ...honest(input), connected_at: Date.now() }),
    kills: foundBy("moves", "A107.status"),
  }),
  fault({
    id: "A107.time-of-start",
    sentence: "connected_at is the time when the gateway was started.",
    rule: "meta.status",
    wrong: (honest) => (input) => honest({ ...input, connectedAt: input.connectedAt - 3_600_000 }),
    kills: foundBy("wrong-time", "A107.status"),
  }),
];
