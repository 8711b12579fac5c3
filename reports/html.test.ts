import { createHash } from "node:crypto";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../schemas/index.ts";
import { workMs } from "../suites/engine/testing/work-ms.ts";
import { htmlReport } from "./html.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { aCheck, aFailure, aFrame, anExchange, aReport } from "./testing/report.ts";

type Element = DefaultTreeAdapterTypes.Element;

function elementsOf(node: DefaultTreeAdapterTypes.Node): readonly Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsOf) : [];
  return "tagName" in node ? [node, ...children] : children;
}

const pageOf = (source: string) => elementsOf(parse(source));
const named = (page: readonly Element[], name: string) => page.filter(({ tagName }) => tagName === name);
const attribute = ({ attrs }: Element, name: string) => attrs.find((attr) => attr.name === name)?.value;
const textOf = (source: string) => source.replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ");

const mixed = aReport([
  aCheck("ATT-1.a", { provenBy: ["ATT-1.signature-ignored"] }),
  aFailure("ATT-5.b"),
  aFailure("ATT-5.c"),
  aFailure("TOK-12.d", { outcome: "warn", level: "should", section: "token" }),
  aCheck("PRX-1.e", {
    section: "proxy",
    outcome: "not-tested",
    reasonCode: "hook-missing",
    actual: "no hook",
    expected: "configure hooks.clock",
  }),
  aCheck("PRX-2.f", { section: "proxy", outcome: "not-applicable", reasonCode: "feature-absent", actual: "no audit" }),
  aCheck("REG-1.g", { section: "registration", outcome: "ambiguous", actual: "200", expected: "409" }),
]);

