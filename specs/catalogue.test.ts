import { describe, expect, it } from "vitest";
import { ath01 } from "./ath-0.1/index.ts";
import { requirement, requirements, UnknownRequirementError } from "./index.ts";

/** Areas in the order of the protocol's table, with the number of rows in each. */
const TABLE: ReadonlyArray<readonly [area: string, section: string, rows: number]> = [
  ["DISC", "discovery", 3],
  ["TLS", "transport", 1],
  ["ATT", "attestation", 13],
  ["REG", "registration", 6],
  ["AGT", "agent-status", 2],
  ["AUTHZ", "authorization", 12],
  ["CB", "callback", 3],
  ["BRG", "bridge", 3],
  ["TOK", "token", 12],
  ["PRX", "proxy", 8],
  ["BIND", "binding", 1],
  ["REV", "revocation", 4],
  ["AUD", "audit", 2],
  ["RATE", "rate-limit", 1],
  ["ERR", "errors", 3],
  ["AGENT", "agent", 9],
];

const rows = ath01;
const levelOf = (ids: readonly string[]) => ids.map((id) => requirement(id).level);

describe("the catalogue of ATH 0.1", () => {
  it("has every id of the protocol's table once, in its order, in its section", () => {
    const expected = TABLE.flatMap(([area, section, count]) =>
      Array.from({ length: count }, (_, index) => [`${area}-${index + 1}`, section]),
    );
    expect(rows.map(({ id, section }) => [id, section])).toEqual(expected);
  });

  it("judges a MUST as must and a SHOULD as should, unless it says why not", () => {
    const departing = rows.filter(({ level, kit }) => {
      if (level === "MUST" || level === "MUST NOT") return kit !== "must";
      return level === "SHOULD" ? kit !== "should" : level === "MAY" && kit !== "may";
    });
    expect(departing.map(({ id, kit }) => [id, kit])).toEqual([
      ["DISC-1", "none"],
      ["REG-2", "must"],
    ]);
    expect(departing.every(({ why }) => why !== undefined)).toBe(true);
  });

  it("words the levels as the text does", () => {
    expect(levelOf(["DISC-1", "ATT-9", "ATT-10", "ATT-12", "REG-3", "AUTHZ-11"])).toEqual([
      ...["MAY", "MUST NOT", "SHOULD", "SHOULD", "SHOULD", "MAY"],
    ]);
    const of = (level: string) => rows.filter((row) => row.level === level && row.party === "implementor").length;
    expect({ MUST: of("MUST"), SHOULD: of("SHOULD"), stated: of("stated"), table: of("table") }).toEqual({
      MUST: 39,
      SHOULD: 6,
      stated: 23,
      table: 2,
    });
  });

  it.each(rows)("$id is a whole row", ({ level, why, says, mend, source, tested, profiles, party }) => {
    const how = "how" in tested ? tested.how : tested.untestable;
    for (const sentence of [says, mend, how, ...(why === undefined ? [] : [why])]) {
      expect(sentence).toMatch(/^[A-Z].*[^.\s]\.$/);
    }
    if (level === "stated" || level === "table") expect(why).toBeDefined();
    expect(source.document).toMatch(/^(ATH 0\.1 |RFC \d+$|Gateproof$)/);
    if (source.document === "Gateproof") expect(why).toMatch(/^No text says it/);
    expect(profiles.length).toBeGreaterThan(0);
    expect(profiles.includes("ath-agent")).toBe(party === "agent");
  });

  it("tells honestly that only agents' rows cannot be tested from here", () => {
    const untestable = rows.filter(({ tested }) => "untestable" in tested);
    expect(untestable.map(({ party }) => party)).toEqual(Array.from({ length: 9 }, () => "agent"));
  });
});

describe("requirements(profile)", () => {
  const idsOf = (profile: "ath-gateway" | "ath-native" | "ath-agent") => requirements(profile).map(({ id }) => id);

  it("leaves the bridge and the proxying to the gateway", () => {
    const native = new Set(idsOf("ath-native"));
    expect(idsOf("ath-gateway").filter((id) => !native.has(id))).toEqual([
      ...["DISC-1", "AUTHZ-11", "BRG-1", "BRG-2", "BRG-3", "PRX-3", "PRX-5", "PRX-6", "PRX-8"],
    ]);
  });

  it("leaves the service document to the native service", () => {
    const gateway = new Set(idsOf("ath-gateway"));
    expect(idsOf("ath-native").filter((id) => !gateway.has(id))).toEqual(["DISC-2"]);
  });

  it("gives the agent its own rows only", () => {
    expect(idsOf("ath-agent")).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `AGENT-${number}`));
  });
});

describe("requirement(id)", () => {
  it("gives the row", () => {
    expect(requirement("ATT-5").section).toBe("attestation");
  });

  it.each([
    ["ATT-99", "ATT-1"],
    ["att-5", "ATT-5"],
    ["AUTH-7", "AUTHZ-7"],
    ["TOKEN-4", "TOK-4"],
  ])("names ids near %s", (wrong, near) => {
    const found = thrownBy(() => requirement(wrong));
    expect(found.code).toBe("UNKNOWN_REQUIREMENT");
    expect(found.near[0]).toBe(near);
    expect(found.message).toContain(near);
  });

  it.each(["", "zzz", "__proto__", "A".repeat(100_000)])("names no ids near nonsense (%#)", (wrong) => {
    const found = thrownBy(() => requirement(wrong));
    expect(found.near).toEqual([]);
    expect(found.message.length).toBeLessThan(200);
  });
});

function thrownBy(call: () => unknown): UnknownRequirementError {
  try {
    call();
  } catch (error) {
    if (error instanceof UnknownRequirementError) return error;
  }
  throw new Error("no UnknownRequirementError was thrown");
}
