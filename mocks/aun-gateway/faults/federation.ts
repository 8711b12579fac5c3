import { isJsonObject, own, ownText } from "../../ath/json.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

/** How long a failed attempt to reach another domain holds up everybody else: as long as a peer may take to answer. */
const blockedMs = 5_000;

/** Routing to other domains. */
export const federationFaults = [
  fault({
    id: "A139.not-relayed",
    sentence: "Messages to another domain are called sent and stay here.",
    rule: "federation.relays",
    wrong: () => () => [],
    kills: foundBy("missing", "A139.arrives"),
  }),
  fault({
    id: "A139.one-way",
    sentence: "Messages from another domain are taken and not delivered.",
    rule: "federation.delivers",
    wrong: () => () => false,
    kills: foundBy("missing", "A139.back"),
  }),
  fault({
    id: "A139.from-without-issuer",
    sentence: "Senders of another domain arrive without their domain.",
    rule: "federation.shownFrom",
    wrong:
      () =>
      ({ from }) =>
        from.split(".")[0] ?? from,
    kills: foundBy("wrong-from", "A139.back"),
  }),
  fault({
    id: "A139.no-cross-domain",
    sentence: "The result does not tell that a message went to another domain.",
    rule: "federation.result",
    wrong:
      () =>
      ({ result }) =>
        put(put(result, "cross_domain", undefined), "target_issuer", undefined),
    kills: foundBy("schema", "A139.arrives"),
  }),
  fault({
    id: "A139.relayed-twice",
    sentence: "Messages to another domain are relayed twice, under two ids.",
    rule: "federation.relays",
    wrong:
      () =>
      ({ params }) => [params, put(params, "message_id", `${ownText(params, "message_id") ?? ""}-again`)],
    kills: foundBy("doubled", "A139.order"),
  }),
  fault({
    id: "A140.says-sent",
    sentence: "Messages to a domain that cannot be reached are called sent.",
    rule: "federation.unreachable",
    wrong:
      () =>
      ({ params }) => ({ message_id: ownText(params, "message_id") ?? "m", seq: 0, timestamp: 0, status: "sent" }),
    kills: foundBy("accepted", "A140.unreachable"),
  }),
  fault({
    id: "A140.hangs",
    sentence: "A message to a domain that cannot be reached is never answered.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const error = own(input.answer, "error");
      const failed = isJsonObject(error) && (error["code"] === -32010 || error["code"] === -32011);
      return input.request.method === "message.send" && failed ? [] : honest(input);
    },
    kills: foundBy("no-answer", "A140.unreachable"),
  }),
  fault({
    id: "A140.blocks-local",
    sentence: "While another domain cannot be reached, messages within the domain wait.",
    rule: "federation.localWaitMs",
    wrong:
      () =>
      ({ failedAt, now }) =>
        failedAt === undefined ? 0 : Math.max(0, failedAt + blockedMs - now),
    kills: foundBy("blocked", "A140.local-unaffected"),
  }),
  fault({
    id: "A141.fails-whole-call",
    sentence: "One AID of a domain that cannot be reached makes the whole query fail.",
    rule: "federation.onlineOfUnreachable",
    wrong:
      () =>
      ({ error }) => {
        throw error;
      },
    kills: foundBy("refused", "A141.query"),
  }),
  fault({
    id: "A142.speaks-for-anybody",
    sentence: "A gateway may relay messages of any sender.",
    rule: "federation.senderIsOfPeer",
    wrong: () => () => true,
    kills: {},
  }),
  fault({
    id: "A142.hello-unverified",
    sentence: "A gateway need not prove its domain.",
    rule: "federation.helloHolds",
    wrong: () => () => true,
    kills: {},
  }),
];
