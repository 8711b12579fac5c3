import { expect, test } from "vitest";
import { registrableDomain, siteOf } from "./sites.ts";

test("sites are scheme and registrable domain; loopback hosts are sites", () => {
  const site = (url: string) => siteOf(new URL(url));
  expect(site("https://idp.example.com/x")).toBe(site("https://gw.example.com"));
  expect(site("https://gw.example.com")).not.toBe(site("http://gw.example.com"));
  expect(site("https://a.example.com")).not.toBe(site("https://a.example.org"));
  expect(site("http://127.0.0.1:1")).toBe(site("http://127.0.0.1:2"));
  expect(site("http://localhost:1")).toBe(site("http://localhost:2"));
  expect(site("http://127.0.0.1:1")).not.toBe(site("http://127.1.0.1:1"));
});

test.each([
  ["a.b.example.com", "example.com"],
  ["example.com", "example.com"],
  ["a.shop.co.uk", "shop.co.uk"],
  ["gw.bank.com.cn", "bank.com.cn"],
  ["x.agentid.de", "agentid.de"],
  ["co.uk", "co.uk"],
  ["localhost", undefined],
  ["10.0.0.1", undefined],
  ["[2001:db8::1]", undefined],
])("of %s the owner registered %s", (host, registered) => {
  expect(registrableDomain(host)).toBe(registered);
});
