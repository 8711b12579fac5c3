import { type Messages, validate } from "../../schemas/index.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { parseJson } from "../engine/json.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { headOf } from "./head.ts";

/** A relation that the answer must satisfy, beyond its shape. */
export interface Relation {
  readonly reasonCode: string;
  readonly expected: string;
  /** undefined: it holds; otherwise what was found instead. */
  readonly broken: (body: unknown, evidence: Evidence, subject: Exchange) => string | undefined;
}

export interface ConformsRow<World = AthWorld> extends CheckRow {
  /** Gets the answer to look at. */
  readonly subject: (world: World) => Promise<Reply>;
  /** The message it must be. */
  readonly shape?: keyof Messages;
  readonly relations?: readonly Relation[];
}

/** A shape: the answer (2xx) is the message that the schema describes, and keeps the given relations. */
export function conforms<World extends Pick<RecordingWorld<World>, "mark"> = AthWorld>(
  row: ConformsRow<World>,
): Check<World> {
  const { subject, shape, relations = [] } = row;
  return {
    ...headOf(row),
    kind: "conforms",
    async drive(world) {
      world.mark("subject", await subject(world));
    },
    judge(evidence) {
      const exchange = marked(evidence, "subject")[0];
      const expected = shape === undefined ? "a successful answer" : `a successful answer that is a ${shape}`;
      if (exchange === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange" });
      const { response } = exchange;
      const details = { expected, actual: answerOf(exchange), exchanges: [exchange] };
      if (response === null || response.status === 429) return untested({ reasonCode: "no-answer", ...details });
      if (response.status < 200 || response.status > 299) {
        return untested({ reasonCode: "request-refused", ...details, cause: "target" });
      }
      const body = parseJson(response.body);
      const misshapen = shape === undefined ? undefined : judgeShape(shape, body, exchange);
      if (misshapen !== undefined) return misshapen;
      for (const relation of relations) {
        const actual = relation.broken(body, evidence, exchange);
        if (actual !== undefined) {
          const { reasonCode, expected } = relation;
          return violated({ reasonCode, expected, actual, exchanges: [exchange] });
        }
      }
      return pass([exchange]);
    },
  };
}

/** The finding when a body is not the message; undefined when it is. */
export function judgeShape(shape: keyof Messages, body: unknown, exchange: Exchange): Finding | undefined {
  const result = validate(shape, body);
  if (result.ok) return undefined;
  const problems = result.errors
    .slice(0, 5)
    .map(({ path, problem }) => `${path === "" ? "the body" : path} ${problem}`);
  return violated({
    reasonCode: "schema",
    expected: `a body of the shape ${shape}`,
    actual: body === undefined ? "a body that is no JSON" : problems.join("; "),
    exchanges: [exchange],
  });
}
