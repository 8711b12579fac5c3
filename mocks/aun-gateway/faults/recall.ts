import type { RecallProblem } from "../rules/messages.ts";
import type { AcceptedProblem } from "./accepted-problem.ts";
import { fault, foundBy } from "./gateway-fault.ts";

const recallProblems: readonly AcceptedProblem<RecallProblem>[] = [
  {
    id: "A135.anyone",
    sentence: "Anybody can recall a message.",
    problem: "not_sender",
    check: "A135.not-sender",
  },
  {
    id: "A135.not-found-ok",
    sentence: "Recalling a message that is not there succeeds.",
    problem: "not_found",
    check: "A135.not-found",
  },
  {
    id: "A135.twice-ok",
    sentence: "A message can be recalled twice.",
    problem: "already_recalled",
    check: "A135.twice",
  },
  {
    id: "A135.no-time-limit",
    sentence: "A message can be recalled however old it is.",
    problem: "expired",
    check: "A135.expired",
  },
];

/** message.recall and message.query_online. */
export const recallFaults = [
  ...recallProblems.map(({ id, sentence, problem, check }) =>
    fault({
      id,
      sentence,
      rule: "messages.recallProblem",
      wrong: (honest) => (input) => {
        const found = honest(input);
        return found === problem ? undefined : found;
      },
      kills: foundBy("accepted", check),
    }),
  ),
  fault({
    id: "A135.recall-nothing",
    sentence: "Recalled messages can still be pulled.",
    rule: "messages.takesBack",
    wrong: () => () => false,
    kills: foundBy("not-recalled", "A135.recall"),
  }),
  fault({
    id: "A135.no-recall-event",
    sentence: "Receivers are not told of a recall.",
    rule: "messages.tellsOfRecall",
    wrong: () => () => false,
    kills: foundBy("not-told", "A135.recall"),
  }),
  fault({
    id: "A135.no-count-limit",
    sentence: "One call recalls any number of messages.",
    rule: "messages.recallLimit",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("accepted", "A135.too-many"),
  }),
  fault({
    id: "A136.always-true",
    sentence: "Everybody is online.",
    rule: "messages.online",
    wrong: () => () => true,
    kills: foundBy("wrong", "A136.online"),
  }),
  fault({
    id: "A136.always-false",
    sentence: "Nobody is online.",
    rule: "messages.online",
    wrong: () => () => false,
    kills: foundBy("wrong", "A136.online"),
  }),
  fault({
    id: "A136.no-limit",
    sentence: "One query names any number of AIDs.",
    rule: "messages.queryLimit",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("accepted", "A136.limit"),
  }),
  fault({
    id: "A136.online-forever",
    sentence: "Who was seen online once stays online.",
    rule: "messages.online",
    wrong: (honest) => {
      const seen = new Set<string>();
      return (input) => {
        if (honest(input)) seen.add(input.aid);
        return seen.has(input.aid);
      };
    },
    kills: foundBy("still-online", "A136.offline-after-close"),
  }),
];
