import { own } from "../json.ts";
import { fault, foundBy } from "./fault.ts";

/** Fetching and keeping identity documents (ATT-9 to ATT-13). */
export const identityFaults = [
  fault({
    id: "ATT-9.cache-forever",
    requirement: "ATT-9",
    sentence: "An identity document is fetched once and believed for ever, so that a withdrawn key goes on working.",
    rule: "identity.cacheSeconds",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("accepted", "ATT-9.stale-key"),
  }),
  fault({
    id: "ATT-10.no-refetch",
    requirement: "ATT-10",
    sentence: "The cached document is not questioned when a signature does not match, so that a new key has to wait.",
    rule: "identity.mayRefetch",
    wrong: () => () => false,
    kills: foundBy("refused", "ATT-10.rotated-key"),
  }),
  fault({
    id: "ATT-10.refetch-shared",
    requirement: "ATT-10",
    sentence: "One document a minute is fetched again, whosever it is, so that one agent uses up the turn of all.",
    rule: "identity.mayRefetch",
    wrong: (honest) => {
      let lastRefetchAt: number | undefined;
      return (input) => {
        const may = honest({ ...input, lastRefetchAt });
        if (may) lastRefetchAt = input.now;
        return may;
      };
    },
    kills: foundBy("refused", "ATT-10.beside-others"),
  }),
  fault({
    id: "ATT-10.refetch-once",
    requirement: "ATT-10",
    sentence: "A document is fetched again once for a signature that does not match, and never a second time.",
    rule: "identity.mayRefetch",
    wrong: () => {
      const again = new Set<string>();
      return ({ url }) => !again.has(url) && again.add(url).has(url);
    },
    kills: foundBy("refused", "ATT-10.rotated-again"),
  }),
  fault({
    id: "ATT-11.refetch-every-ten-seconds",
    requirement: "ATT-11",
    sentence: "Bad signatures make the implementor fetch a document again every ten seconds.",
    rule: "identity.mayRefetch",
    wrong:
      () =>
      ({ lastRefetchAt, now }) =>
        lastRefetchAt === undefined || now - lastRefetchAt >= 10_000,
    kills: foundBy("refetched-too-often", "ATT-11.within-a-minute"),
  }),
  fault({
    id: "ATT-11.refetch-unlimited",
    requirement: "ATT-11",
    sentence: "Every bad signature makes the implementor fetch the agent's document again.",
    rule: "identity.mayRefetch",
    wrong: () => () => true,
    kills: foundBy("refetched-too-often", "ATT-11.refetch-limit", "ATT-11.within-a-minute"),
  }),
  fault({
    id: "ATT-12.no-timeout",
    requirement: "ATT-12",
    sentence: "Identity documents are waited for without any time-out.",
    rule: "identity.timeouts",
    wrong: () => () => ({ connectMs: undefined, idleMs: undefined, totalMs: undefined }),
    kills: foundBy("no-answer", "ATT-12.never-answers", "ATT-12.drips"),
  }),
  fault({
    id: "ATT-12.idle-timeout-only",
    requirement: "ATT-12",
    sentence: "Only silence of the document's host is timed, so that a byte now and then holds a request for ever.",
    rule: "identity.timeouts",
    wrong: (honest) => (input) => ({ ...honest(input), totalMs: undefined }),
    kills: foundBy("no-answer", "ATT-12.drips"),
  }),
  fault({
    id: "ATT-12.blocks-others",
    requirement: "ATT-12",
    sentence: "Identity documents are fetched one after the other, so that a host that hangs holds up every agent.",
    rule: "identity.queueOf",
    wrong: () => () => "all",
    kills: foundBy("others-blocked", "ATT-12.serves-others"),
  }),
  fault({
    id: "ATT-13.document-id-ignored",
    requirement: "ATT-13",
    sentence: "The agent_id inside the fetched document is not looked at.",
    rule: "identity.documentIsOfItsUrl",
    wrong: () => () => true,
    kills: foundBy("accepted", "ATT-13.document-of-another", "ATT-13.document-without-id"),
  }),
  fault({
    id: "ATT-13.document-id-by-prefix",
    requirement: "ATT-13",
    sentence: "The agent_id inside the fetched document only has to begin with the address.",
    rule: "identity.documentIsOfItsUrl",
    wrong:
      () =>
      ({ document, url }) =>
        String(own(document, "agent_id")).startsWith(url),
    kills: foundBy("accepted", "ATT-13.document-of-another"),
  }),
  fault({
    id: "ATT-13.document-id-optional",
    requirement: "ATT-13",
    sentence: "The agent_id inside the fetched document is compared when there is one, and may be missing.",
    rule: "identity.documentIsOfItsUrl",
    wrong: (honest) => (input) => own(input.document, "agent_id") === undefined || honest(input),
    kills: foundBy("accepted", "ATT-13.document-without-id"),
  }),
];
