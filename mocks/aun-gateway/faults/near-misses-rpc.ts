import { fault, foundBy } from "./gateway-fault.ts";

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
