import { expect, test } from "vitest";
import { createCookies } from "./cookies.ts";

const from = new URL("https://gw.example.com/ath/consent");
const callback = new URL("https://gw.example.com/ath/callback");
const own = { crossSite: false, method: "GET" };

function holding(...cookies: string[]) {
  const jar = createCookies();
  jar.keep(
    from,
    cookies.map((cookie) => ["Set-Cookie", cookie] as const),
  );
  return jar;
}

test("cookies go back where they belong: path, host and scheme", () => {
  const jar = holding("a=1; Path=/ath; Secure; HttpOnly", "b=2; Path=/other", "c=3; Domain=evil.example");
  expect(jar.headerFor(callback, own)).toBe("a=1");
  expect(jar.headerFor(new URL("http://gw.example.com/ath/callback"), own)).toBeUndefined();
  expect(jar.headerFor(new URL("https://other.example.com/ath/callback"), own)).toBeUndefined();
  expect(jar.list(callback.href)).toEqual([{ name: "a", httpOnly: true, secure: true, path: "/ath" }]);
});

test("SameSite decides what a step from another site carries", () => {
  const jar = holding(
    "strict=1; SameSite=Strict; Path=/",
    "lax=1; SameSite=Lax; Path=/",
    "none=1; SameSite=None; Secure; Path=/",
  );
  expect(jar.headerFor(callback, own)).toBe("strict=1; lax=1; none=1");
  expect(jar.headerFor(callback, { crossSite: true, method: "GET" })).toBe("lax=1; none=1");
  expect(jar.headerFor(callback, { crossSite: true, method: "POST" })).toBe("none=1");
});

test("a cookie whose prefix promises more than it has is ignored", () => {
  expect(holding("__Host-a=1; Secure; Path=/ath").headerFor(callback, own)).toBeUndefined();
  expect(holding("__Host-a=1; Secure; Path=/").headerFor(callback, own)).toBe("__Host-a=1");
});

test("loopback over plain http keeps its cookies", () => {
  const jar = createCookies();
  for (const origin of ["http://127.0.0.1:4000", "http://localhost:4000"]) {
    jar.keep(new URL(origin), [["set-cookie", "a=1; HttpOnly"]]);
    expect(jar.headerFor(new URL(`${origin}/x`), own)).toBe("a=1");
  }
});

test("a domain's cookie goes to its hosts, and no host sets one for others than its own parents", () => {
  const jar = holding("a=1; Path=/; Domain=example.com", "b=2; Path=/; Domain=.GW.example.com");
  expect(jar.headerFor(callback, own)).toBe("a=1; b=2");
  expect(jar.headerFor(new URL("https://idp.example.com/"), own)).toBe("a=1");
  expect(jar.headerFor(new URL("https://badexample.com/"), own)).toBeUndefined();
  for (const domain of ["com", "other.example.com", "x.gw.example.com", "ample.com", "127.0.0.1"]) {
    expect([domain, holding(`a=1; Path=/; Domain=${domain}`).headerFor(callback, own)]).toEqual([domain, undefined]);
  }
});

test("a cookie without a domain is its host's alone", () => {
  const jar = holding("a=1; Path=/");
  expect(jar.headerFor(new URL("https://sub.gw.example.com/"), own)).toBeUndefined();
});

test.each([
  ["http://127.0.0.1:4000", "127.0.0.1", "1.0.0.127"],
  ["http://localhost:4000", "localhost", "host"],
  ["https://shop.co.uk", "shop.co.uk", "co.uk"],
])("at %s a cookie may name %s and not %s", (origin, itself, other) => {
  const jar = createCookies();
  jar.keep(new URL(origin), [
    ["set-cookie", `a=1; Domain=${itself}`],
    ["set-cookie", `b=2; Domain=${other}`],
  ]);
  expect(jar.headerFor(new URL(`${origin}/x`), own)).toBe("a=1");
});

test("cookies end by the clock that is given; Max-Age counts before Expires", () => {
  let now = Date.UTC(2030, 0, 1);
  const jar = createCookies(() => now);
  const at = (ms: number) => new Date(ms).toUTCString();
  jar.keep(from, [
    ["Set-Cookie", `a=1; Max-Age=60; Expires=${at(now - 1)}`],
    ["Set-Cookie", `b=2; Expires=${at(now + 120_000)}`],
    ["Set-Cookie", "c=3; Expires=never"],
    ["Set-Cookie", `d=4; Expires=${at(now - 1)}`],
  ]);
  expect(jar.headerFor(callback, own)).toBe("a=1; b=2; c=3");
  now += 60_000;
  expect(jar.headerFor(callback, own)).toBe("b=2; c=3");
  now += 60_000;
  expect(jar.headerFor(callback, own)).toBe("c=3");
});

test("a cookie is replaced by its name, domain and path, and taken back by an age that is over", () => {
  const jar = holding("a=1", "b=2", "a=3", "a=other; Path=/");
  expect(jar.headerFor(callback, own)).toBe("a=3; b=2; a=other");
  jar.keep(from, [["Set-Cookie", "a=; Max-Age=0"]]);
  expect(jar.headerFor(callback, own)).toBe("b=2; a=other");
});

test.each([
  ["/ath", "/ath", true],
  ["/ath", "/ath/x", true],
  ["/ath/", "/ath/x", true],
  ["/ath", "/athens", false],
  ["ath", "/ath/callback", true],
  ["ath", "/other", false],
])("Path=%s at %s: %s", (path, asked, carried) => {
  const header = holding(`a=1; Path=${path}`).headerFor(new URL(asked, callback), own);
  expect(header).toBe(carried ? "a=1" : undefined);
});

test("Secure is for secure pages: a plain one sets none and hides none", () => {
  const jar = holding("a=secure; Secure; Path=/");
  const plain = new URL("http://gw.example.com/ath/consent");
  jar.keep(plain, [
    ["Set-Cookie", "a=plain; Path=/"],
    ["Set-Cookie", "b=2; Secure"],
    ["Set-Cookie", "c=3"],
  ]);
  expect(jar.headerFor(plain, own)).toBe("c=3");
  expect(jar.headerFor(callback, own)).toBe("c=3; a=secure");
});

test("a hostile page's cookies are as many and as long as a browser would keep", () => {
  const jar = holding(
    `a=${"x".repeat(5000)}`,
    "b=1\u0001",
    "=",
    "__Host-x",
    ...Array.from({ length: 600 }, (_, n) => `n${n}=1`),
  );
  expect(jar.list(callback.href)).toHaveLength(500);
  expect(jar.headerFor(callback, own)).toMatch(/^n100=1; .*; n599=1$/);
});

test("a comma or an encoded byte in a value is the value's", () => {
  expect(holding("a=1, b=2", "c=%3B", "nameless").headerFor(callback, own)).toBe("a=1, b=2; c=%3B; nameless");
});
