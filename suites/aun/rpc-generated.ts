import type { Arbitrary } from "fast-check";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { type Json, member } from "../engine/json.ts";
import { markedCalls } from "../engine/rpc.ts";
import { property } from "../kinds/property.ts";
import { judgeRefusal } from "../kinds/rpc-refusal.ts";
import { answerTo, controlPing, isAnswer, judgeAlive, lookAlive, stillOpen } from "./shared/raw-frames.ts";

type FastCheck = typeof import("fast-check");

/** A generated frame: what it is, and as much as is needed to make it. */
type Generated = { readonly [name: string]: Json };

/** One kind of frame: how it is generated, written, and what has to come of it. */
interface FrameKind {
  readonly inputs: (fc: FastCheck) => Arbitrary<{ readonly [name: string]: Json }>;
  readonly written: (input: Generated) => string;
  /**
   * Error codes of the refusal; `any`: an answer of whatever kind, or the end of the connection; `once`: answers of a
   * request, one for each time it was sent; `none`: no answer.
   */
  readonly due: readonly number[] | "any" | "once" | "none";
}

const names = ["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "gateproof.unknown"] as const;

/** Characters that parsers and terminals trip over. */
const characters = [
  '"',
  "\\",
  "{",
  "]",
  "a",
  "\0",
  "\n",
  "\u001b",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\u00fc",
  "\ud83d\ude00",
] as const;

/** Levels of nesting that a parser which calls itself does not stand. */
const depth = { min: 2_000, max: 20_000 };

const ping = { jsonrpc: "2.0", id: "generated", method: "meta.ping" };

const nested = (levels: number, within: Json) => {
  const [open, close] = within === "list" ? ["[", "]"] : ['{"a":', "}"];
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
};

const frameKinds = {
  /** A request that stops somewhere. */
  cut: {
    inputs: (fc) => fc.record({ length: fc.nat({ max: JSON.stringify(ping).length - 1 }) }),
    written: ({ length }) => JSON.stringify(ping).slice(0, Number(length)),
    due: fittingCodes.notJson,
  },
  /** Text that is no JSON, whatever stands in it. */
  text: {
    inputs: (fc) => fc.record({ text: fc.string({ unit: fc.constantFrom(...characters), maxLength: 200 }) }),
    written: ({ text }) => `!${String(text)}`,
    due: fittingCodes.notJson,
  },
  /** JSON that is no object and no list. */
  value: {
    inputs: (fc) =>
      fc.record({ value: fc.oneof(fc.boolean(), fc.integer(), fc.constant(null), fc.string({ maxLength: 20 })) }),
    written: ({ value }) => JSON.stringify(value),
    due: fittingCodes.notARequest,
  },
  /** A request whose method is of a wrong type. */
  wrongType: {
    inputs: (fc) => fc.record({ method: fc.oneof(fc.boolean(), fc.integer(), fc.constant(null), fc.constant([])) }),
    written: ({ method = null }) => JSON.stringify({ ...ping, method }),
    due: fittingCodes.notARequest,
  },
  /** A batch of requests; what comes of it is open, as long as something does (A123). */
  batch: {
    inputs: (fc) => fc.record({ size: fc.integer({ min: 1, max: 5 }) }),
    written: ({ size }) => JSON.stringify(Array.from({ length: Number(size) }, () => ping)),
    due: "any",
  },
  /** A request; the same id may come again in another frame. */
  request: {
    inputs: (fc) => fc.record({ params: fc.dictionary(fc.constantFrom("a", "__proto__", "constructor"), fc.string()) }),
    written: ({ params = {} }) => JSON.stringify({ ...ping, params }),
    due: "once",
  },
  notification: {
    inputs: (fc) => fc.record({ method: fc.constantFrom("meta.ping", "gateproof.unknown", "event/app.gateproof") }),
    written: ({ method = "" }) => JSON.stringify({ jsonrpc: "2.0", method, params: {} }),
    due: "none",
  },
  name: {
    inputs: (fc) => fc.record({ method: fc.constantFrom(...names) }),
    written: ({ method = "" }) => JSON.stringify({ ...ping, method }),
    due: fittingCodes.unknownMethod,
  },
  deep: {
    inputs: (fc) => fc.record({ levels: fc.integer(depth), within: fc.constantFrom("list", "object") }),
    written: ({ levels, within = "list" }) =>
      `{"jsonrpc":"2.0","id":"generated","method":"meta.ping","params":{"deep":${nested(Number(levels), within)}}}`,
    due: "any",
  },
  /** Half of a surrogate pair, escaped as JSON allows (RFC 8259 § 8.2). */
  surrogate: {
    inputs: (fc) => fc.record({ half: fc.integer({ min: 0xd800, max: 0xdfff }) }),
    written: ({ half }) =>
      `{"jsonrpc":"2.0","id":"generated","method":"meta.ping","params":{"half":"\\u${Number(half).toString(16)}"}}`,
    due: "once",
  },
} satisfies Record<string, FrameKind>;

type KindName = keyof typeof frameKinds;

function isKind(name: unknown): name is KindName {
  return typeof name === "string" && Object.hasOwn(frameKinds, name);
}

function kindOf(name: unknown): FrameKind | undefined {
  return isKind(name) ? frameKinds[name] : undefined;
}

/** Frames of all kinds, in any order. */
function frames(fc: FastCheck): Arbitrary<readonly Generated[]> {
  const kinds = Object.entries<FrameKind>(frameKinds).map(([kind, { inputs }]) =>
    inputs(fc).map((input): Generated => ({ ...input, kind })),
  );
  return fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 8 });
}

