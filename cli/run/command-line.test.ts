import { expect, it } from "vitest";
import type { RunFlags } from "../commands/run.ts";
import { noFlags } from "../testing/run-flags.ts";
import { commandLine } from "./command-line.ts";

const flags = (given: Partial<RunFlags>): RunFlags => ({ ...noFlags, ...given });

it("repeats what was judged and leaves out where the result went", () => {
  const given = flags({
    target: "http://h",
    "header-file": "my file",
    safe: true,
    jobs: 2,
    json: true,
    report: ["json=x"],
  });
  expect(commandLine(given, "ath-gateway", ["token", "ATT-5.replayed"], 7)).toBe(
    "gateproof run ath-gateway token ATT-5.replayed --target http://h --header-file 'my file' --jobs 2 --safe --seed 7",
  );
});

it("needs no flags", () => {
  expect(commandLine(flags({}), "ath-gateway", [], 1)).toBe("gateproof run ath-gateway --seed 1");
});
