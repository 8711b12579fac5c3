import { expect, it } from "vitest";
import { seededRandom, systemRandom } from "./random.ts";

it("gives the same texts for the same seed, and others for another", () => {
  const [one, again, other] = [seededRandom(1), seededRandom(1), seededRandom(2)].map((random) => [
    random.text(16),
    random.text(40),
  ]);
  expect(one).toEqual(again);
  expect(one).not.toEqual(other);
  expect(one?.[0]).toHaveLength(22);
  expect(Buffer.from(one?.[1] ?? "", "base64url")).toHaveLength(40);
  expect(one?.[1]?.startsWith(one[0] ?? "")).toBe(false);
});

it("never repeats without a seed", () => {
  const texts = Array.from({ length: 2_000 }, () => systemRandom.text(16));
  expect(new Set(texts).size).toBe(texts.length);
  expect([1, 4_096, 10_000].map((bytes) => Buffer.from(systemRandom.text(bytes), "base64url").length)).toEqual([
    1, 4_096, 10_000,
  ]);
});
