import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { schemaFiles } from "./generate.ts";
import { schemas } from "./generated.ts";
import { typescriptOf, UnknownSchemaFormError } from "./typescript.ts";

const BASE = "https://gateproof.dev/schemas/";

/** The generated text for one schema beside a second one that it can refer to. */
function generate(schema: Readonly<Record<string, unknown>>): string {
  const file = (title: string, body: object) => ({
    path: `./${title}.json`,
    schema: { $id: `${BASE}x/${title}.json`, title, ...body },
  });
  return typescriptOf([file("Here", schema), file("Other", { type: "string" })]);
}

describe("the schema files", () => {
  it("are what generated.ts was written from (mend: npx tsx schemas/generate.ts)", () => {
    const path = fileURLToPath(new URL("./generated.ts", import.meta.url));
    expect(readFileSync(path, "utf8")).toBe(typescriptOf(schemaFiles()));
  });

  it("are valid JSON Schema 2020-12 and compile in strict mode", () => {
    const ajv = new Ajv2020({ strict: true, validateSchema: true, allErrors: true });
    formats.default(ajv);
    const all = Object.values(schemas);
    ajv.addSchema(all);
    for (const schema of all) expect(ajv.compile(schema)).toBeTypeOf("function");
    expect(all.length).toBeGreaterThan(50);
  });

  it.each(schemaFiles().map(({ path, schema }) => [path, schema] as const))(
    "%s is named after its title",
    (path, schema) => {
      const words = path.replace(/^.*\//, "").replace(".schema.json", "").replaceAll("-", "");
      expect(schema.title.toLowerCase()).toBe(words);
      expect(schema.$id).toBe(`${BASE}${path.slice(2).replace(".schema.json", ".json")}`);
      expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
      expect(schema["description"]).toMatch(/\.$/);
    },
  );

  it("leave ATH messages open to unknown fields and close configurations", () => {
    const closed = schemaFiles().filter(({ schema }) =>
      JSON.stringify(schema).includes('"additionalProperties":false'),
    );
    expect(closed.map(({ schema }) => schema.title).toSorted()).toEqual([
      "Baseline",
      "Config",
      "HandshakeConfig",
      "Implementation",
      "MockConfig",
    ]);
  });
});

describe("the generator", () => {
  it.each([
    [{ type: "string" }, "export type Here = string;"],
    [{ type: ["string", "null"] }, "export type Here = string | null;"],
    [{ enum: ["a", 1, null] }, 'export type Here = "a" | 1 | null;'],
    [{ const: "a" }, 'export type Here = "a";'],
    [{ anyOf: [{ type: "integer" }, { type: "number" }, { const: true }] }, "export type Here = number | true;"],
    [{ oneOf: [{ type: "boolean" }, { $ref: "Other.json" }] }, "export type Here = boolean | Other;"],
    [{ $ref: `${BASE}x/Other.json` }, "export type Here = Other;"],
    [{ $ref: "../x/Other.json" }, "export type Here = Other;"],
    [{ type: "array", items: { enum: ["a", "b"] } }, 'export type Here = ReadonlyArray<"a" | "b">;'],
    [
      { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false, minItems: 2, maxItems: 2 },
      "export type Here = readonly [string, number];",
    ],
    [{ type: "object" }, "export type Here = Readonly<Record<string, unknown>>;"],
    [{ type: "object", additionalProperties: false }, "export type Here = Readonly<Record<string, never>>;"],
    [
      { type: "object", additionalProperties: { $ref: "Other.json" } },
      "export type Here = Readonly<Record<string, Other>>;",
    ],
    [
      {
        description: "Two.",
        type: "object",
        required: ["a"],
        properties: { a: { type: "string" }, "b-c": { type: "null" } },
      },
      '/** Two. */\nexport interface Here {\n  readonly a: string;\n  readonly "b-c"?: null;\n}',
    ],
    [{ description: "*/ alert()", type: "string" }, "/** *\\/ alert() */\nexport type Here = string;"],
  ])("turns %j into a type", (schema, text) => {
    expect(generate(schema)).toContain(`\n${text}\n`);
  });

  it.each([
    [{ type: "string", contentEncoding: "base64" }, "contentEncoding"],
    [{ type: "object", patternProperties: {} }, "patternProperties"],
    [{ allOf: [] }, "allOf"],
    [{ type: "text" }, '"text"'],
    [{}, "without a type"],
    [{ enum: [] }, "empty or missing"],
    [{ $ref: "nowhere.json" }, "nowhere.json"],
    [{ $ref: "#/$defs/a" }, "#/$defs/a"],
    [{ type: "string", const: "a" }, "const and type"],
    [{ type: "array", prefixItems: [{ type: "string" }] }, "prefixItems"],
    [{ type: "array" }, "no schema"],
    [{ type: "object", required: ["a"] }, "required a"],
    [
      { type: "object", properties: { a: { type: "null" } }, additionalProperties: { type: "null" } },
      "additionalProperties",
    ],
  ])("refuses %j", (schema, problem) => {
    expect(() => generate(schema)).toThrow(UnknownSchemaFormError);
    expect(() => generate(schema)).toThrow(problem);
  });

  it("refuses two files with one title", () => {
    const file = (name: string) => ({ path: `./${name}`, schema: { $id: BASE + name, title: "Same", type: "string" } });
    expect(() => typescriptOf([file("a"), file("b")])).toThrow("share");
  });
});
