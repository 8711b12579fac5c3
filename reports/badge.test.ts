import { describe, expect, it } from "vitest";
import type { Report } from "../schemas/index.ts";
import { requirements } from "../specs/index.ts";
import { badgeReport } from "./badge.ts";
import { aCheck, aFailure, aReport } from "./testing/report.ts";

const conformant: Report["verdict"] = { result: "conformant", exitCode: 0, sentence: "Conformant." };
const musts = requirements("ath-gateway").filter(({ kit }) => kit === "must");
const everyMust = musts.map(({ id }) => aCheck(`${id}.a`));
const some = everyMust.slice(1);

describe("the badge", () => {
  it.each<[string, Report, string, string]>([
    ["a full run", aReport(everyMust, { verdict: conformant }), "conformant", "brightgreen"],
    [
      "a full run with a broken SHOULD",
      aReport([...everyMust, aFailure("TOK-12.d", { outcome: "warn" })], { verdict: conformant }),
      "conformant, 1 warned",
      "green",
    ],
    [
      "a run of a part",
      aReport(some, { verdict: conformant }),
      `conformant in ${some.length} of ${musts.length} MUSTs`,
      "yellow",
    ],
    [
      "a MUST that was not tested",
      aReport([...some, aCheck(`${musts[0]?.id}.a`, { outcome: "not-tested" })], { verdict: conformant }),
      `conformant in ${some.length} of ${musts.length} MUSTs`,
      "yellow",
    ],
    [
      "a MUST that does not apply",
      aReport([...some, aCheck(`${musts[0]?.id}.a`, { outcome: "not-applicable" })], { verdict: conformant }),
      "conformant",
      "brightgreen",
    ],
    ["findings", aReport([aFailure("ATT-5.b")]), "1 failed", "red"],
    ["findings of --fail-on should", aReport([aFailure("TOK-12.d", { outcome: "warn" })]), "1 warned", "red"],
    [
      "nobody there",
      aReport([], { verdict: { result: "not-testable", exitCode: 3, sentence: "Not testable." } }),
      "not testable",
      "lightgrey",
    ],
    [
      "an interrupted run",
      aReport(everyMust, { verdict: { ...conformant, exitCode: 130 } }),
      "interrupted",
      "lightgrey",
    ],
  ])("says of %s what it is and no more", (_, report, message, color) => {
    expect(JSON.parse(badgeReport(report))).toEqual({ schemaVersion: 1, label: "ath-gateway", message, color });
  });

  it("says that a kit error is no verdict", () => {
    const report = aReport([], { verdict: { result: "kit-error", exitCode: 4, sentence: "The kit failed." } });
    expect(JSON.parse(badgeReport(report))).toMatchObject({ message: "kit error", isError: true });
  });
});
