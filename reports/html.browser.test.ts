import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe, { type RunOptions } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbeddedTarget } from "../cli/embedded/index.ts";
import { provenBy } from "../mocks/faults-of.ts";
import type { Report } from "../schemas/index.ts";
import { buildReport } from "../suites/engine/report.ts";
import { htmlReport } from "./html.ts";
import { openChromium, patienceMs } from "./testing/chromium.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { english } from "./words/en.ts";
import { chinese } from "./words/zh.ts";

let folder = "";
let browser: Browser;
const reports = new Map<string, Report>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-html-"));
  browser = await openChromium();
  reports.set("honest", await judgedGateway([], ["discovery", "transport", "attestation"]));
  reports.set(
    "faulty",
    await judgedGateway(
      ["ATT-2.exp-optional", "PRX-5.query-dropped", "TOK-12.eight-hours"],
      ["attestation", "token", "proxy"],
    ),
  );
  reports.set("hostile", aHostileReport());
  reports.set("chinese", aHostileReport());
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A real report: the reference gateway with these faults, judged in these sections. */
async function judgedGateway(faults: readonly string[], only: readonly string[]): Promise<Report> {
  const target = await openEmbeddedTarget("ath-gateway", { seed: 7, faults });
  try {
    const run = await target.run({ only, seed: 7 });
    return buildReport(run, {
      kitVersion: "0.0.0",
      command: "gateproof run ath-gateway --seed 7",
      failOn: "must",
      provenBy: await provenBy("ath-gateway"),
      implementation: { organization: "Example", project: "Gateway", version: "1.0", url: "https://gateway.example" },
    });
  } finally {
    await target.close();
  }
}

interface Opened {
  readonly page: Page;
  /** What the browser complained of or asked for: console messages, errors, requests. */
  readonly heard: readonly string[];
}

async function opened(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const report = reports.get(name);
  if (report === undefined) throw new Error(`no report ${name}`);
  const file = join(folder, `${name}.html`);
  await writeFile(file, htmlReport(report, name === "chinese" ? chinese : english));
  const page = await browser.newPage(options);
  page.setDefaultTimeout(patienceMs);
  const heard: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => heard.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== url) heard.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, heard };
}

const phone = { viewport: { width: 360, height: 740 } };

/** What axe looks at: everything, or what can be another in other colours or at another width. */
const looks = {
  everything: {},
  colours: { runOnly: { type: "rule", values: ["color-contrast"] } },
  layout: { rules: { "color-contrast": { enabled: false } } },
} satisfies Readonly<Record<string, RunOptions>>;

/** The page's own policy keeps scripts out, so axe comes in through the debugger. */
async function accessibilityProblems(page: Page, look: RunOptions = looks.everything): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    `axe.run(${JSON.stringify(look)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
  );
  return Array.isArray(found) ? found.map(String) : [`axe answered ${typeof found}`];
}

describe.each(["honest", "faulty", "hostile", "chinese"])("in a browser, the report of a %s target", (name) => {
  it.each<[string, BrowserContextOptions, RunOptions]>([
    ["light", { colorScheme: "light" }, looks.everything],
    ["dark", { colorScheme: "dark" }, looks.colours],
    ["on a phone", phone, looks.layout],
  ])("is accessible and silent: %s", async (_, options, look) => {
    const { page, heard } = await opened(name, options);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await accessibilityProblems(page, look)).toEqual([]);
    expect(heard).toEqual([]);
    await page.close();
  });

  it("fits a phone without scrolling sideways", async () => {
    const { page } = await opened(name, phone);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    await page.close();
  });

  it("runs nothing that it carries", async () => {
    const { page, heard } = await opened(name);
    expect(await page.evaluate("window.owned")).toBeUndefined();
    expect(await page.evaluate("document.scripts.length")).toBe(0);
    expect(heard).toEqual([]);
    await page.close();
  });
});

describe("in a browser, the report of a faulty target", () => {
  it("can be read without scripts: verdict, finding, and the exchange one click away", async () => {
    const { page } = await opened("faulty", { javaScriptEnabled: false });
    await expect(page.locator(".verdict .word").textContent()).resolves.toBe("Not conformant");
    const finding = page.locator('[id="PRX-5.query"]');
    const exchange = finding.locator("ol.wire details").last();
    expect(await exchange.locator("pre").first().isVisible()).toBe(false);
    await exchange.locator("summary").click();
    expect(await exchange.locator("pre").first().textContent()).toContain("GET http://127.0.0.1:");
    expect(await exchange.locator("pre").first().isVisible()).toBe(true);
    await page.close();
  });

  it("opens an exchange from its arrow in the diagram", async () => {
    const { page } = await opened("faulty");
    const finding = page.locator('[id="PRX-5.query"]');
    const answer = finding.locator("ol.wire details pre").last();
    expect(await answer.isVisible()).toBe(false);
    await finding.locator("svg a").last().click();
    expect(await finding.locator("ol.wire details[open]").count()).toBe(1);
    await page.close();
  });

  it("shrinks a diagram of two parties to a phone, however long the paths are", async () => {
    const { page } = await opened("faulty", phone);
    const widths = await page.evaluate(
      "[...document.querySelectorAll('svg.seq')].filter((one) => one.querySelectorAll('.name').length === 2).map((one) => one.getBoundingClientRect().right)",
    );
    const rights = Array.isArray(widths) ? widths : [];
    expect(rights.length).toBeGreaterThan(0);
    expect(rights.filter((right) => right > 360)).toEqual([]);
    await page.close();
  });

  it("shows who called whom: the agent, the gateway under test and the service behind it", async () => {
    const { page } = await opened("faulty");
    const names = await page.locator('[id="PRX-5.query"] svg .name').allTextContents();
    expect(names).toEqual(["agent", "gateway", "upstream"]);
    await page.close();
  });

  it("can be walked by keyboard: the first stop skips to the results, summaries open with Enter", async () => {
    const { page } = await opened("faulty");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the results");
    const details = page.locator("ol.wire details").first();
    await details.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await details.getAttribute("open")).not.toBeNull();
    await page.close();
  });

  it("prints in light colours on a few pages", async () => {
    const { page } = await opened("faulty", { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    const pdf = await page.pdf({ format: "A4" });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(40);
    await page.close();
  });

  it("shows on paper what nobody can open there: every check, whatever its section", async () => {
    const { page } = await opened("faulty");
    const line = page.locator("details.all li .what").first();
    const isSeen = () => line.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }));
    expect(await isSeen()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await isSeen()).toBe(true);
    await page.close();
  });
});

describe("the accessibility check of these tests", () => {
  it("finds what is wrong", async () => {
    const { page } = await opened("honest");
    await page.evaluate("document.querySelector('h1').innerHTML = '<img src=data:,>'");
    expect((await accessibilityProblems(page)).join()).toContain("image-alt");
    await page.close();
  });
});
