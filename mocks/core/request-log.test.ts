import { describe, expect, it } from "vitest";
import { logged, maskTarget, requestLog } from "./request-log.ts";

describe("requestLog", () => {
  it("keeps the latest entries in order", () => {
    const log = requestLog(3);
    for (const path of ["1", "2", "3", "4", "5"]) log.add({ at: "", method: "GET", path, status: 200, ms: 0 });
    expect(log.entries().map(({ path }) => path)).toEqual(["3", "4", "5"]);
    log.clear();
    expect(log.entries()).toEqual([]);
    log.add({ at: "", method: "GET", path: "6", status: 200, ms: 0 });
    expect(log.entries()).toHaveLength(1);
  });
});

describe("maskTarget", () => {
  it.each([
    ["/a?code=abc&x=1", "/a?code=***&x=1"],
    ["/a?x=1&state=s=t&token=", "/a?x=1&state=***&token=***"],
    ["/a?c%6Fde=abc", "/a?c%6Fde=***"],
    ["/a?CLIENT_SECRET=abc", "/a?CLIENT_SECRET=***"],
    ["/a?codex=abc&code", "/a?codex=abc&code"],
    ["/a?%zz=abc", "/a?%zz=abc"],
    ["/a", "/a"],
    [`/${"a".repeat(3000)}`, `/${"a".repeat(1999)}…`],
  ])("%s → %s", (target, masked) => {
    expect(maskTarget(target)).toBe(masked);
  });
});

describe("logged", () => {
  it("logs method, raw target and status", async () => {
    const log = requestLog();
    const handler = logged(async () => new Response(null, { status: 418 }), log);
    await handler(new Request("http://localhost/b?code=secret", { method: "PUT" }), {
      rawTarget: "/a/../b?code=secret",
    });
    await handler(new Request("http://localhost/b?code=secret"));
    expect(log.entries()).toMatchObject([
      { method: "PUT", path: "/a/../b?code=***", status: 418 },
      { method: "GET", path: "/b?code=***", status: 418 },
    ]);
  });

  it("logs a throw as 500 and passes it on", async () => {
    const log = requestLog();
    const handler = logged(async () => {
      throw new Error("broken");
    }, log);
    await expect(handler(new Request("http://localhost/"))).rejects.toThrow("broken");
    expect(log.entries()).toMatchObject([{ status: 500 }]);
  });
});
