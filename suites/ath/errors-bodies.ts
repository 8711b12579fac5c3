import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import type { Json } from "../engine/json.ts";
import { parseJson } from "../engine/json.ts";
import type { Path } from "../fuzz/members.ts";
import { check } from "../kinds/check.ts";
import { judgeShape } from "../kinds/conforms.ts";
import { property } from "../kinds/property.ts";
import { judgeAttempt } from "../kinds/refusal.ts";
import { type Body, type JsonEndpoint, jsonEndpointNames, post, validBody } from "./shared/json-endpoints.ts";
import { attempts, judgeEach, judgeRefused, judgeSurvival, serving } from "./shared/robust.ts";
import { membersOf, requiredOf, withMember } from "./shared/schema-paths.ts";

/** A form of the same members; a list is the parameter repeated. */
function formOf(body: Body): string {
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

function without(body: Body, name: string): Body {
  return Object.fromEntries(Object.entries(body).filter(([member]) => member !== name));
}

/** One attempt for each required member of an endpoint's body: everything valid, this one left out. */
function missingFields(world: World, endpoint: JsonEndpoint): readonly (() => Promise<Reply>)[] {
  return requiredOf(endpoint).map(
    (name) => async () => post(world, endpoint, JSON.stringify(without(await validBody(world, endpoint), name))),
  );
}

/** Each of these has ended a request handler that trusted its input. */
const wrongValues = [null, true, 0, -1, 1.5, "", " ", "\u0000", [], {}, [null], [[]], [{}], { length: 1 }] as const;

type Mutation = { readonly endpoint: JsonEndpoint; readonly member: Path; readonly value: Json };

/** Bodies that break the form a request should have (ERR-1). */
export const bodyChecks: readonly Check[] = [
  check({
    id: "ERR-1.malformed-json",
    requirement: "ERR-1",
    title: "malformed JSON is refused with an ATHError",
    async drive(world) {
      await serving(world);
      const cut = jsonEndpointNames.map((endpoint) => async () => {
        const body = JSON.stringify(await validBody(world, endpoint));
        return post(world, endpoint, body.slice(0, -1));
      });
      await attempts(world, cut);
    },
    judge: (evidence) =>
      judgeEach(evidence, (attempt) => {
        const finding = judgeAttempt(attempt);
        if (finding.outcome !== "pass") return finding;
        const misshapen = judgeShape("ATHError", parseJson(attempt.response?.body), attempt);
        return misshapen === undefined ? finding : { ...misshapen, reasonCode: "error-shape" };
      }),
  }),
  check({
    id: "ERR-1.form-body",
    requirement: "ERR-1",
    title: "a form where JSON is due is refused",
    async drive(world) {
      await serving(world);
      const forms = (["token", "authorize"] as const).map((endpoint) => async () => {
        const form = formOf(await validBody(world, endpoint));
        return post(world, endpoint, form, "application/x-www-form-urlencoded");
      });
      await attempts(world, forms);
    },
    judge: judgeRefused,
  }),
  check({
    id: "ERR-1.missing-fields",
    requirement: "ERR-1",
    title: "a request that lacks a required member does not crash the target",
    async drive(world) {
      await serving(world);
      await attempts(world, [...missingFields(world, "authorize"), ...missingFields(world, "token")]);
    },
    judge: judgeSurvival,
  }),
  property<Mutation>({
    id: "ERR-1.wrong-types",
    requirement: "ERR-1",
    title: "a member of a wrong type does not crash the target",
    given(fc) {
      const values: readonly Json[] = wrongValues;
      return fc
        .constantFrom(
          ...jsonEndpointNames.flatMap((endpoint) => membersOf(endpoint).map((member) => ({ endpoint, member }))),
        )
        .chain(({ endpoint, member }) =>
          fc.constantFrom(...values).map((value): Mutation => ({ endpoint, member, value })),
        );
    },
    async drive(world, { endpoint, member, value }) {
      world.mark("control", (await world.agent.registered()).reply);
      const body = withMember(await validBody(world, endpoint), member, value);
      world.mark("attempt", await post(world, endpoint, JSON.stringify(body)));
    },
    judge: judgeSurvival,
  }),
  check({
    id: "ERR-1.not-an-object",
    requirement: "ERR-1",
    title: "a body that is no JSON object does not crash the target",
    async drive(world) {
      await serving(world);
      const bodies = ["null", "[]", '"text"', "42", ""];
      await attempts(
        world,
        jsonEndpointNames.flatMap((endpoint) => bodies.map((body) => () => post(world, endpoint, body))),
      );
    },
    judge: judgeSurvival,
  }),
];
