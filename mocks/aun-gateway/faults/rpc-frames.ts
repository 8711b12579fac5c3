import { hasUnstorableText } from "../../core/unstorable-text.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

import { silentOn } from "./silent-on.ts";

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
    id: "A117.own-code",
    sentence: "What is no request has the HTTP status 400 for its code.",
    rule: "rpc.errorCode",
    wrong: (honest) => (input) =>
      input.problem === "not-a-request" || input.problem === "batch" ? 400 : honest(input),
    kills: foundBy("unfitting-code", "A117.no-method", "A117.wrong-version", "A117.empty-array", "A117.not-object"),
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
    id: "A118.own-code",
    sentence: "An unknown method has a code that nobody else knows.",
    rule: "rpc.errorCode",
    wrong: (honest) => (input) => (input.problem === "unknown-method" ? -32050 : honest(input)),
    kills: foundBy("unfitting-code", "A118.unknown"),
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
