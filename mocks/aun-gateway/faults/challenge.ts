import { fault, foundBy, inMember, put } from "./gateway-fault.ts";

/** The first frame of a connection. */
export const challengeFaults = [
  fault({
    id: "A9.no-challenge",
    sentence: "No challenge is sent.",
    rule: "challenge.frames",
    wrong: () => () => [],
    kills: foundBy("no-answer", "A9.first-frame"),
  }),
  fault({
    id: "A9.challenge-with-id",
    sentence: "The challenge has an id, as if it were a request.",
    rule: "challenge.frames",
    wrong:
      () =>
      ({ challenge }) => [{ ...challenge, id: 1 }],
    kills: foundBy("schema", "A9.first-frame"),
  }),
  fault({
    id: "A9.not-jsonrpc",
    sentence: "The challenge lacks the member jsonrpc.",
    rule: "challenge.frames",
    wrong:
      () =>
      ({ challenge }) => [put(challenge, "jsonrpc", undefined)],
    kills: foundBy("schema", "A9.first-frame"),
  }),
  fault({
    id: "A10.empty-nonce",
    sentence: "The nonce is empty.",
    rule: "challenge.nonce",
    wrong: () => () => "",
    kills: foundBy("schema", "A10.nonce"),
  }),
  fault({
    id: "A10.number-nonce",
    sentence: "The nonce is a number.",
    rule: "challenge.nonce",
    wrong: () => () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
    kills: foundBy("schema", "A10.nonce"),
  }),
  fault({
    id: "A11.nonce-repeats",
    sentence: "Nonces come from a pool of eight.",
    rule: "challenge.nonce",
    wrong: (honest) => {
      const pool: unknown[] = [];
      let next = 0;
      return (input) => {
        if (pool.length < 8) pool.push(honest(input));
        next += 1;
        return pool[next % pool.length];
      };
    },
    kills: foundBy("repeated", "A11.fresh"),
  }),
  fault({
    id: "A11.nonce-sequential",
    sentence: "Nonces are counted.",
    rule: "challenge.nonce",
    wrong: () => {
      let count = 0;
      return () => {
        count += 1;
        return `gateway-nonce-${String(count).padStart(12, "0")}`;
      };
    },
    kills: foundBy("guessable", "A11.unguessable"),
  }),
  fault({
    id: "A12.nonce-only",
    sentence: "The challenge carries the nonce and nothing else.",
    rule: "challenge.frames",
    wrong:
      () =>
      ({ challenge }) => [inMember(challenge, "params", ({ nonce }) => ({ nonce }))],
    kills: foundBy("schema", "A12.members"),
  }),
  fault({
    id: "A13.push-before-request",
    sentence: "A greeting is pushed right after the challenge.",
    rule: "challenge.frames",
    wrong:
      () =>
      ({ challenge }) => [challenge, { jsonrpc: "2.0", method: "event/gateway.welcome", params: {} }],
    kills: foundBy("unasked-push", "A13.quiet"),
  }),
  fault({
    id: "A17.nonce-never-expires",
    sentence: "A nonce is good for ever, and so a connection may take for ever to authenticate.",
    rule: "challenge.lifeMs",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: { "A17.expired": "accepted", "A74.closes": "still-open" },
  }),
];
