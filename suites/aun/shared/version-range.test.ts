import { describe, expect, it } from "vitest";
import { compareVersions, highestCommon, isVersion } from "./version-range.ts";

describe("versions", () => {
  it.each([
    ["1.9", "1.10", -1],
    ["1", "1.0", 0],
    ["2.0", "1.99", 1],
  ])("%s against %s", (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
  });

  it.each([
    [{ min: "1.0", max: "1.0" }, { min: "0.1", max: "9.9" }, "1.0"],
    [{ min: "1.0", max: "1.10" }, { min: "1.2", max: "1.9" }, "1.9"],
    [{ min: "1.0", max: "1.0" }, { min: "9.0", max: "9.9" }, undefined],
  ])("the highest common of %o and %o", (one, other, highest) => {
    expect(highestCommon(one, other)).toBe(highest);
  });

  it.each(["", "one", "1.x", "v1", "1."])("%s is none", (text) => {
    expect(isVersion(text)).toBe(false);
  });
});
