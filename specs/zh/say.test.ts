import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultCatalogue } from "../../mocks/catalogue.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { faultSentences } from "./faults/index.ts";
import { partsOf } from "./phrase-book.ts";
import { phrases } from "./phrases/index.ts";
import { reasonCodes } from "./reason-codes/index.ts";
import { translated } from "./say.ts";
import { checkTitles } from "./titles/index.ts";

const root = fileURLToPath(new URL("../../suites/", import.meta.url));
/** Those whose words are translated. */
const suites = ["engine", "kinds", "drivers", "ath", "handshake"];
const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|^aun\/|testing\//.test(name))
    .map((name) => readFileSync(join(root, folder, name), "utf8"));
const han = /\p{Script=Han}/u;
/** Those whose tables are whole. */
const translatedProfiles: readonly RunnableProfile[] = ["ath-gateway", "ath-native", "ath-handshake", "aun-gateway"];
const translatedMocks: readonly string[] = [...translatedProfiles, "oauth-provider"];
/** Names of the protocols that a reader searches for. */
const names = (text: string) =>
  new Set(text.match(/\b(?:[A-Z]{2,}(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+|-?\d{3,5}|X-ATH-[\w-]+)\b/g) ?? []);
const missing = (english: string, chinese: string) => [...names(english)].filter((name) => !chinese.includes(name));
const titles = (
  await Promise.all(translatedProfiles.map(async (id) => plannedChecks(await profiles[id]()).map(({ check }) => check)))
).flat();
const faults = faultCatalogue.filter(({ mock }) => translatedMocks.includes(mock)).map(({ fault }) => fault);

describe("what checks and faults are called in Chinese", () => {
  it("each check has a title, in specs/zh/titles/", () => {
    const without = titles.filter(({ id }) => !han.test(checkTitles[id] ?? "")).map(({ id }) => id);
    expect(without).toEqual([]);
  });

  it("each fault has a sentence, in specs/zh/faults/", () => {
    const without = faults
      .filter(({ id }) => !/\p{Script=Han}.*。$/u.test(faultSentences[id] ?? ""))
      .map(({ id }) => id);
    expect(without).toEqual([]);
  });

  it("each reason that a fault is found by has words, in specs/zh/reason-codes/", () => {
    const codes = faults.flatMap(({ kills }) => Object.values(kills));
    expect([...new Set(codes)].filter((code) => reasonCodes[code] === undefined)).toEqual([]);
  });

  it("nothing else has one", async () => {
    const every = await Promise.all(Object.values(profiles).map(async (load) => plannedChecks(await load())));
    const checkIds = new Set(every.flat().map(({ check }) => check.id));
    const faultIds = new Set(faultCatalogue.map(({ fault }) => fault.id));
    expect(Object.keys(checkTitles).filter((id) => !checkIds.has(id))).toEqual([]);
    expect(Object.keys(faultSentences).filter((id) => !faultIds.has(id))).toEqual([]);
  });

  it("keeps the protocol's names", () => {
    const lost = [
      ...titles.map(({ id, title }) => [id, missing(title, checkTitles[id] ?? title)] as const),
      ...faults.map(({ id, sentence }) => [id, missing(sentence, faultSentences[id] ?? sentence)] as const),
    ];
    expect(lost.filter(([, left]) => left.length > 0)).toEqual([]);
  });
});

describe("the phrases of findings", () => {
  it("know the fixed words of what checks expect, see and need", () => {
    const words = new Set(
      suites.flatMap(sourcesIn).flatMap((source) => {
        const said = source.matchAll(/\b(?:expected|actual|mend): "((?:[^"\\]|\\.)*)"/g);
        return [...said].map(([, text = ""]) => text.replaceAll('\\"', '"'));
      }),
    );
    expect(words.size).toBeGreaterThan(200);
    const unknown = [...words].filter((text) => translated(text) === undefined);
    // New words may come a little before their translation; many mean that it was forgotten.
    expect(unknown.length / words.size, unknown.join("\n")).toBeLessThan(0.05);
  });

  it.each(Object.entries(phrases))("%s", (english, chinese) => {
    const { pieces, places } = partsOf(english);
    expect(partsOf(chinese).places.toSorted()).toEqual(places.toSorted());
    expect(new Set(places).size).toBe(places.length);
    // Two places side by side could be told apart in any way, or in none.
    expect(pieces.slice(1, -1)).not.toContain("");
    expect(pieces.join("").trim()).not.toBe("");
    if (pieces.some((piece) => /[a-z]{2} [a-z]{2}/.test(piece))) expect(chinese).toMatch(han);
    expect(missing(pieces.join(" "), chinese)).toEqual([]);
  });
});