describe("the HTML report", () => {
  const source = htmlReport(mixed);
  const text = textOf(source);

  it("says the verdict first, and in the title", () => {
    expect(source).toContain("<title>Not conformant: http://127.0.0.1:4000 as ath-gateway</title>");
    expect(text.indexOf("Not conformant")).toBeLessThan(text.indexOf("What was found"));
  });

  it("tells of each finding what was expected and got, where it is said, how to mend it and what proves the check", () => {
    for (const words of [
      "a refusal (4xx) with INVALID_ATTESTATION",
      "201 Created, and a client_id was issued",
      "An attestation whose jti was seen before is refused until its exp",
      "ATH 0.1 client/identity § Required Claims",
      "To mend it: remember it",
      "ATT-5.forgotten",
      "gateproof run ath-gateway ATT-5.b --target http://127.0.0.1:4000 --seed 7",
      "curl -i -X POST",
    ]) {
      expect(text).toContain(words);
    }
  });

  it("says the requirement once, however many checks found it broken", () => {
    expect(text.split("To mend it: remember it").length - 1).toBe(2);
    expect(text).toContain("2 checks found it broken");
  });

  it("says what was not tested and how to test it, what does not apply, and both readings", () => {
    for (const words of ["no hook", "to test it: configure hooks.clock", "Not applicable", "Two honest readings"]) {
      expect(text).toContain(words);
    }
  });

  it("says how much of the profile the verdict covers", () => {
    expect(text).toMatch(/3 of \d+ MUST requirements of ath-gateway were judged/);
    expect(text).toMatch(/\d+ had no check in this run, so nothing is said about/);
  });

  it("shows beside the verdict how much it rests on, and all outcomes as one bar in the order of interest", () => {
    const header = source.slice(source.indexOf("<header>"), source.indexOf("</header>"));
    expect(textOf(header)).toMatch(/3 \/ \d+ MUST requirements judged/);
    const parts = named(pageOf(header), "rect").map((part) =>
      ["class", "x", "width"].map((name) => attribute(part, name)).join(" "),
    );
    expect(parts).toEqual([
      "fail 0 2",
      "warn 2 1",
      "ambiguous 3 1",
      "not-tested 4 1",
      "pass 5 1",
      "not-applicable 6 1",
    ]);
  });

  it("pictures each check as a cell, and says the same in words", () => {
    const cells = pageOf(source).filter((element) => /^c (?!$)/.test(attribute(element, "class") ?? ""));
    const legend = 6;
    expect(cells).toHaveLength(mixed.checks.length + legend);
    expect(text).toContain("2 failed, 1 passed");
  });

  it("lets every arrow and every broken requirement lead somewhere", () => {
    const page = pageOf(source);
    const ids = page.flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = named(page, "a").flatMap((element) => attribute(element, "href") ?? []);
    const inside = links.filter((href) => href.startsWith("#")).map((href) => href.slice(1));
    expect(inside.length).toBeGreaterThan(8);
    for (const id of inside) expect(ids).toContain(id);
  });

  it("is the same for the same report", () => {
    expect(htmlReport(structuredClone(mixed))).toBe(source);
  });

  it.each<[string, Partial<Parameters<typeof aReport>[1]>, readonly CheckResult[], string]>([
    [
      "nothing judged",
      { verdict: { result: "not-testable", exitCode: 3, sentence: "Not testable: nobody there." } },
      [],
      "Not testable",
    ],
    [
      "an interrupted run",
      { verdict: { result: "conformant", exitCode: 130, sentence: "Interrupted." } },
      [aCheck("ATT-1.a")],
      "Interrupted",
    ],
    ["a kit error", { verdict: { result: "kit-error", exitCode: 4, sentence: "The kit failed." } }, [], "Kit error"],
    [
      "MUSTs left open",
      { verdict: { result: "conformant", exitCode: 0, sentence: "Conformant." } },
      [aCheck("ATT-1.a", { outcome: "not-tested" })],
      "Conformant as far as tested",
    ],
    [
      "a run of one section",
      { verdict: { result: "conformant", exitCode: 0, sentence: "Conformant: 1 check passed." } },
      [aCheck("ATT-1.a")],
      "Conformant as far as tested",
    ],
  ])("never makes more of %s than it is", (_, changes, checks, word) => {
    expect(htmlReport(aReport(checks, changes))).toContain(`<p class="word">${word}</p>`);
  });

  it("draws WebSocket messages like exchanges", () => {
    const frames = [
      aFrame(1, { text: '{"method":"auth.login"}' }),
      aFrame(2, { from: "target", to: "agent", kind: "close", code: 4003 }),
    ];
    const page = htmlReport(aReport([aFailure("ATT-5.b", { exchanges: [], frames })]));
    for (const words of ["auth.login", "close 4003", "connection 1"]) expect(page).toContain(words);
    expect(page).not.toContain("on connection 1");
  });

  it("says of each message which connection it went on, where there are several", () => {
    const frames = [aFrame(1), aFrame(2, { connection: 2, from: "target", to: "agent" })];
    const page = textOf(htmlReport(aReport([aFailure("ATT-5.b", { exchanges: [], frames })])));
    for (const words of ["on connection 1", "on connection 2"]) expect(page).toContain(words);
  });

  it("takes less than a second of work and 2 MB for a large profile with much broken in it", () => {
    const body = JSON.stringify({ members: Array.from({ length: 400 }, (_, index) => index) }).slice(0, 4096);
    const exchanges = [1, 2, 3].map((id) => anExchange(id, { body }));
    const broken = Array.from({ length: 60 }, (_, index) => aFailure(`ATT-5.c${index}`, { exchanges }));
    const kept = Array.from({ length: 300 }, (_, index) => aCheck(`ATT-1.c${index}`, { exchanges }));
    const report = aReport([...broken, ...kept]);
    let page = "";
    const ms = workMs(() => {
      page = htmlReport(report);
    });
    expect(ms).toBeLessThan(1000);
    expect(page.length).toBeLessThan(2_000_000);
  });

  it("cuts what nobody would read, and says so", () => {
    const exchanges = Array.from({ length: 60 }, (_, index) => anExchange(index + 1));
    const page = htmlReport(aReport([aFailure("ATT-5.b", { exchanges })]));
    expect(page).toContain("36 earlier ones are in the JSON report");
    expect(page.length).toBeLessThan(120_000);
  });
});

describe("the HTML report of a hostile target", () => {
  const source = htmlReport(aHostileReport());
  const page = pageOf(source);

  it("has our elements only, and no attribute that acts", () => {
    for (const name of ["script", "img", "iframe", "base", "object", "embed", "form", "foreignobject"]) {
      expect(named(page, name), name).toEqual([]);
    }
    expect(named(page, "style")).toHaveLength(1);
    expect(
      named(page, "meta")
        .map((meta) => attribute(meta, "http-equiv"))
        .filter((name) => name !== undefined),
    ).toEqual(["Content-Security-Policy"]);
    for (const { attrs } of page) {
      for (const { name } of attrs) expect(name).not.toMatch(/^on|^style$|^src/);
    }
  });

  it("links nowhere but inside itself and to the web", () => {
    for (const link of named(page, "a")) expect(attribute(link, "href")).toMatch(/^#|^https:\/\//);
  });

  it("has no character that a reader does not see", () => {
    expect(source.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it("forbids by policy everything but its own style sheet", () => {
    const policy = named(page, "meta").flatMap((meta) =>
      attribute(meta, "http-equiv") ? [attribute(meta, "content")] : [],
    );
    const [style] = named(page, "style");
    const [css] = style?.childNodes ?? [];
    const digest = createHash("sha256")
      .update(css !== undefined && "value" in css ? css.value : "")
      .digest("base64");
    expect(policy).toEqual([`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`]);
  });
});
