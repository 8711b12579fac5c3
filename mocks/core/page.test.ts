import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { html } from "./html.ts";
import { page } from "./page.ts";
import { statusPage } from "./status-page.ts";

const hostile = `"><script>alert('x')</script>&`;

describe("html", () => {
  it("escapes every value, in lists too, and keeps markup made before", () => {
    const inner = html`<b>${hostile}</b>`;
    expect(html`<i title="${hostile}">${[inner, "<", 1]}${undefined}${false}</i>`.markup).toBe(
      '<i title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        "<b>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</b>&lt;1</i>",
    );
  });
});

describe("page", () => {
  it("allows exactly its own style sheet and nothing else", async () => {
    const response = page({ title: "T", body: html`<p>body</p>` });
    const style = /<style>(?<text>[\s\S]*?)<\/style>/.exec(await response.text())?.groups?.["text"] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(response.headers.get("content-security-policy")).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});

describe("statusPage", () => {
  it("shows endpoints, faults and the latest request first, all escaped", async () => {
    const text = await statusPage({
      name: hostile,
      sentence: hostile,
      endpoints: [{ method: "GET", path: "/somewhere", says: "something" }],
      activeFaults: [{ id: "A-1.wrong", at: 2, sentence: "It errs." }],
      requests: ["/first", `/${hostile}`].map((path) => ({
        at: "2026-01-02T03:04:05.678Z",
        method: "GET",
        path,
        status: 200,
        ms: 1,
      })),
    }).text();
    expect(text).not.toContain("<script>");
    expect(text).toContain("GET /somewhere");
    expect(text).toContain("A-1.wrong@2");
    expect(text).toContain("It errs.");
    expect(text).toContain("03:04:05");
    expect(text.indexOf("GET /first")).toBeGreaterThan(text.indexOf("GET /&quot;"));
  });
});
