import { fault, foundBy } from "./gateway-fault.ts";

const business = ["A78.ping", "A78.status", "A78.send", "A78.pull", "A78.query-online"] as const;

/** What may be called before auth.connect, and how long that may take. */
export const gateFaults = [
  fault({
    id: "A74.never-closed",
    sentence: "A connection that does not authenticate stays open.",
    rule: "gate.limitEnds",
    wrong: () => () => false,
    kills: foundBy("still-open", "A74.closes", "A75.code"),
  }),
  fault({
    id: "A74.after-ten-seconds",
    sentence: "A connection has ten seconds to authenticate.",
    rule: "gate.limitMs",
    wrong: () => () => 10_000,
    kills: foundBy("closed-early", "A74.not-before"),
  }),
  fault({
    id: "A74.any-frame-extends",
    sentence: "Every frame gives a connection another thirty seconds to authenticate.",
    rule: "gate.limitFrom",
    wrong:
      () =>
      ({ lastFrameAt }) =>
        lastFrameAt,
    kills: foundBy("still-open", "A74.pings-do-not-extend"),
  }),
  fault({
    id: "A76.idle-closed",
    sentence: "Authenticated connections are closed thirty seconds after they were opened.",
    rule: "gate.limitEnds",
    wrong: () => () => true,
    kills: foundBy("closed", "A76.idle"),
  }),
  fault({
    id: "A77.auth-needs-connect",
    sentence: "The auth service cannot be called before auth.connect.",
    rule: "gate.allows",
    wrong:
      () =>
      ({ method, connected }) =>
        connected || method === "auth.connect",
    kills: foundBy("refused", "A77.create-aid"),
  }),
  fault({
    id: "A77.login-needs-connect",
    sentence: "Nobody can log in before auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) && (input.connected || input.method !== "auth.aid_login2"),
    kills: foundBy("refused", "A77.login"),
  }),
  fault({
    id: "A77.refresh-needs-connect",
    sentence: "Tokens can be refreshed after auth.connect only.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) && (input.connected || input.method !== "auth.refresh_token"),
    kills: foundBy("refused", "A77.refresh"),
  }),
  fault({
    id: "A78.gate-open",
    sentence: "Every method can be called before auth.connect.",
    rule: "gate.allows",
    wrong: () => () => true,
    kills: { ...foundBy("accepted", ...business), "A78.group": "unfitting-code" },
  }),
  fault({
    id: "A78.meta-open",
    sentence: "meta.* can be called before auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) || input.method.startsWith("meta."),
    kills: foundBy("accepted", "A78.ping", "A78.status"),
  }),
  fault({
    id: "A78.recall-open",
    sentence: "message.recall can be called before auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) || input.method === "message.recall",
    kills: foundBy("accepted", "A78.recall"),
  }),
  fault({
    id: "A78.says-32601",
    sentence: "Before auth.connect, business methods are said not to exist.",
    rule: "gate.code",
    wrong: () => () => -32601,
    kills: foundBy("unfitting-code", ...business, "A78.group"),
  }),
  fault({
    id: "A78.refusal-opens-gate",
    sentence: "After an auth.connect that was refused, business methods can be called.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) || input.refused,
    kills: foundBy("accepted", "A78.after-refused-connect"),
  }),
  fault({
    id: "A79.login-opens-gate",
    sentence: "After auth.aid_login2, business methods can be called without auth.connect.",
    rule: "gate.allows",
    wrong: (honest) => (input) => honest(input) || input.loggedIn,
    kills: foundBy("accepted", "A79.login-not-ready"),
  }),
  fault({
    id: "A111.gate-remembers",
    sentence: "Who was connected before from the same address need not connect again.",
    rule: "gate.allows",
    wrong: (honest) => {
      const known = new Set<string>();
      return (input) => {
        if (input.connected) known.add(input.address);
        return honest(input) || known.has(input.address);
      };
    },
    kills: foundBy("accepted", "A111.gated-again"),
  }),
  fault({
    id: "A109.closed-after-two-minutes",
    sentence: "Authenticated connections are closed after two minutes, whatever they do.",
    rule: "gate.lifetimeMs",
    wrong: () => () => 120_000,
    kills: foundBy("closed", "A109.pinged"),
  }),
];
