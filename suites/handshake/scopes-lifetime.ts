import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, parseJson } from "../engine/json.ts";
import { conforms } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { property } from "../kinds/property.ts";

/** Seconds that each side allows. */
type Lifetimes = { readonly asked: number; readonly credential: number; readonly confirmation: number };

/** So long that the gateway's own token_max_ttl is shorter. */
const veryLong = 40_000;
/** Seconds are whole, and both sides may round. */
const roundingS = 1;

async function requestFor(world: HandshakeWorld, { asked, credential, confirmation }: Lifetimes): Promise<void> {
  const handshake = await world.agent.opened();
  const proof = await handshake.prove();
  requireGranted(proof, "identity_proof");
  const most = member(member(proof.json, "metadata"), "token_max_ttl");
  const bounds = [asked, credential, confirmation, ...(typeof most === "number" ? [most] : [])];
  world.fact("asked", asked);
  world.fact("bound", Math.min(...bounds));
  const reply = await handshake.request({
    ttlS: asked,
    credential: { ttlS: credential },
    answer: (question) => [
      question.user.answer(question, { expiresAt: Math.floor(world.now() / 1000) + confirmation }),
    ],
  });
  world.mark("subject", reply);
}

function judgeLifetime(evidence: Evidence): Finding {
  const [subject] = marked(evidence, "subject");
  const { bound, asked } = evidence.facts;
  if (subject === undefined || typeof bound !== "number" || typeof asked !== "number") {
    return untested({ reasonCode: "nothing-recorded", expected: "a scope_request", actual: "none is in the evidence" });
  }
  const expected = `ttl_granted: at most ${bound}`;
  const exchanges = [subject];
  if (!granted(subject)) {
    // To be asked for more than it ever grants may be a reason to refuse.
    if (asked > bound && subject.response?.status !== 429) return pass(exchanges, [`refused: ${answerOf(subject)}`]);
    return untested({ reasonCode: "request-refused", expected, actual: answerOf(subject), exchanges });
  }
  const ttl = member(parseJson(subject.response?.body), "ttl_granted");
  if (typeof ttl !== "number") {
    return untested({ reasonCode: "no-ttl", expected, actual: "no ttl_granted", exchanges });
  }
  if (ttl <= bound + roundingS) return pass(exchanges);
  return violated({ reasonCode: "too-long", expected, actual: `ttl_granted: ${ttl}`, exchanges });
}

/** How long the grant lasts (HS-17). */
export const lifetimeChecks: readonly Check<HandshakeWorld>[] = [
  property<Lifetimes, HandshakeWorld>({
    id: "HS-17.bounds",
    requirement: "HS-17",
    title: "the grant outlives neither what was asked, the gateway's limit, the credential nor the confirmation",
    given: (fc) =>
      fc
        .record({
          shortest: fc.constantFrom("asked", "credential", "confirmation", "policy"),
          seconds: fc.integer({ min: 60, max: 1800 }),
        })
        .map(({ shortest, seconds }): Lifetimes => {
          const lifeOf = (name: string) => (name === shortest ? seconds : veryLong);
          return {
            asked: lifeOf("asked"),
            credential: lifeOf("credential"),
            confirmation: lifeOf("confirmation"),
          };
        }),
    drive: requestFor,
    judge: judgeLifetime,
  }),
  conforms<HandshakeWorld>({
    id: "HS-17.positive",
    requirement: "HS-17",
    title: "ttl_granted is a positive number of whole seconds",
    subject: async ({ agent }) => (await agent.granted()).reply,
    relations: [
      {
        reasonCode: "schema",
        expected: "ttl_granted: a positive integer",
        broken(body) {
          const ttl = member(body, "ttl_granted");
          const fits = typeof ttl === "number" && Number.isInteger(ttl) && ttl > 0;
          return fits ? undefined : `ttl_granted: ${JSON.stringify(ttl) ?? "missing"}`;
        },
      },
    ],
  }),
];
