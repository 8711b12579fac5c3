import { describe, expect, it } from "vitest";
import { type Position, positions, requirement } from "../index.ts";
import { ath01 } from "./index.ts";

const all: readonly Position[] = positions;

describe("positions", () => {
  it("are numbered without holes", () => {
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => `POS-${index + 1}`));
  });

  it.each(all)(
    "$id asks, offers different readings and takes a position",
    ({ question, readings, position, touches }) => {
      expect(question).toMatch(/\?$/);
      expect(new Set(readings).size).toBe(readings.length);
      for (const sentence of [...readings, position]) expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(touches.length).toBeGreaterThan(0);
      for (const id of touches) expect(requirement(id).id).toBe(id);
    },
  );

  it("stand behind every ambiguous row, and touch it", () => {
    const rows = ath01.filter(({ ambiguous }) => ambiguous !== undefined);
    const untouched = rows.filter(
      ({ id, ambiguous }) =>
        !all.some(({ position, touches }) => position === ambiguous?.position && touches.includes(id)),
    );
    expect(untouched.map(({ id }) => id)).toEqual([]);
    expect(rows.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["AUTHZ-12", "TOK-12", "AGT-1", "AGT-2", "ATT-1", "ATT-3", "TOK-4", "CB-3"]),
    );
  });
});
