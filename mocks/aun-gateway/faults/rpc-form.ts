import { fault, foundBy, inMember, put } from "./gateway-fault.ts";

import { silentOn } from "./silent-on.ts";

/** How many requests of a connection have come since the event loop went round. */
function burstCounter(): (session: object) => number {
  const counts = new WeakMap<object, number>();
  return (session) => {
    const count = (counts.get(session) ?? 0) + 1;
    counts.set(session, count);
    if (count === 1) setImmediate(() => counts.delete(session));
    return count;
  };
}

/** The form of answers and pushes. */
export const rpcFormFaults = [
  fault({
    id: "A113.no-jsonrpc-in-results",
    sentence: "Results lack the member jsonrpc.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { answer } = input;
      return honest({ ...input, answer: "result" in answer ? put(answer, "jsonrpc", undefined) : answer });
    },
    kills: foundBy("schema", "A113.version"),
  }),
  fault({
    id: "A114.text-ids",
    sentence: "Ids come back as text.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { id } = input.request;
      return honest({ ...input, answer: typeof id === "number" ? { ...input.answer, id: String(id) } : input.answer });
    },
    kills: foundBy("not-echoed", "A114.id-type"),
  }),
  fault({
    id: "A114.zero-dropped",
    sentence: "A request with the id 0 or an empty id counts as a notification.",
    rule: "rpc.answers",
    wrong: silentOn(({ id }) => id === 0 || id === ""),
    kills: foundBy("no-answer", "A114.id-type"),
  }),
  fault({
    id: "A114.error-null-beside-result",
    sentence: "Results come with a null error beside them.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { answer } = input;
      return honest({ ...input, answer: "result" in answer ? { ...answer, error: null } : answer });
    },
    kills: foundBy("schema", "A114.one-of"),
  }),
  fault({
    id: "A115.text-code",
    sentence: "Error codes are text.",
    rule: "rpc.answers",
    wrong: (honest) => (input) =>
      honest({
        ...input,
        answer: inMember(input.answer, "error", (error) => ({ ...error, code: String(error["code"]) })),
      }),
    kills: foundBy("schema", "A115.error-shape"),
  }),
  fault({
    id: "A115.no-message",
    sentence: "Errors have no message.",
    rule: "rpc.answers",
    wrong: (honest) => (input) =>
      honest({ ...input, answer: inMember(input.answer, "error", (error) => put(error, "message", undefined)) }),
    kills: foundBy("schema", "A115.error-shape"),
  }),
  fault({
    id: "A120.answers-notifications",
    sentence: "Notifications are answered, with the id null.",
    rule: "rpc.answersNotifications",
    wrong: () => () => true,
    kills: foundBy("answered", "A120.notification"),
  }),
  fault({
    id: "A121.push-with-id",
    sentence: "Pushes have an id, as if they were requests.",
    rule: "rpc.push",
    wrong:
      () =>
      ({ notification }) => ({ ...notification, id: "push" }),
    kills: foundBy("schema", "A121.pushes"),
  }),
  fault({
    id: "A121.other-name",
    sentence: "Events are called by their bare name.",
    rule: "rpc.push",
    wrong:
      () =>
      ({ notification }) => ({ ...notification, method: String(notification["method"]).replace(/^event\//, "") }),
    kills: foundBy("schema", "A121.pushes"),
  }),
  fault({
    id: "A122.drops-beyond-eight",
    sentence: "Of requests that come at once, those after the eighth are dropped.",
    rule: "rpc.answers",
    wrong: (honest) => {
      const burst = burstCounter();
      return (input) => (burst(input.session) > 8 ? [] : honest(input));
    },
    kills: foundBy("missing", "A122.concurrent"),
  }),
  fault({
    id: "A122.answers-twice",
    sentence: "Of requests that come at once, all but the first are answered twice.",
    rule: "rpc.answers",
    wrong: (honest) => {
      const burst = burstCounter();
      return (input) => (burst(input.session) > 1 ? [...honest(input), ...honest(input)] : honest(input));
    },
    kills: foundBy("doubled", "A122.concurrent"),
  }),
  fault({
    id: "A18.second-connect-hangs",
    sentence: "A second auth.connect on a connection is never answered.",
    rule: "rpc.answers",
    wrong: (honest) => (input) =>
      input.connectedBefore && input.request.method === "auth.connect" ? [] : honest(input),
    kills: foundBy("no-answer", "A18.used-again"),
  }),
];
