import type { ReadRequest } from "../rules/rpc.ts";
import type { fault } from "./gateway-fault.ts";

/** Leaves requests that `forgotten` picks without an answer. */
export const silentOn =
  (forgotten: (request: ReadRequest) => boolean) =>
  (honest: HonestAnswers): HonestAnswers =>
  (input) =>
    forgotten(input.request) ? [] : honest(input);

type HonestAnswers = Parameters<Parameters<typeof fault<"rpc.answers">>[0]["wrong"]>[0];
