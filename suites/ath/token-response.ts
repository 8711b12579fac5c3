import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { header } from "../engine/evidence.ts";
import { member } from "../engine/json.ts";
import { conforms } from "../kinds/conforms.ts";

/** The answer to a valid exchange. */
async function exchange({ agent }: World) {
  return agent.token(await agent.consented());
}

/** What the answer to a valid exchange says (TOK-1). */
export const tokenShapeChecks: readonly Check[] = [
  conforms({
    id: "TOK-1.shape",
    requirement: "TOK-1",
    title: "a valid exchange is answered with a TokenResponse",
    subject: exchange,
    shape: "TokenResponse",
  }),
  conforms({
    id: "TOK-1.identity",
    requirement: "TOK-1",
    title: "the token names the agent and the provider it was issued for",
    async subject(world) {
      const session = await world.agent.consented();
      world.fact("agent_id", world.agent.id);
      world.fact("provider_id", session.provider);
      return world.agent.token(session);
    },
    relations: ["agent_id", "provider_id"].map((name) => ({
      reasonCode: "wrong-identity",
      expected: `the ${name} of the session`,
      broken: (body, { facts }) =>
        member(body, name) === facts[name] ? undefined : `${name} ${JSON.stringify(member(body, name)) ?? "missing"}`,
    })),
  }),
];

/** What the answer recommends for the token's life (TOK-11, TOK-12). */
export const tokenLifeChecks: readonly Check[] = [
  conforms({
    id: "TOK-11.no-store",
    requirement: "TOK-11",
    title: "a token response forbids caching",
    subject: exchange,
    relations: [
      {
        reasonCode: "cacheable",
        expected: "Cache-Control: no-store (RFC 6749 § 5.1)",
        broken(_body, _evidence, { response }) {
          const control = response === null ? undefined : header(response, "cache-control");
          return /\bno-store\b/i.test(control ?? "") ? undefined : `Cache-Control: ${control ?? "none"}`;
        },
      },
    ],
  }),
  conforms({
    id: "TOK-12.lifetime",
    requirement: "TOK-12",
    title: "a token lives for an hour at most",
    subject: exchange,
    relations: [
      {
        reasonCode: "too-long",
        expected: "expires_in of at most 3600",
        broken(body) {
          const seconds = Number(member(body, "expires_in"));
          return seconds > 3600 ? `expires_in ${seconds}` : undefined;
        },
      },
    ],
  }),
];
