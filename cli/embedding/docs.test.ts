import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as mocks from "../../mocks/index.ts";
import * as msw from "../../mocks/msw.ts";
import { ciFile } from "../init/ci-text.ts";
import { blocksOf } from "../testing/documented.ts";
import { kitVersion } from "../version.ts";
import * as gateproof from "./index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFile(join(root, path), "utf8");
const blocks = (text: string, ...languages: readonly string[]) =>
  blocksOf(text).flatMap(({ language, text: code }) => (languages.includes(language) ? [code] : []));

describe("docs/embedding.md", () => {
  let text = "";
  beforeAll(async () => {
    text = await read("docs/embedding.md");
  });

  it("shows what the examples run", async () => {
    const files = (await readdir(join(root, "examples"), { recursive: true })).filter((file) =>
      /\.(ts|js)$/.test(file),
    );
    const examples = await Promise.all(files.map((file) => read(join("examples", file))));
    const shown = blocks(text, "ts", "js");
    expect(shown).toHaveLength(4);
    for (const code of shown) expect(examples.some((example) => example.includes(code))).toBe(true);
  });

  it("names what is exported", () => {
    const rows = { gateproof, "gateproof/mocks": mocks, "gateproof/msw": msw };
    for (const [entry, exported] of Object.entries(rows)) {
      const row = text.split("\n").find((line) => line.startsWith(`| \`${entry}\` |`)) ?? "";
      const named = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name).filter((name) => name !== entry);
      expect(named.length).toBeGreaterThan(1);
      expect(Object.keys(exported)).toEqual(expect.arrayContaining(named));
    }
  });
});

describe("docs/ci.md", () => {
  it("has the file that init writes for GitLab", async () => {
    const wish = { profile: "ath-gateway", version: kitVersion(), variables: ["PROVIDER_SECRET"] };
    expect(blocks(await read("docs/ci.md"), "yaml")).toContain(ciFile("gitlab", wish)?.text);
  });

  it("has every input and output of the action, with its default", async () => {
    const { inputs, outputs } = parse(await read("action.yml"));
    const text = await read("docs/ci.md");
    for (const [name, { default: usual }] of Object.entries<{ readonly default: string }>(inputs)) {
      const row = text.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
      expect([name, row]).toEqual([name, expect.stringContaining(usual === kitVersion() ? "the action's" : usual)]);
    }
    for (const name of Object.keys(outputs)) expect(text).toContain(`\`${name}\``);
    const [step] = blocks(text, "yaml").flatMap((block) => parse(block));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
  });
});
