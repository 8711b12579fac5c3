import { expect, it } from "vitest";
import type { RunFlags } from "../commands/run.ts";
import { commandLine } from "./command-line.ts";

const flags = (given: Partial<RunFlags>): RunFlags => ({
  _: [],
  $0: "gateproof",
  only: undefined,
  profile: undefined,
  ...emptyFlags,
  ...given,
});

const emptyFlags = {
  target: undefined,
  config: undefined,
  report: undefined,
  json: undefined,
  jobs: undefined,
  timeout: undefined,
  deadline: undefined,
  seed: undefined,
  runs: undefined,
  level: undefined,
  safe: undefined,
  slow: undefined,
  "fail-on": undefined,
  "header-file": undefined,
  ca: undefined,
  insecure: undefined,
  lang: undefined,
  quiet: undefined,
  verbose: undefined,
  baseline: undefined,
  shard: undefined,
} satisfies Partial<RunFlags>;

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
