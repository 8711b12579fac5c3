import { fault, foundBy } from "./gateway-fault.ts";

/** What a client declares of delivery. */
export const deliveryModeFaults = [
  fault({
    id: "A55.mode-unchecked",
    sentence: "An unknown delivery mode counts as fanout.",
    rule: "delivery.modeFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "A55.mode"),
  }),
  fault({
    id: "A55.routing-unchecked",
    sentence: "An unknown routing counts as round_robin.",
    rule: "delivery.routingFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "A55.routing"),
  }),
  fault({
    id: "A56.modes-mixed",
    sentence: "Connections of one AID may declare different delivery modes.",
    rule: "delivery.conflicts",
    wrong: () => () => false,
    kills: { ...foundBy("accepted", "A56.conflict"), ...foundBy("wrongly-accepted", "A48.model") },
  }),
  fault({
    id: "A56.refusal-kills-holder",
    sentence: "When a connection with another delivery mode is refused, the others are ended.",
    rule: "places.afterRefusal",
    wrong: (honest) => (input) => (input.conflict === "delivery_mode_conflict" ? "closed" : honest(input)),
    kills: foundBy("holder-lost", "A56.first-unharmed"),
  }),
  fault({
    id: "A57.every-mode-conflicts",
    sentence: "A second connection of an AID is refused whatever its delivery mode.",
    rule: "delivery.conflicts",
    wrong: () => () => true,
    kills: foundBy("refused", "A57.same-mode"),
  }),
  fault({
    id: "A57.mode-never-freed",
    sentence: "The delivery mode of an AID stays what it was first.",
    rule: "delivery.others",
    wrong:
      () =>
      ({ live, last }) =>
        last === undefined ? live : [last],
    kills: foundBy("refused", "A57.other-after-close", "A48.model"),
  }),
  fault({
    id: "A58.empty-routing-refused",
    sentence: "An empty routing is refused.",
    rule: "delivery.routingFits",
    wrong: (honest) => (input) => input.routing !== "" && honest(input),
    kills: foundBy("refused", "A58.fanout-with-routing", "A33.sdk-request"),
  }),
];

/** How messages are spread over the instances of their receiver. */
export const deliveryFaults = [
  fault({
    id: "A59.first-only",
    sentence: "In fanout mode only the oldest instance gets messages.",
    rule: "delivery.receivers",
    wrong: (honest) => (input) => (input.mode === "fanout" ? honest(input).slice(0, 1) : honest(input)),
    kills: foundBy("missing", "A59.all"),
  }),
  fault({
    id: "A59.doubled",
    sentence: "Every message is pushed twice.",
    rule: "messages.events",
    wrong:
      () =>
      ({ params }) => [params, params],
    kills: foundBy("doubled", "A59.all", "A59.interleaved"),
  }),
  fault({
    id: "A59.lost-on-reconnect",
    sentence: "What came while a receiver was away is dropped when it connects.",
    rule: "messages.outlivesConnect",
    wrong: () => () => false,
    kills: foundBy("missing", "A59.interleaved"),
  }),
  fault({
    id: "A60.queue-to-all",
    sentence: "In queue mode every instance gets every message.",
    rule: "delivery.receivers",
    wrong:
      () =>
      ({ instances }) =>
        instances,
    kills: foundBy("doubled", "A60.exactly-one"),
  }),
  fault({
    id: "A60.queue-loses",
    sentence: "In queue mode every fifth message reaches nobody.",
    rule: "delivery.receivers",
    wrong: (honest) => {
      let count = 0;
      return (input) => {
        if (input.mode !== "queue" || input.instances.length === 0) return honest(input);
        count += 1;
        return count % 5 === 0 ? [] : honest(input);
      };
    },
    kills: foundBy("missing", "A60.exactly-one"),
  }),
  fault({
    id: "A61.always-first",
    sentence: "In queue mode it is always the oldest instance's turn.",
    rule: "delivery.turn",
    wrong: () => () => 0,
    kills: foundBy("starved", "A61.round-robin"),
  }),
  fault({
    id: "A62.affinity-ignored",
    sentence: "Sender affinity is the same as round robin.",
    rule: "delivery.sticks",
    wrong: () => () => false,
    kills: foundBy("scattered", "A62.affinity"),
  }),
  fault({
    id: "A63.sticks-to-the-dead",
    sentence: "A sender stays bound to an instance that is gone.",
    rule: "delivery.binding",
    wrong: () => () => "holds" as const,
    kills: foundBy("missing", "A63.moves"),
  }),
  fault({
    id: "A64.expired-affinity-loses",
    sentence: "When affinity_ttl_ms is over, the sender's messages reach nobody.",
    rule: "delivery.binding",
    wrong: (honest) => (input) => {
      const { binding, now } = input;
      return binding.ttlMs > 0 && now >= binding.since + binding.ttlMs ? "lost" : honest(input);
    },
    kills: foundBy("missing", "A64.ttl"),
  }),
  fault({
    id: "A65.event-without-mode",
    sentence: "Events do not carry the delivery mode.",
    rule: "delivery.shown",
    wrong: (honest) => (input) => (input.where === "event" ? undefined : honest(input)),
    kills: foundBy("schema", "A65.event-mode"),
  }),
  fault({
    id: "A65.result-without-mode",
    sentence: "The result of message.send does not carry the delivery mode.",
    rule: "delivery.shown",
    wrong: (honest) => (input) => (input.where === "result" ? undefined : honest(input)),
    kills: foundBy("schema", "A65.result-mode"),
  }),
  fault({
    id: "A65.always-fanout",
    sentence: "The delivery mode is always called fanout.",
    rule: "delivery.shown",
    wrong: () => () => "fanout",
    kills: foundBy("wrong-mode", "A65.event-mode", "A65.result-mode"),
  }),
  fault({
    id: "A66.fanout-not-stored",
    sentence: "In fanout mode messages to nobody online are not kept.",
    rule: "messages.kept",
    wrong:
      () =>
      ({ mode, delivered }) =>
        mode === "queue" || delivered,
    kills: foundBy("missing", "A66.fanout-history"),
  }),
  fault({
    id: "A66.queue-unlimited",
    sentence: "Any number of messages is kept in queue mode.",
    rule: "messages.queueLimit",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("too-many", "A66.queue-limit"),
  }),
  fault({
    id: "A66.queue-kept",
    sentence: "Messages of queue mode are kept however old they are.",
    rule: "messages.queueLifeMs",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("kept", "A66.queue-age"),
  }),
];
