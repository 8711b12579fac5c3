import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Exchange, Report } from "../schemas/index.ts";
import { harReport } from "./har.ts";
import { openChromium } from "./testing/chromium.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { aCheck, aFailure, aFrame, anExchange, aReport } from "./testing/report.ts";

interface Entry {
  readonly pageref: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

function logOf(report: Report): {
  readonly pages: readonly { readonly id: string }[];
  readonly entries: readonly Entry[];
} {
  return JSON.parse(harReport(report)).log;
}

/** Not served by anybody: what answers is the archive. */
const origin = "http://gateway.invalid";

const discovery: Exchange = {
  ...anExchange(1, {
    method: "GET",
    url: `${origin}/.well-known/ath.json?v=%C3%BC&v=2`,
    headers: [["Cookie", "a=1; b=2=3"]],
  }),
  response: {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ["Set-Cookie", "sid=x; HttpOnly"],
      ["Access-Control-Allow-Origin", "*"],
    ],
    body: '{"ath_version":"0.1","name":"Grüße"}',
    bodyBytes: 38,
  },
};

const register = (id: number, body: string, status: number): Exchange => ({
  ...anExchange(id, { url: `${origin}/ath/agents/register`, body }),
  response: { status, headers: [["content-type", "application/json"]], body: `{"status":${status}}`, bodyBytes: 14 },
});

const lost: Exchange = {
  ...anExchange(4, { method: "GET", url: `${origin}/‹token:1:2›`, headers: [] }),
  response: null,
  error: { code: "TIMEOUT", message: "no answer in time" },
};

const report = aReport([
  aCheck("DISC-1.a", { exchanges: [discovery] }),
  aCheck("ATT-1.b"),
  aFailure("ATT-5.c", { exchanges: [register(2, '{"a":1}', 201), register(3, '{"a":2}', 401), lost] }),
]);

describe("the HTTP archive", () => {
  it("has a page for each check with exchanges, and an entry for each exchange", () => {
    const { pages, entries } = logOf(report);
    expect(pages.map(({ id }) => id)).toEqual(["DISC-1.a", "ATT-5.c"]);
    expect(entries.map(({ pageref }) => pageref)).toEqual(["DISC-1.a", "ATT-5.c", "ATT-5.c", "ATT-5.c"]);
  });

  it("has everything that was recorded, where the evidence is at hand", () => {
    const open = aFrame(7, { kind: "open", text: "wss://gateway.invalid/aun" });
    const evidence = {
      exchanges: [register(5, "{}", 200), register(6, "{}", 200)],
      marks: {},
      facts: {},
      frames: [open, aFrame(8, { text: "hello" })],
      cases: [{ exchanges: [register(9, "{}", 200)], marks: {}, facts: {} }],
    };
    const log = JSON.parse(harReport(report, (id) => (id === "ATT-1.b" ? evidence : undefined))).log;
    const ofCheck = log.entries.filter(({ pageref }: Entry) => pageref === "ATT-1.b");
    expect(ofCheck.map(({ comment }: { comment?: string }) => comment?.slice(0, 2))).toEqual([
      "#5",
      "#6",
      "#9",
      undefined,
    ]);
    expect(ofCheck.at(-1)._webSocketMessages).toEqual([expect.objectContaining({ data: "hello" })]);
    expect(log.pages.map(({ id }: { id: string }) => id)).toEqual(["DISC-1.a", "ATT-1.b", "ATT-5.c"]);
    expect(log.entries).toHaveLength(8);
  });

  it("tells query, cookies and body as HAR 1.2 wants them", () => {
    const [first, second] = logOf(report).entries;
    expect(first).toMatchObject({
      request: {
        queryString: [
          { name: "v", value: "ü" },
          { name: "v", value: "2" },
        ],
        cookies: [
          { name: "a", value: "1" },
          { name: "b", value: "2=3" },
        ],
      },
      response: { cookies: [{ name: "sid", value: "x" }], statusText: "OK", content: { mimeType: "application/json" } },
    });
    expect(second?.request).toMatchObject({ postData: { mimeType: "application/json", text: '{"a":1}' } });
  });

  it("says that no answer came, and writes placeholders so that the URL is one", () => {
    expect(logOf(report).entries[3]).toMatchObject({
      request: { url: `${origin}/%E2%80%B9token:1:2%E2%80%BA` },
      response: { status: 0, _error: "TIMEOUT: no answer in time" },
    });
  });

  it("carries WebSocket messages as Chromium writes them", () => {
    const frames = [
      aFrame(1, { kind: "open", text: "wss://gateway.invalid/aun" }),
      aFrame(2, { text: '{"method":"ping"}' }),
      aFrame(3, { from: "target", to: "agent", kind: "close", code: 4003, reason: "no" }),
      aFrame(4, { connection: 2, kind: "error", text: "CONNECTION_REFUSED" }),
    ];
    const { entries } = logOf(aReport([aFailure("ATT-5.c", { exchanges: [], frames })]));
    expect(entries).toMatchObject([
      {
        request: { url: "wss://gateway.invalid/aun" },
        response: { status: 101 },
        _resourceType: "websocket",
        _webSocketMessages: [
          { type: "send", opcode: 1, data: '{"method":"ping"}' },
          { type: "receive", opcode: 8, data: "4003 no" },
        ],
      },
      { response: { status: 0, _error: "WEBSOCKET: CONNECTION_REFUSED" }, _webSocketMessages: [] },
    ]);
  });
});

describe("the HTTP archive in a browser", () => {
  let browser: Browser;
  let folder = "";
  beforeAll(async () => {
    browser = await openChromium();
    folder = await mkdtemp(join(tmpdir(), "gateproof-har-"));
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function replaying(archived: Report) {
    const file = join(folder, "run.har");
    await writeFile(file, harReport(archived));
    const page = await browser.newPage();
    await page.routeFromHAR(file, { notFound: "abort" });
    return page;
  }

  it("is replayed: the same answers to the same requests, told apart by their bodies", async () => {
    const page = await replaying(report);
    const answer = await page.goto(discovery.request.url);
    expect(answer?.status()).toBe(200);
    expect(await answer?.text()).toBe(discovery.response?.body);
    const post = (body: string) =>
      page.evaluate(
        `fetch("/ath/agents/register", { method: "POST", body: ${JSON.stringify(body)}, headers: { "content-type": "application/json" } }).then((answer) => answer.status)`,
      );
    expect(await post('{"a":1}')).toBe(201);
    expect(await post('{"a":2}')).toBe(401);
    await page.close();
  });

  it("is opened also when a hostile target filled it", async () => {
    const hostile = aHostileReport();
    const page = await replaying({
      ...hostile,
      checks: [aCheck("DISC-1.a", { exchanges: [discovery] }), ...hostile.checks],
    });
    expect((await page.goto(discovery.request.url))?.status()).toBe(200);
    await page.close();
  });
});
