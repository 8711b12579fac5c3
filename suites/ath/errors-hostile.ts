import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, parseJson, strings, text } from "../engine/json.ts";
import { brokenJwts } from "../fuzz/broken-jwts.ts";
import { check } from "../kinds/check.ts";
import { placeholderCode } from "./shared/callback-journey.ts";
import { type Body, jsonEndpointNames, post, validBody } from "./shared/json-endpoints.ts";
import { attempts, judgeRefused, judgeSurvival, serving } from "./shared/robust.ts";

/** Names that every object of many languages answers to, although nobody stored anything under them. */
const inherited = ["__proto__", "constructor", "toString"] as const;

const nesting = 20_000;
const hugeBytes = 6 * 1024 * 1024;

/** JSON text of a body with one more member, given as text. */
function withExtra(body: Body, extra: string): string {
  return `${JSON.stringify(body).slice(0, -1)},"extra":${extra}}`;
}

/** Uses an inherited name wherever a target looks something up by a name that the agent chose. */
function lookups(world: World, name: string): readonly (() => Promise<Reply>)[] {
  const { firstProvider, mode } = world;
  // One agent for all names would send more in a minute than some targets allow to any.
  const agent = world.newAgent();
  // In native mode no address of the API names a provider.
  const calls = [async () => agent.call(await agent.grant(), { operation: "GET /", provider: name })];
  return [
    () => world.newAgent().register({ providers: [{ provider_id: name, scopes: ["read"] }] }),
    () => world.newAgent().register({ providers: [{ provider_id: firstProvider, scopes: [name] }] }),
    () => agent.authorize({ provider: name, scopes: [name] }),
    () => agent.authorize({ scopes: [name] }),
    () => agent.authorize({ body: { client_id: name } }),
    async () => agent.token(await agent.session(), { code: placeholderCode, body: { ath_session_id: name } }),
    async () => agent.token(await agent.consented(), { body: { client_id: name } }),
    () => agent.revoke(name),
    ...(mode === "gateway" ? calls : []),
  ];
}

/** A registration may be granted with everything denied, and a revocation without effect; nothing else may be. */
function grantsInherited(exchange: Exchange): boolean {
  if (!granted(exchange) || exchange.purpose === "revoke") return false;
  return exchange.purpose === "register" ? approvesInherited(exchange) : true;
}

function approvesInherited({ response }: Exchange): boolean {
  const providers = member(parseJson(response?.body), "approved_providers");
  const names: readonly string[] = inherited;
  return (
    Array.isArray(providers) &&
    providers.some((provider) => {
      const scopes = strings(member(provider, "approved_scopes")) ?? [];
      const unknown = names.includes(text(provider, "provider_id") ?? "");
      return scopes.some((scope) => unknown || names.includes(scope));
    })
  );
}

function judgeLookups(evidence: Evidence) {
  const survival = judgeSurvival(evidence);
  if (survival.outcome !== "pass") return survival;
  const taken = marked(evidence, "attempt").find(grantsInherited);
  if (taken === undefined) return survival;
  const expected = "a name that nobody registered is unknown";
  return violated({ reasonCode: "accepted", expected, actual: answerOf(taken), exchanges: [taken] });
}

/** Input that is made to break something (ERR-1). */
export const hostileChecks: readonly Check[] = [
  check({
    id: "ERR-1.prototype-names",
    requirement: "ERR-1",
    title: "names such as __proto__ are names that nobody registered",
    async drive(world) {
      await serving(world);
      for (const name of inherited) await attempts(world, lookups(world, name));
    },
    judge: judgeLookups,
  }),
  check({
    id: "ERR-1.broken-attestations",
    requirement: "ERR-1",
    title: "an attestation that is no JWT inside is refused",
    async drive(world) {
      await serving(world);
      await attempts(
        world,
        brokenJwts.map((attestation) => () => world.newAgent().register({ attestation })),
      );
    },
    judge: judgeRefused,
  }),
  check({
    id: "ERR-1.huge-body",
    requirement: "ERR-1",
    title: "a body of several MiB is refused",
    traits: ["bursty"],
    async drive(world) {
      await serving(world);
      const padding = JSON.stringify("x".repeat(hugeBytes));
      await attempts(
        world,
        (["register", "authorize"] as const).map((endpoint) => async () => {
          return post(world, endpoint, withExtra(await validBody(world, endpoint), padding));
        }),
      );
    },
    judge: judgeRefused,
  }),
  check({
    id: "ERR-1.deep-nesting",
    requirement: "ERR-1",
    title: "JSON nested thousands of levels deep does not crash the target",
    traits: ["bursty"],
    async drive(world) {
      await serving(world);
      const lists = "[".repeat(nesting) + "]".repeat(nesting);
      const objects = `${'{"a":'.repeat(nesting)}1${"}".repeat(nesting)}`;
      await attempts(
        world,
        jsonEndpointNames.flatMap((endpoint) => [
          async () => post(world, endpoint, withExtra(await validBody(world, endpoint), objects)),
          () => post(world, endpoint, lists),
        ]),
      );
    },
    judge: judgeSurvival,
  }),
];
