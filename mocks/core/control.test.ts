import { beforeEach, describe, expect, it } from "vitest";
import { type ShiftableClock, shiftableClock } from "./clock.ts";
import type { ConsentPolicy } from "./consent-policy.ts";
import { controlApi } from "./control.ts";
import type { ControlOptions } from "./control-endpoints.ts";
import { joinedFaultBoards } from "./fault-board.ts";
import { requestLog } from "./request-log.ts";
import { faultsFor, ruleBook } from "./rules.ts";
import { wireFaults } from "./wire-faults.ts";

const honest = { "number.isEven": (n: number) => n % 2 === 0 };
const fault = faultsFor<typeof honest>();
const faults = [
  fault({
    id: "NUM-1.all-even",
    requirement: "NUM-1",
    sentence: "Every number is even.",
    rule: "number.isEven",
    wrong: () => () => true,
    kills: {},
  }),
];

let clock: ShiftableClock;
let policy: ConsentPolicy | undefined;
let resets = 0;
let options: ControlOptions;
let book: ReturnType<typeof ruleBook<typeof honest>>;

beforeEach(() => {
  clock = shiftableClock(() => Date.UTC(2026, 0, 1));
  policy = undefined;
  resets = 0;
  book = ruleBook(honest, faults);
  options = {
    requests: requestLog(),
    clock,
    rules: joinedFaultBoards(book, wireFaults()),
    consent: {
      current: () => policy,
      set(wanted) {
        if (wanted !== undefined && wanted.user !== "alice") throw new RangeError("no such user");
        policy = wanted;
      },
    },
    audit: () => [{ event: "one" }, { event: "two" }],
    tokens: () => [{ sub: "alice" }],
    reset: () => {
      resets += 1;
    },
    health: () => ({ mock: "numbers" }),
  };
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await controlApi(options)(new Request(`http://127.0.0.1:1${path}`, init));
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type"), text };
}

async function json(method: string, path: string, body?: unknown): Promise<unknown> {
  const { status, text } = await call(method, path, body);
  expect(status).toBe(200);
  return JSON.parse(text);
}

describe("controlApi", () => {
  it("moves the clock forward", async () => {
    expect(await json("POST", "/clock", { advanceSeconds: 90 })).toEqual({ now: "2026-01-01T00:01:30.000Z" });
    expect(await json("GET", "/clock")).toEqual({ now: "2026-01-01T00:01:30.000Z" });
  });

  it.each([[{}], [{ advanceSeconds: -1 }], [{ advanceSeconds: "9" }], [{ advanceSeconds: 1e300 }], [[]], [null]])(
    "refuses to move the clock by %j and leaves it",
    async (body) => {
      const before = clock.now();
      expect(await call("POST", "/clock", body)).toMatchObject({ status: 400 });
      expect(clock.now()).toBe(before);
    },
  );

  it("switches decision faults and wire faults on and off", async () => {
    expect(await json("POST", "/faults", { id: "NUM-1.all-even", at: 2 })).toEqual({
      active: [{ id: "NUM-1.all-even", at: 2 }],
    });
    await json("POST", "/faults", { id: "wire.reset", path: "/api" });
    expect([book.rules["number.isEven"](1), book.rules["number.isEven"](1)]).toEqual([false, true]);
    expect(await json("GET", "/faults")).toMatchObject({
      active: [{ id: "NUM-1.all-even" }, { id: "wire.reset", path: "/api" }],
      fired: [{ id: "NUM-1.all-even", rule: "number.isEven", count: 1 }],
      faults: expect.arrayContaining([expect.objectContaining({ id: "NUM-1.all-even", rule: "number.isEven" })]),
    });
    expect(await json("DELETE", "/faults")).toEqual({ active: [] });
    expect(book.rules["number.isEven"](1)).toBe(false);
  });

  it.each([
    [{ id: "NUM-1.unknown" }, 404, "UNKNOWN_FAULT"],
    [{ id: 1 }, 400, "INVALID_REQUEST"],
    [{ id: "NUM-1.all-even", at: 0 }, 400, "INVALID_REQUEST"],
    [{ id: "NUM-1.all-even", at: 1.5 }, 400, "INVALID_REQUEST"],
  ])("refuses the fault %j with %i %s", async (body, status, code) => {
    const answer = await call("POST", "/faults", body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ code });
    expect(options.rules.active()).toEqual([]);
  });

  it("decides consent", async () => {
    const wanted = { user: "alice", grant: ["mail:read"] };
    expect(await json("POST", "/consent", wanted)).toEqual({ consent: wanted });
    expect(await json("GET", "/consent")).toEqual({ consent: wanted });
    expect(await call("POST", "/consent", { user: "mallory", grant: "all" })).toMatchObject({ status: 400 });
    expect(await call("POST", "/consent", { user: "alice", grant: "some" })).toMatchObject({ status: 400 });
    expect(await json("DELETE", "/consent")).toEqual({ consent: null });
  });

  it("gives audit lines, tokens, requests and health", async () => {
    const audit = await call("GET", "/audit");
    expect(audit.type).toBe("application/jsonl");
    expect(audit.text).toBe('{"event":"one"}\n{"event":"two"}\n');
    expect(await json("GET", "/tokens")).toEqual({ tokens: [{ sub: "alice" }] });
    options.requests.add({ at: "", method: "GET", path: "/x", status: 200, ms: 1 });
    expect(await json("GET", "/requests")).toMatchObject({ requests: [{ path: "/x" }] });
    expect(await json("GET", "/health")).toEqual({ ok: true, mock: "numbers" });
  });

  it("resets everything", async () => {
    clock.advance(5);
    options.rules.activate({ id: "NUM-1.all-even" });
    options.requests.add({ at: "", method: "GET", path: "/x", status: 200, ms: 1 });
    policy = { user: "alice", grant: "all" };
    await json("POST", "/reset");
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
    expect(options.rules.active()).toEqual([]);
    expect(options.requests.entries()).toEqual([]);
    expect(policy).toBeUndefined();
    expect(resets).toBe(1);
  });

  it("answers 404 NOT_OFFERED for what the mock does not have", async () => {
    const { consent: _, audit: __, tokens: ___, ...bare } = options;
    options = bare;
    for (const path of ["/consent", "/audit", "/tokens"]) {
      const answer = await call("GET", path);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text)).toMatchObject({ code: "NOT_OFFERED" });
    }
  });

  it("says which paths this mock has when one is asked for that it has not", async () => {
    const { tokens: _, ...bare } = options;
    options = { ...bare, more: [{ method: "GET", path: "/own", says: "its own", answer: () => new Response() }] };
    for (const [method, path] of [
      ["GET", "/tokens"],
      ["POST", "/nowhere"],
    ] as const) {
      const { status, text } = await call(method, path, method === "POST" ? {} : undefined);
      expect(status).toBe(404);
      const { message } = JSON.parse(text);
      expect(message).toMatch(/ there are \/ /);
      const paths = message.slice(message.indexOf("there are ")).split(" ").slice(2);
      expect(paths).toEqual(expect.arrayContaining(["/clock", "/faults", "/consent", "/audit", "/own"]));
      expect(paths).not.toContain("/tokens");
    }
    const page = await call("GET", "/");
    expect(page.text).toContain("/own");
    expect(page.text).not.toContain("/tokens");
  });

  it("answers unknown paths, wrong methods and bad bodies with coded errors", async () => {
    expect(await call("GET", "/nowhere")).toMatchObject({ status: 404, type: "application/json" });
    expect(await call("PUT", "/clock")).toMatchObject({ status: 405 });
    const large = await call("POST", "/clock", "x".repeat(70_000));
    expect(large.status).toBe(413);
    const broken = await controlApi(options)(new Request("http://127.0.0.1:1/clock", { method: "POST", body: "{" }));
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ code: "MALFORMED_JSON" });
  });

  it("refuses pages of another origin", async () => {
    const headers = [{ origin: "https://evil.test" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }];
    for (const foreign of headers) {
      expect(await call("POST", "/reset", undefined, foreign)).toMatchObject({ status: 403 });
    }
    expect(resets).toBe(0);
  });

  it("has a page that lists every endpoint", async () => {
    const { text, type } = await call("GET", "/");
    expect(type).toContain("text/html");
    for (const path of ["/requests", "/clock", "/faults", "/consent", "/audit", "/tokens", "/reset", "/health"]) {
      expect(text).toContain(path);
    }
  });
});
