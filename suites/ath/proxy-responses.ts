import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { CallOptions } from "../drivers/agent.ts";
import type { Check } from "../engine/check.ts";
import { type Exchange, header, type RecordedResponse } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { type Answer, bodyDifference, contentTypeDifference, type PassageRow, passage } from "./shared/passage.ts";

type ResponseRow = Omit<PassageRow, "id" | "requirement" | "passages"> & {
  readonly variant: string;
  /** How each call is made; default: as always. */
  readonly call?: CallOptions;
  /** What the API behind the target answers, one call each. */
  readonly answers: () => readonly Answer[];
};

/** Compares the answers on both sides; an agent that gets none has got something else than the provider said. */
function answered(
  difference: (providerSide: RecordedResponse, agentSide: RecordedResponse) => string | undefined,
): PassageRow["altered"] {
  return (agentSide: Exchange, providerSide: Exchange) => {
    if (agentSide.response === null || providerSide.response === null) return answerOf(agentSide);
    return difference(providerSide.response, agentSide.response);
  };
}

const sameBody = answered((from, to) => {
  if (to.status !== from.status) return `HTTP ${to.status} instead of ${from.status}`;
  return bodyDifference(from, to);
});

const sameStatus = answered((from, to) =>
  to.status === from.status ? undefined : `HTTP ${to.status} instead of ${from.status}`,
);

const everyByte = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
/** A small JSON object with marks that a parser and printer would not keep. */
const problem = '{"error" : "because",  "n": 1.0}';

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The bytes as they came, announced as such; or what they mean, announced as plain. */
const sameContent = answered((from, to) => {
  const encoding = header(to, "content-encoding") ?? "identity";
  if (encoding !== "identity") {
    return encoding === "gzip" ? bodyDifference(from, to) : `Content-Encoding: ${encoding}`;
  }
  const plain = { bodyBytes: Buffer.byteLength(problem), bodySha256: sha256(problem) };
  const difference = bodyDifference(plain, to);
  return difference && `${difference}, announced without Content-Encoding`;
});

const rows: readonly ResponseRow[] = [
  {
    variant: "response-body",
    title: "a binary response body arrives byte for byte",
    answers: () => [
      { body: everyByte, headers: { "content-type": "image/png" } },
      { body: problem, headers: { "content-type": "application/json" } },
    ],
    expected: "the body as the provider sent it",
    altered: sameBody,
  },
  {
    variant: "large-response",
    title: "a response body of two MiB arrives whole",
    traits: ["bursty"],
    answers: () => [
      { body: Buffer.alloc(2 * 1024 * 1024, everyByte), headers: { "content-type": "application/octet-stream" } },
    ],
    expected: "the body as the provider sent it",
    altered: sameBody,
  },
  {
    variant: "response-content-type",
    title: "the content type of a response arrives unchanged",
    answers: () => [{ body: "name;size\r\na;1\r\n", headers: { "content-type": "text/csv; charset=iso-8859-1" } }],
    expected: "the Content-Type as the provider sent it",
    altered: answered(contentTypeDifference),
  },
  {
    variant: "status",
    title: "the provider's status arrives unchanged",
    answers: () =>
      [201, 404, 418, 500].map((status) => ({
        status,
        body: problem,
        headers: { "content-type": "application/json" },
      })),
    expected: "the status that the provider answered",
    altered: sameStatus,
  },
  {
    variant: "error-body",
    title: "the body of a provider's error arrives byte for byte",
    answers: () =>
      [404, 422, 500].map((status) => ({ status, body: problem, headers: { "content-type": "application/json" } })),
    expected: "status and body as the provider sent them",
    altered: sameBody,
  },
  {
    variant: "encoded-response",
    title: "a compressed response arrives as it is, or plain and announced as plain",
    call: { headers: { "accept-encoding": "gzip" } },
    answers: () => [
      { body: gzipSync(problem), headers: { "content-type": "application/json", "content-encoding": "gzip" } },
    ],
    expected: "Content-Encoding: gzip with the bytes that the provider sent, or the plain text without it",
    altered(agentSide, providerSide) {
      // Who asks the provider for nothing compressed need not know what to do with it.
      if (!/\bgzip\b/.test(header(providerSide.request, "accept-encoding") ?? "")) return undefined;
      return sameContent(agentSide, providerSide);
    },
  },
  {
    variant: "no-content",
    title: "a response without content arrives as one",
    answers: () => [{ status: 204, body: "" }],
    expected: "status 204 and no body",
    altered: sameBody,
  },
  {
    variant: "redirect",
    title: "a redirect of the provider is passed on and not followed",
    // Outside the API, where something else is answered: whoever follows it comes back with another status.
    answers: () => [{ status: 302, headers: { location: "/elsewhere" }, body: "" }],
    expected: "the provider's redirect itself",
    altered: sameStatus,
  },
];

/** What the provider answers comes back (PRX-5). */
export const responsePassageChecks: readonly Check[] = rows.map(({ variant, answers, call = {}, ...row }) =>
  passage({
    id: `PRX-5.${variant}`,
    requirement: "PRX-5",
    ...row,
    passages: () => answers().map((answer) => ({ answer, call })),
  }),
);
