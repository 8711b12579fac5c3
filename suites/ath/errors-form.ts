import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { parseJson } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { judgeShape } from "../kinds/conforms.ts";
import { type JsonEndpoint, jsonEndpointNames, post } from "./shared/json-endpoints.ts";
import { refusalsOfEveryEndpoint } from "./shared/plain-refusals.ts";
import { attempts, judgeEach, serving } from "./shared/robust.ts";

/** Answers that are errors of the endpoint: an endpoint that is not there has no errors of its own. */
function isRefusal({ purpose, response }: Exchange): boolean {
  const status = response?.status ?? 0;
  const absent = purpose === "agent-status" && (status === 404 || status === 405);
  return status >= 400 && status !== 429 && !absent;
}

function judgeForm(evidence: Evidence): Finding {
  const refusals = marked(evidence, "attempt").filter(isRefusal);
  if (refusals.length === 0) {
    const expected = "refusals to look at";
    return untested({ reasonCode: "nothing-refused", expected, actual: "the target refused nothing" });
  }
  return judgeEach(evidence, (attempt) => {
    if (!isRefusal(attempt)) return pass([attempt]);
    const misshapen = judgeShape("ATHError", parseJson(attempt.response?.body), attempt);
    return misshapen === undefined ? pass([attempt]) : { ...misshapen, reasonCode: "error-shape" };
  });
}

/** Lines of a stack trace as the usual runtimes print them, plain or inside a JSON string. */
const traces = [
  /(?:\n|\\n)\s*at (?:async )?[\w$.<>[\] ]*\(?(?:file:|node:|[A-Za-z]:\\|\/)[^\s)]*:\d+:\d+/,
  /(?:\n|\\n)(?:\t|\\t|\s+)at [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
  /Traceback \(most recent call last\)/,
  /goroutine \d+ \[/,
  /(?:\n|\\n)\s*at [\w.<>`]+\([^)]*\) in [^\n]*:line \d+/,
  /#\d+ \/[^\s(]+\.php\(\d+\)/,
  /(?:\n|\\n)\s*(?:from )?\/[^\s:]+\.rb:\d+:in /,
  /panicked at [^\n]*\.rs:\d+/,
] as const;

/** The body of an answer with a stack trace in it. */
function hasTrace({ response }: Exchange): boolean {
  const body = response?.body ?? "";
  return traces.some((trace) => trace.test(body));
}

const broken = ["{", "null", '{"client_id":{},"agent_attestation":[],"token":{},"agent_id":{}}'] as const;

function brokenBodies(world: World, endpoint: JsonEndpoint): readonly (() => Promise<Reply>)[] {
  return broken.map((body) => () => post(world, endpoint, body));
}

/** What an error says (ERR-1). */
export const errorFormChecks: readonly Check[] = [
  check({
    id: "ERR-1.error-shape",
    requirement: "ERR-1",
    title: "the refusals of every endpoint are JSON with code and message",
    async drive(world) {
      await serving(world);
      await attempts(world, refusalsOfEveryEndpoint(world));
    },
    judge: judgeForm,
  }),
  check({
    id: "ERR-1.no-stack-trace",
    requirement: "ERR-1",
    title: "no error carries a stack trace",
    async drive(world) {
      await serving(world);
      await attempts(world, [
        ...refusalsOfEveryEndpoint(world),
        ...jsonEndpointNames.flatMap((endpoint) => brokenBodies(world, endpoint)),
      ]);
    },
    judge: (evidence) =>
      judgeEach(evidence, (attempt) =>
        hasTrace(attempt)
          ? violated({
              reasonCode: "stack-trace",
              expected: "an error that says nothing of the target's code",
              actual: "a stack trace in the body",
              exchanges: [attempt],
            })
          : pass([attempt]),
      ),
  }),
];
