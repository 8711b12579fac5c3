import { expect, test } from "vitest";
import { createCookies, siteOf } from "./cookies.ts";

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

test("sites are scheme and registrable domain; loopback hosts are sites", () => {
  const site = (url: string) => siteOf(new URL(url));
  expect(site("https://idp.example.com/x")).toBe(site("https://gw.example.com"));
  expect(site("https://gw.example.com")).not.toBe(site("http://gw.example.com"));
  expect(site("https://a.example.com")).not.toBe(site("https://a.example.org"));
  expect(site("http://127.0.0.1:1")).toBe(site("http://127.0.0.1:2"));
  expect(site("http://localhost:1")).toBe(site("http://localhost:2"));
});

test("loopback over plain http keeps its cookies", () => {
  const jar = createCookies();
  for (const origin of ["http://127.0.0.1:4000", "http://localhost:4000"]) {
    jar.keep(new URL(origin), [["set-cookie", "a=1; HttpOnly"]]);
    expect(jar.headerFor(new URL(`${origin}/x`), own)).toBe("a=1");
  }
});
