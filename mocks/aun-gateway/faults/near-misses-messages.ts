import { isJsonObject, type JsonObject, ownText } from "../../ath/json.ts";
import { pullLimit } from "../rules/messages.ts";
import { fault, foundBy } from "./gateway-fault.ts";

/** A payload with each of its texts changed, at whatever depth. */
function inTexts(payload: unknown, change: (text: string) => unknown): unknown {
  if (typeof payload === "string") return change(payload);
  if (Array.isArray(payload)) return payload.map((item) => inTexts(item, change));
  if (!isJsonObject(payload)) return payload;
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, inTexts(value, change)]));
}

/** Ways to spoil a text that short ones without accents do not show. */
const spoilt: readonly { readonly id: string; readonly sentence: string; readonly change: (text: string) => string }[] =
  [
    {
      id: "A127.text-cut",
      sentence: "Texts of a payload are cut after 1,000 characters.",
      change: (text) => text.slice(0, 1000),
    },
    {
      id: "A127.text-normalised",
      sentence: "Texts of a payload are normalised.",
      change: (text) => text.normalize("NFKC"),
    },
    {
      id: "A127.text-trimmed",
      sentence: "Texts of a payload lose the spaces at their ends.",
      change: (text) => text.trim(),
    },
    {
      id: "A127.text-escaped",
      sentence: "Texts of a payload are escaped for HTML.",
      change: (text) => text.replaceAll("<", "&lt;"),
    },
  ];

const byPage = (limit: number | undefined) => Math.min(limit ?? pullLimit, pullLimit);

/** Messages that are handled rightly in the usual case only (A127 to A136). */
export const messageNearMisses = [
  ...spoilt.map(({ id, sentence, change }) =>
    fault({
      id,
      sentence,
      rule: "messages.events",
      wrong: (honest) => (input) =>
        honest(input).map((event): JsonObject => ({ ...event, payload: inTexts(event["payload"], change) })),
      kills: foundBy("changed", "A127.arrives"),
    }),
  ),
  fault({
    id: "A127.from-of-payload",
    sentence: "A sender that the payload names is believed.",
    rule: "messages.from",
    wrong: (honest) => (input) => {
      const payload = input.params["payload"];
      return (isJsonObject(payload) ? ownText(payload, "from") : undefined) ?? honest(input);
    },
    kills: foundBy("spoofed", "A127.from"),
  }),
  fault({
    id: "A127.from-of-signature",
    sentence: "A message is from the AID that its client_signature names, and nobody verifies that.",
    rule: "messages.from",
    wrong: (honest) => (input) => {
      const signature = input.params["client_signature"];
      return (isJsonObject(signature) ? ownText(signature, "aid") : undefined) ?? honest(input);
    },
    kills: foundBy("spoofed", "A127.from-signature"),
  }),
  fault({
    id: "A127.other-seq",
    sentence: "The receiver is told the next seq instead of the message's own.",
    rule: "messages.events",
    wrong: (honest) => (input) => honest(input).map((event) => ({ ...event, seq: Number(event["seq"]) + 1 })),
    kills: foundBy("changed", "A127.arrives"),
  }),
  fault({
    id: "A129.last-only",
    sentence: "A message that came again is known as long as no other came between.",
    rule: "messages.sameness",
    wrong: (honest) => {
      let last = "";
      let count = 0;
      return (input) => {
        const same = honest(input);
        if (same !== last) count += 1;
        last = same;
        return `${count}\n${same}`;
      };
    },
    kills: foundBy("doubled", "A129.duplicate"),
  }),
  fault({
    id: "A132.newest-page",
    sentence: "A pull with a limit gives the newest messages, and leaves out what came before them.",
    rule: "messages.pulled",
    wrong:
      () =>
      ({ kept, afterSeq, limit }) =>
        kept.filter(({ seq }) => seq > afterSeq).slice(-byPage(limit)),
    kills: foundBy("skipped", "A132.limit"),
  }),
  fault({
    id: "A132.by-sender",
    sentence: "A pull gives the messages of one sender after those of the other.",
    rule: "messages.pulled",
    wrong: (honest) => (input) => honest(input).toSorted((one, other) => one.from.localeCompare(other.from)),
    kills: foundBy("out-of-order", "A132.offline"),
  }),
  fault({
    id: "A132.sender-lost",
    sentence: "Pulled messages are from their receiver.",
    rule: "messages.pulled",
    wrong: (honest) => (input) => honest(input).map((message) => ({ ...message, from: message.to })),
    kills: foundBy("wrong-sender", "A132.offline"),
  }),
  fault({
    id: "A134.prefix-ok",
    sentence: "A device may pull for every device whose name begins with its own.",
    rule: "messages.placeFits",
    wrong: (honest) => (input) =>
      (typeof input.given === "string" && input.own !== undefined && input.given.startsWith(input.own)) ||
      honest(input),
    kills: foundBy("accepted", "A134.pull-other-device"),
  }),
  fault({
    id: "A135.limit-ten",
    sentence: "A call recalls ten messages at most.",
    rule: "messages.recallLimit",
    wrong: () => () => 10,
    kills: foundBy("refused", "A135.hundred"),
  }),
  fault({
    id: "A136.limit-fifty",
    sentence: "A query names fifty AIDs at most.",
    rule: "messages.queryLimit",
    wrong: () => () => 50,
    kills: foundBy("refused", "A136.hundred"),
  }),
];
