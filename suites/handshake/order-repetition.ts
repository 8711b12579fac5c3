import { claimsOf } from "../drivers/handshake/jwt.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { member, parseJson, strings, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { judgeEach, judgeMessage, refused, saysNo } from "./shared/refused.ts";
import { requireRefused } from "./shared/require-refused.ts";

/** A first handshake_complete, and what comes of further ones: another token must not, the same one may. */
async function completeTwice(world: HandshakeWorld): Promise<void> {
  const { handshake, reply, token } = await world.agent.connected();
  world.mark("control", reply);
  const again = [await world.repeat(reply), await handshake.complete()];
  world.mark("attempt", ...again);
  const same = again.filter(({ json }) => text(json, "access_token") === token);
  world.fact(
    "sameToken",
    same.map(({ exchange }) => exchange.id),
  );
}

/** How many messages come at the same time, and how often: one race alone may be won by luck. */
const atOnce = 3;
const races = 2;

/** The last message of one handshake several times at once, each with a key of its own. */
async function completeAtOnce(world: HandshakeWorld): Promise<void> {
  world.mark("control", (await world.newAgent().connected()).reply);
  for (let race = 0; race < races; race += 1) {
    const { handshake } = await world.newAgent().granted();
    const replies = await Promise.all(Array.from({ length: atOnce }, () => handshake.complete()));
    world.mark("attempt", ...replies);
    const tokens = new Set(replies.flatMap(({ json }) => text(json, "access_token") ?? []));
    world.fact(`tokens-${race}`, tokens.size);
  }
}

function judgeRaces(evidence: Evidence): Finding {
  const expected = `one token of each handshake, however often handshake_complete comes at once`;
  const attempts = marked(evidence, "attempt");
  const counts = Array.from({ length: races }, (_, race) => evidence.facts[`tokens-${race}`]);
  if (!marked(evidence, "control").some(granted) || !counts.every((count) => typeof count === "number")) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const most = Math.max(...counts.map(Number));
  if (most > 1) {
    const actual = `${most} tokens of one handshake`;
    return violated({ reasonCode: "accepted", expected, actual, exchanges: attempts.filter(granted) });
  }
  return attempts.some(granted)
    ? pass(attempts)
    : untested({ reasonCode: "prerequisite-refused", expected, actual: "no handshake was completed" });
}

function judgeSecondToken(evidence: Evidence): Finding {
  const { sameToken } = evidence.facts;
  const same: readonly unknown[] = Array.isArray(sameToken) ? sameToken : [];
  return judgeEach(evidence, (attempt) => (same.includes(attempt.id) ? pass([attempt]) : judgeMessage(attempt)));
}

/** After one scope was granted, all are asked for in the same handshake, and the user says no. */
async function requestTwice(world: HandshakeWorld): Promise<void> {
  const { scopes, agent } = world;
  const { handshake, reply } = await agent.granted({ scopes: scopes.slice(0, 1) });
  world.mark("control", reply);
  const second = await handshake.request({
    answer: (confirmation) => [confirmation.user.answer(confirmation, { grant: "deny" })],
  });
  world.mark("attempt", second);
  const completed = await handshake.complete();
  const claims = claimsOf(text(completed.json, "access_token") ?? "");
  world.fact("tokenScopes", [...(strings(member(claims, "scopes")) ?? [])]);
  world.fact("firstScopes", scopes.slice(0, 1));
  world.mark("completion", completed);
}

function judgeWider(evidence: Evidence): Finding {
  const allowed = strings(evidence.facts["firstScopes"]) ?? [];
  const expected = `no more than ${JSON.stringify(allowed)}, which the user confirmed`;
  const wider = (scopes: readonly string[] | undefined) => scopes?.some((scope) => !allowed.includes(scope)) ?? false;
  const inToken = strings(evidence.facts["tokenScopes"]);
  if (wider(inToken)) {
    const actual = `a token with ${JSON.stringify(inToken)}`;
    return violated({ reasonCode: "accepted", expected, actual, exchanges: marked(evidence, "completion") });
  }
  return judgeEach(evidence, (attempt) => (grantsWithin(attempt, wider) ? pass([attempt]) : judgeMessage(attempt)));
}

function grantsWithin(attempt: Exchange, wider: (scopes: readonly string[] | undefined) => boolean): boolean {
  if (saysNo(attempt)) return true;
  return granted(attempt) && !wider(strings(member(parseJson(attempt.response?.body), "scopes_granted")));
}

/** Messages that count once, and handshakes that are over (HS-9). */
export const repetitionChecks: readonly Check<HandshakeWorld>[] = [
  refused({
    id: "HS-9.proof-twice",
    requirement: "HS-9",
    title: "a second proof, by another key, is refused after the first was believed",
    control: ({ agent }) => agent.connected(),
    attempt: async (world) => (await world.agent.proven()).prove({ signWith: world.newKey() }),
  }),
  check({
    id: "HS-9.complete-twice",
    requirement: "HS-9",
    title: "a finished handshake gives no second token",
    drive: completeTwice,
    judge: judgeSecondToken,
  }),
  check({
    id: "HS-9.complete-at-once",
    requirement: "HS-9",
    title: "of several handshake_complete at the same time one gives a token",
    drive: completeAtOnce,
    judge: judgeRaces,
  }),
  check({
    id: "HS-9.scope-twice",
    requirement: "HS-9",
    title: "a second scope_request grants nothing that the user did not confirm",
    needs: ["two-handshake-scopes"],
    drive: requestTwice,
    judge: judgeWider,
  }),
  refused({
    id: "HS-9.after-denial",
    requirement: "HS-9",
    title: "after the user said no the handshake is over",
    control: ({ agent }) => agent.connected(),
    async attempt({ agent }) {
      const handshake = await agent.proven();
      const denied = await handshake.request({
        answer: (confirmation) => [confirmation.user.answer(confirmation, { grant: "deny" })],
      });
      requireRefused(denied, "scope_request that the user denied");
      return [await handshake.complete(), await handshake.request(), await handshake.complete()];
    },
  }),
];
