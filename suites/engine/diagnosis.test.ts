import { describe, expect, it } from "vitest";
import { type Diagnosis, type DoctorStep, examine, problem } from "./diagnosis.ts";
import { createRedactor } from "./redact.ts";
import { plainSettings } from "./testing/settings.ts";

const kit = { redactor: createRedactor(), world: () => ({}), close: async () => {} };
const fine = async () => "it is there";
const broken = async () => {
  throw problem("configuration", "it is not there", "put it there");
};
const look = async (steps: readonly DoctorStep<object>[], failed: readonly string[] = []) => {
  const seen: Diagnosis[] = [];
  const found = await examine<object>({
    steps,
    kit,
    request: { settings: plainSettings },
    seed: 1,
    failed,
    onDiagnosis: (diagnosis) => seen.push(diagnosis),
  });
  expect(seen).toEqual(found);
  return found.map(({ step, state, whose, mend }) => [step, state, whose, mend]);
};

describe("the doctor", () => {
  it("says what is wrong, whose it is, and what to change", async () => {
    expect(await look([{ step: "one", title: "", look: broken }])).toEqual([
      ["one", "error", "configuration", "put it there"],
    ]);
  });

  it("does not look at what an earlier failure hides, and so on down", async () => {
    const found = await look([
      { step: "one", title: "", look: broken },
      { step: "two", title: "", after: ["one"], look: fine },
      { step: "three", title: "", after: ["two"], look: fine },
      { step: "four", title: "", look: fine },
    ]);
    expect(found.map(([step, state]) => [step, state])).toEqual([
      ["one", "error"],
      ["two", "skipped"],
      ["three", "skipped"],
      ["four", "ok"],
    ]);
  });

  it("leaves out what is not configured, without harm to the rest", async () => {
    const found = await look([
      { step: "one", title: "", needs: ["clock"], look: broken },
      { step: "two", title: "", after: ["one"], look: fine },
    ]);
    expect(found).toEqual([
      ["one", "skipped", null, expect.stringContaining("configure hooks.clock, for example ")],
      ["two", "ok", null, ""],
    ]);
  });

  it("only warns of what spoils single checks", async () => {
    expect((await look([{ step: "one", title: "", mild: true, look: broken }]))[0]?.[1]).toBe("warning");
  });
});
