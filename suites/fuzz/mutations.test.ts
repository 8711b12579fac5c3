import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Messages, schemas, validate } from "../../schemas/index.ts";
import { type Mutation, type Mutations, mutated, readMutations } from "./mutation.ts";
import { mustBeRefused, mutationsOf, omissionsOf } from "./mutations.ts";
import { validValue } from "./values.ts";

const requests = [
  "AgentRegistrationRequest",
  "AuthorizationRequest",
  "TokenExchangeRequest",
  "TokenRevocationRequest",
  "HandshakeRequest",
  "IdentityProof",
  "ScopeRequest",
  "HandshakeCompleteRequest",
  "AunConnectRequest",
  "AunLoginRequest",
  "AunCreateAidRequest",
  "AunSendRequest",
] as const satisfies readonly (keyof Messages)[];

const registration = {
  agent_id: "https://agent.example/a",
  developer: { name: "Ada", id: "d" },
  requested_providers: [
    { provider_id: "mail", scopes: ["read"] },
    { provider_id: "files", scopes: [] },
  ],
  purpose: undefined,
};

describe("mutated", () => {
  it.each<[string, Mutations, unknown]>([
    ["nothing", [], registration],
    ["a dropped member", [{ does: "drop", at: ["developer", "id"] }], { ...registration, developer: { name: "Ada" } }],
    ["another value", [{ does: "put", at: ["agent_id"], value: null }], { ...registration, agent_id: null }],
    [
      "a value for a member that is not there",
      [{ does: "put", at: ["purpose"], value: "" }],
      { ...registration, purpose: "" },
    ],
    [
      "a value in the first item",
      [{ does: "put", at: ["requested_providers", 0, "scopes", 0], value: 7 }],
      {
        ...registration,
        requested_providers: [{ provider_id: "mail", scopes: [7] }, registration.requested_providers[1]],
      },
    ],
    [
      "a dropped item",
      [{ does: "drop", at: ["requested_providers", 0] }],
      { ...registration, requested_providers: [registration.requested_providers[1]] },
    ],
    ["a long text", [{ does: "lengthen", at: ["agent_id"], length: 3 }], { ...registration, agent_id: "xxx" }],
    [
      "lists around it",
      [{ does: "nest", at: ["agent_id"], depth: 2 }],
      { ...registration, agent_id: [[registration.agent_id]] },
    ],
    [
      "an unknown member",
      [{ does: "add", at: ["developer"], name: "x", value: 1 }],
      { ...registration, developer: { ...registration.developer, x: 1 } },
    ],
    ["another message", [{ does: "put", at: [], value: { a: 1 } }], { a: 1 }],
    [
      "two at once",
      [
        { does: "drop", at: ["agent_id"] },
        { does: "put", at: ["developer", "name"], value: [] },
      ],
      { ...registration, agent_id: undefined, developer: { name: [], id: "d" } },
    ],
  ])("%s", (_name, mutations, expected) => {
    expect(JSON.parse(mutated(registration, mutations))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it("writes a member twice", () => {
    expect(mutated({ a: 1, b: 2 }, [{ does: "repeat", at: ["a"], value: null }])).toBe('{"a":1,"a":null,"b":2}');
  });
  it("writes a member called __proto__, and lone surrogates as escapes", () => {
    const mutations: Mutations = [
      { does: "add", at: [], name: "__proto__", value: {} },
      { does: "put", at: ["a"], value: "\ud800" },
    ];
    expect(mutated({ a: 1 }, mutations)).toBe('{"a":"\\ud800","__proto__":{}}');
  });
});

describe.each(requests)("mutations of a %s", (name) => {
  const schema = schemas[name];

  it("include messages that the schema takes, and these must not be refused for their form", () => {
    fc.assert(
      fc.property(validValue(fc, schema), (value) => {
        expect(validate(name, value)).toMatchObject({ ok: true });
        expect(mustBeRefused(schema, [{ does: "put", at: [], value }])).toBe(false);
      }),
    );
  });
  it("that must be refused break the schema", () => {
    fc.assert(
      fc.property(validValue(fc, schema), mutationsOf(fc, schema), (message, mutations) => {
        fc.pre(mustBeRefused(schema, mutations));
        const value: unknown = JSON.parse(mutated(message, mutations));
        expect(validate(name, value).ok).toBe(false);
      }),
    );
  });
  it("leave out every demanded member, whatever the seed", () => {
    const dropped = omissionsOf(schema);
    expect(dropped.length).toBeGreaterThan(0);
    for (const mutations of dropped) expect(mustBeRefused(schema, mutations)).toBe(true);
  });
  it("are UTF-8 text, and data that evidence gives back", () => {
    fc.assert(
      fc.property(mutationsOf(fc, schema), (mutations) => {
        const text = mutated({}, mutations);
        expect(Buffer.from(text).toString("utf8")).toBe(text);
        expect(readMutations(JSON.parse(JSON.stringify(mutations)))).toEqual(mutations);
      }),
    );
  });
  it("are of every kind", () => {
    const seen = new Set(
      fc
        .sample(mutationsOf(fc, schema), { numRuns: 400, seed: 1 })
        .flat()
        .map(({ does }) => does),
    );
    expect([...seen].sort()).toEqual(["add", "drop", "lengthen", "nest", "put", "repeat"]);
  });
});

describe("shrinking", () => {
  const schema = schemas.AgentRegistrationRequest;
  const smallest = (isFound: (mutation: Mutation) => boolean, seed: number) =>
    fc.check(
      fc.property(mutationsOf(fc, schema), (mutations) => !mutations.some(isFound)),
      { seed, numRuns: 2000 },
    ).counterexample?.[0];

  it.each([1, 2, 3, 4, 5])("ends at one mutation with the shortest value (seed %i)", (seed) => {
    const developer = smallest(({ does, at }) => does === "drop" && at[0] === "developer", seed);
    expect(developer).toEqual([{ does: "drop", at: expect.anything() }]);
    const nul = (mutation: Mutation) =>
      mutation.does === "put" && typeof mutation.value === "string" && mutation.value.includes("\u0000");
    expect(smallest(nul, seed)).toEqual([{ does: "put", at: expect.anything(), value: "\u0000" }]);
    expect(smallest((mutation) => mutation.does === "lengthen" && mutation.length > 99, seed)).toMatchObject([
      { length: 100 },
    ]);
  });
});

describe("mustBeRefused", () => {
  const schema = schemas.AgentRegistrationRequest;
  it.each<[string, Mutation, boolean]>([
    ["a demanded member that is missing", { does: "drop", at: ["developer"] }, true],
    ["one inside a demanded member", { does: "drop", at: ["developer", "id"] }, true],
    ["an optional member that is missing", { does: "drop", at: ["purpose"] }, false],
    ["one inside the items of a list", { does: "drop", at: ["requested_providers", 0, "provider_id"] }, false],
    ["null", { does: "put", at: ["developer"], value: null }, true],
    ["an object for a text", { does: "put", at: ["agent_id"], value: {} }, true],
    ["a number for a text, which frameworks convert", { does: "put", at: ["agent_id"], value: 7 }, false],
    ["a text for a list, which frameworks convert", { does: "put", at: ["requested_providers"], value: "x" }, false],
    ["a number for a list", { does: "put", at: ["requested_providers"], value: 7 }, true],
    ["a text for an object", { does: "put", at: ["developer"], value: "x" }, true],
    ["an empty text", { does: "put", at: ["agent_id"], value: "" }, false],
    ["a list around a text", { does: "nest", at: ["agent_id"], depth: 1 }, true],
    ["a list around a list", { does: "nest", at: ["requested_providers"], depth: 1 }, false],
    ["a member twice", { does: "repeat", at: ["agent_id"], value: null }, false],
    ["a member more", { does: "add", at: [], name: "x", value: null }, false],
  ])("%s", (_name, mutation, expected) => {
    expect(mustBeRefused(schema, [mutation])).toBe(expected);
  });
  it("spares what the text calls harmless", () => {
    expect(mustBeRefused(schema, [{ does: "drop", at: ["developer", "id"] }], ["developer"])).toBe(false);
  });
});
