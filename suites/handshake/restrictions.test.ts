import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import { restrictions } from "./restrictions.ts";

const called = (status: number) => made({ purpose: "api-call", method: "GET", status, json: {} });

describe("access_time", () => {
  /** A call every three hours from a minute on, granted as a gateway in this zone does. */
  const day = (zone: number, open: (minute: number) => boolean) =>
    Array.from({ length: 8 }, (_, index) => {
      const minute = (137 + index * 180) % 1440;
      return { minute, granted: open((minute + zone + 1440) % 1440) };
    });
  const office = (minute: number) => minute >= 540 && minute < 1080;
  const night = (minute: number) => minute >= 1320 || minute < 360;
  it.each([
    ["kept in UTC", "9:00-18:00", day(0, office), "pass"],
    ["kept in Shanghai", "9:00-18:00", day(480, office), "pass"],
    ["kept in Kathmandu", "09:00 - 18:00", day(345, office), "pass"],
    ["kept over midnight", "22:00-6:00", day(0, night), "pass"],
    ["not kept", "9:00-18:00", day(0, () => true), "violated accepted"],
    ["kept for the opposite", "9:00-18:00", day(0, (minute) => !office(minute)), "violated accepted"],
    ["never answered", "9:00-18:00", day(0, () => false), "not-tested control-refused"],
    ["half a day", "9:00-18:00", day(0, office).slice(4), "not-tested nothing-recorded"],
    ["unreadable", "office hours", day(0, office), "not-tested nothing-recorded"],
  ])("%s", (_, access_time, samples, verdict) => {
    const evidence = evidenceOf({ attempt: [called(200)] }, { access_time, samples });
    expect(judged(restrictions, "GW-4.access-time", evidence)).toBe(verdict);
  });
});

describe("rate_limit", () => {
  const facts = { rate_limit: "2/minute", seconds: 1, perSeconds: 60 };
  const five = (last: number) => [called(200), called(200), called(200), called(last)];
  it.each([
    ["met", five(429), facts, "pass"],
    ["never met", five(200), facts, "violated accepted"],
    ["never met by a target too slow to tell", five(200), { ...facts, seconds: 61 }, "not-tested too-slow"],
    ["a failure on the way", five(502), facts, "not-tested call-failed"],
    ["no call", [], facts, "not-tested control-refused"],
  ])("%s", (_, attempt, given, verdict) => {
    const evidence = evidenceOf({ control: [called(200)], attempt }, given);
    expect(judged(restrictions, "GW-4.rate-limit", evidence)).toBe(verdict);
  });
});

describe("ip_whitelist", () => {
  it.each([
    [403, "pass"],
    [200, "violated accepted"],
  ])("HTTP %s", (status, verdict) => {
    const evidence = evidenceOf({ control: [called(200)], attempt: [called(status)] });
    expect(judged(restrictions, "GW-4.ip-whitelist", evidence)).toBe(verdict);
  });
});

describe("an address that is only claimed", () => {
  it.each([
    ["refused", 403, {}, "pass"],
    ["believed", 200, { standsForProxy: false }, "violated accepted"],
    ["believed of whom a proxy may be", 200, { standsForProxy: true }, "ambiguous believed-as-proxy"],
    ["refused whoever calls", 403, { standsForProxy: true }, "pass"],
    ["a failure, whoever calls", 500, { standsForProxy: true }, "violated server-error"],
  ])("%s", (_, status, facts, verdict) => {
    const evidence = evidenceOf({ control: [called(200)], attempt: [called(status)] }, facts);
    expect(judged(restrictions, "GW-4.claimed-address", evidence)).toBe(verdict);
  });
});

it("gives no verdict on nothing", () => {
  for (const { id } of restrictions.checks) expect(judged(restrictions, id, evidenceOf({}))).toMatch(/^not-tested/);
});