/** Judges what came of one generated frame. */
function judgeFrame(evidence: Evidence, role: string, { due }: FrameKind): Finding {
  const [call] = markedCalls(evidence, role);
  const more = markedFrames(evidence, `${role}-more`);
  if (call === undefined) return untested({ reasonCode: "nothing-recorded", expected: "a frame", actual: "none" });
  const { outcome } = call;
  const exchanges = [...call.frames, ...more];
  if (due === "none") {
    if (outcome === "silent" || outcome === "closed") return pass(exchanges);
    const expected = "no response to a notification";
    return violated({ reasonCode: "answered", expected, actual: call.answer?.text ?? "one", exchanges });
  }
  if (due === "any") {
    if (outcome !== "silent") return pass(exchanges);
    return violated({ reasonCode: "no-answer", expected: "an answer", actual: "none", exchanges });
  }
  if (more.length > 0) {
    const actual = `${more.length + 1} answers`;
    return violated({ reasonCode: "doubled", expected: "one answer", actual, exchanges });
  }
  if (due !== "once") return judgeRefusal(call, { codes: due });
  if (outcome === "result" || outcome === "error") return pass(exchanges);
  return violated({ reasonCode: "no-answer", expected: "an answer", actual: outcome, exchanges });
}

function judgeGenerated(evidence: Evidence): Finding {
  const { input } = evidence.facts;
  const alive = judgeAlive(evidence);
  if (alive.outcome !== "pass") return alive;
  const generated: readonly unknown[] = Array.isArray(input) ? input : [];
  const findings = generated.flatMap((one, index) => {
    const kind = kindOf(member(one, "kind"));
    return kind === undefined ? [] : [judgeFrame(evidence, `frame-${index}`, kind)];
  });
  return findings.find(({ outcome }) => outcome !== "pass") ?? pass();
}

/** What no table of frames can think of (A125). */
export const generatedChecks: readonly Check<AunWorld>[] = [
  property<readonly Generated[], AunWorld>({
    id: "A125.generated",
    requirement: "A125",
    title: "whatever frames come, the right error or silence follows, and the gateway serves on",
    given: (fc) => frames(fc),
    async drive(world, input) {
      let session = await controlPing(world);
      for (const [index, one] of input.entries()) {
        const kind = kindOf(one["kind"]);
        if (kind === undefined) continue;
        if (!session.isOpen && !(await lookAlive(world, session.identity))) return;
        session = await stillOpen(world, session);
        const graceMs = kind.due === "none" ? 0 : undefined;
        world.mark(`frame-${index}`, await answerTo(world, session, kind.written(one), { graceMs }));
        // Answers that come without having been asked for.
        world.mark(`frame-${index}-more`, ...session.takeAll().flatMap((item) => (isAnswer(item) ? [item.frame] : [])));
      }
      await lookAlive(world, session.identity);
    },
    judge: judgeGenerated,
  }),
];
