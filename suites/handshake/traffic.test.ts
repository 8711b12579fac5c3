import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import { traffic } from "./traffic.ts";

const called = (status = 200, headers: readonly (readonly [string, string])[] = []) =>
  made({ purpose: "api-call", method: "GET", status, json: {}, headers });

describe("a limit per agent", () => {
  const control = [called()];
  const limited = (headers: readonly (readonly [string, string])[] = []) => [called(429, headers)];
  const facts = { calls: 1000, seconds: 3, declared: true };
  it.each([
    ["GW-6.burst", { control, limited: limited() }, facts, "pass"],
    ["GW-6.burst", { control }, facts, "violated no-limit"],
    ["GW-6.burst", { control }, { ...facts, declared: false }, "not-applicable no-limit-reached"],
    ["GW-6.burst", {}, facts, "not-tested control-refused"],
    ["GW-6.retry-after", { control, limited: limited([["Retry-After", "7"]]) }, facts, "pass"],
    [
      "GW-6.retry-after",
      { control, limited: limited([["Retry-After", "Fri, 31 Dec 2027 23:59:59 GMT"]]) },
      facts,
      "pass",
    ],
    ["GW-6.retry-after", { control, limited: limited([["Retry-After", "soon"]]) }, facts, "violated no-retry-after"],
    ["GW-6.retry-after", { control, limited: limited() }, facts, "violated no-retry-after"],
    ["GW-6.others-unaffected", { control, limited: limited(), other: [called()] }, facts, "pass"],
    ["GW-6.others-unaffected", { control, limited: limited(), other: [called(429)] }, facts, "violated others-limited"],
    ["GW-6.others-unaffected", { control, limited: limited(), other: [called(503)] }, facts, "not-tested call-failed"],
  ])("%s", (id, marks, given, verdict) => {
    expect(judged(traffic, id, evidenceOf(marks, given))).toBe(verdict);
  });
});

describe("a backend that fails", () => {
  const control = [called()];
  const cut = { seen: true, cutOff: true, failures: 3 };
  const uncut = { seen: true, cutOff: false, failures: 40 };
  it.each([
    ["GW-7.opens", { control, further: [called(503), called(503)] }, { ...cut, reached: 0 }, "pass"],
    ["GW-7.opens", { control, further: [called(502)] }, { ...uncut, reached: 4 }, "violated backend-called"],
    ["GW-7.opens", { control, further: [called(503)] }, { ...cut, reached: 1 }, "violated backend-called"],
    ["GW-7.opens", { control, further: [called(500)] }, { ...cut, reached: 0 }, "violated wrong-status"],
    ["GW-7.opens", { control, further: [called(503)] }, { ...cut, seen: false }, "not-tested control-refused"],
    ["GW-7.half-open", { control, probe: [called(502)] }, { ...cut, reached: 1 }, "pass"],
    ["GW-7.half-open", { control, probe: [called(502)] }, { ...cut, reached: 3 }, "pass"],
    ["GW-7.half-open", { control, probe: [called(502)] }, { ...cut, reached: 4 }, "violated backend-flooded"],
    ["GW-7.half-open", { control }, cut, "not-tested never-tried"],
    ["GW-7.half-open", { control }, uncut, "not-tested never-cut-off"],
    ["GW-7.recovers", { control, back: [called(), called()] }, cut, "pass"],
    ["GW-7.recovers", { control, back: [called(), called(503)] }, cut, "violated stays-open"],
    ["GW-7.recovers", { control }, cut, "violated stays-open"],
    ["GW-7.recovers", { control }, uncut, "not-tested never-cut-off"],
    ["GW-7.others", { control, other: [called()] }, cut, "pass"],
    ["GW-7.others", { control, other: [called(503)] }, cut, "violated others-cut"],
    ["GW-7.others", { control }, cut, "not-tested nothing-recorded"],
  ])("%s", (id, marks, facts, verdict) => {
    expect(judged(traffic, id, evidenceOf(marks, facts))).toBe(verdict);
  });
});
