import { hasUnstorableText } from "../../core/unstorable-text.ts";
import type { ReadRequest } from "../rules/rpc.ts";
import { fault, foundBy, inMember, put } from "./gateway-fault.ts";

/** Leaves requests that `forgotten` picks without an answer. */
const silentOn =
  (forgotten: (request: ReadRequest) => boolean) =>
  (honest: HonestAnswers): HonestAnswers =>
  (input) =>
    forgotten(input.request) ? [] : honest(input);

type HonestAnswers = Parameters<Parameters<typeof fault<"rpc.answers">>[0]["wrong"]>[0];

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

const loneSurrogate =
  /\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]/;

/** How deep the brackets of a frame nest, without a parser that could itself break. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
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

/** Frames that are no good requests. */
export const rpcFrameFaults = [
  fault({
    id: "A116.silent",
    sentence: "What is not JSON is not answered.",
    rule: "rpc.answers",
    wrong: silentOn(({ problem }) => problem === "not-json"),
    kills: foundBy("no-answer", "A116.not-json"),
  }),
  fault({
    id: "A116.says-32600",
    sentence: "What is not JSON is called an invalid request.",
    rule: "rpc.errorCode",
    wrong: (honest) => (input) => (input.problem === "not-json" ? -32600 : honest(input)),
    kills: foundBy("unfitting-code", "A116.not-json"),
  }),
  fault({
    id: "A116.id-invented",
    sentence: "The answer to what is not JSON has an id of its own.",
    rule: "rpc.answers",
    wrong: (honest) => (input) =>
      honest({ ...input, answer: input.request.problem === "not-json" ? { ...input.answer, id: 0 } : input.answer }),
    kills: foundBy("wrong-id", "A116.not-json"),
  }),
  fault({
    id: "A117.silent",
    sentence: "What is no request is not answered.",
    rule: "rpc.answers",
    wrong: silentOn(
      ({ problem, text }) => problem === "not-a-request" || (problem === "batch" && text.trim() === "[]"),
    ),
    kills: foundBy("no-answer", "A117.no-method", "A117.wrong-version", "A117.empty-array", "A117.not-object"),
  }),
  fault({
    id: "A117.wrong-version-ok",
    sentence: "The member jsonrpc may be anything.",
    rule: "rpc.versionFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "A117.wrong-version"),
  }),
  fault({
    id: "A117.says-32603",
    sentence: "What is no request is called an internal error.",
    rule: "rpc.errorCode",
    wrong: (honest) => (input) =>
      input.problem === "not-a-request" || input.problem === "batch" ? -32603 : honest(input),
    kills: foundBy("server-error", "A117.no-method", "A117.wrong-version", "A117.empty-array", "A117.not-object"),
  }),
  fault({
    id: "A118.empty-result",
    sentence: "An unknown method has an empty result.",
    rule: "rpc.unknownMethod",
    wrong: () => () => ({}),
    kills: foundBy("accepted", "A118.unknown"),
  }),
  fault({
    id: "A118.says-32603",
    sentence: "An unknown method is called an internal error.",
    rule: "rpc.errorCode",
    wrong: (honest) => (input) => (input.problem === "unknown-method" ? -32603 : honest(input)),
    kills: foundBy("server-error", "A118.unknown"),
  }),
  fault({
    id: "A118.prototype-lookup",
    sentence: "Methods are looked up in an object, and the name of an inherited member breaks the look-up.",
    rule: "rpc.knows",
    wrong: (honest) => (input) => {
      if (input.name in {}) throw new TypeError("this is no method");
      return honest(input);
    },
    kills: foundBy("server-error", "A118.prototype"),
  }),
  fault({
    id: "A119.crashes-silently",
    sentence: "A request whose params are no object is never answered.",
    rule: "rpc.answers",
    wrong: silentOn(({ problem }) => problem === "bad-params"),
    kills: foundBy("no-answer", "A119.wrong-type"),
  }),
  fault({
    id: "A119.unstorable-text-crashes",
    sentence: "A text with NUL or half a surrogate pair in it reaches the database, which does not take it.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const { request, answer } = input;
      if (!hasUnstorableText(request.params)) return honest(input);
      const error = { code: 4500, message: "internal error" };
      return honest({ ...input, answer: { ...put(answer, "result", undefined), error } });
    },
    kills: foundBy(
      "server-error",
      "A119.fuzz-connect",
      "A119.fuzz-login",
      "A119.fuzz-create-aid",
      "A119.fuzz-messages",
    ),
  }),
  fault({
    id: "A123.silent",
    sentence: "Batches are not answered.",
    rule: "rpc.answers",
    wrong: silentOn(({ problem, text }) => problem === "batch" && text.trim() !== "[]"),
    kills: foundBy("no-answer", "A123.batch"),
  }),
  fault({
    id: "A124.closes-on-error",
    sentence: "A frame that is no good request ends the connection.",
    rule: "rpc.closesAfter",
    wrong: () => () => true,
    kills: foundBy("closed", "A124.survives"),
  }),
  fault({
    id: "A125.unlimited",
    sentence: "Frames may be sixty times as long as max_message_size says.",
    rule: "rpc.frameLimit",
    wrong: () => () => 64 * 1024 * 1024,
    kills: foundBy("accepted", "A125.oversized"),
  }),
  fault({
    id: "A125.oversized-crashes",
    sentence: "A frame longer than max_message_size ends the gateway.",
    rule: "rpc.survives",
    wrong:
      () =>
      ({ text, limit }) =>
        text.length <= limit,
    kills: foundBy("gone", "A125.oversized"),
  }),
  fault({
    id: "A125.binary-crashes",
    sentence: "A binary frame ends the gateway.",
    rule: "rpc.survives",
    wrong:
      () =>
      ({ binary }) =>
        !binary,
    kills: foundBy("gone", "A125.binary"),
  }),
  fault({
    id: "A125.deep-crashes",
    sentence: "A frame that nests deep ends the gateway.",
    rule: "rpc.survives",
    wrong:
      () =>
      ({ text }) =>
        nesting(text) < 1_000,
    kills: foundBy("gone", "A125.generated"),
  }),
  fault({
    id: "A125.surrogate-hangs",
    sentence: "A request with half a surrogate pair in it is never answered.",
    rule: "rpc.answers",
    wrong: silentOn(({ text }) => loneSurrogate.test(text)),
    kills: foundBy("no-answer", "A125.generated"),
  }),
  fault({
    id: "A125.fragments-ignored",
    sentence: "A message is lost when a ping comes between its fragments.",
    rule: "rpc.takesMessage",
    wrong:
      () =>
      ({ pingBefore }) =>
        !pingBefore,
    kills: foundBy("no-answer", "A125.fragments"),
  }),
];
