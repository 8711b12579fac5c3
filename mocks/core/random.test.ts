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
  expect(systemRandom.text(16)).not.toBe(systemRandom.text(16));
});
