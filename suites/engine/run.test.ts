import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../kinds/check.ts";
import type { Check, Trait } from "./check.ts";
import { marked } from "./evidence.ts";
import { pass, violated } from "./finding.ts";
import { defineProfile } from "./profile.ts";
import type { Recorder } from "./recorder.ts";
import { createRedactor } from "./redact.ts";
import { plainSettings } from "./testing/settings.ts";

/** What the target does with each request, in turn: the status it answers, or the transport failure. */
type Answer = number | "CONNECTION_REFUSED";

/** The drivers of these tests: one request, whose answer is known before. */
interface OneRequest {
  readonly recorder: Recorder;
  readonly checkId: string;
}

const profileOf = (checks: readonly Check<OneRequest>[]) =>
  defineProfile<OneRequest>({
    id: "ath-gateway",
    title: "tested",
    role: "gateway",
    sections: [{ id: "discovery", title: "all", checks }],
    open: async () => kit,
    contact: async () => ({ findings: [] }),
    doctor: [],
  });

const kit = {
  redactor: createRedactor(),
  world: ({ recorder, checkId }: { recorder: Recorder; checkId: string }) => ({ recorder, checkId }),
  close: async () => {},
};

const registers = (variant: string, answer: Answer, traits: readonly Trait[] = []): Check<OneRequest> =>
  check<OneRequest>({
    id: `DISC-1.${variant}`,
    requirement: "DISC-1",
    title: "a title",
    traits,
    async drive({ recorder }) {
      const { id } = recorder.record({
        from: "agent",
        to: "target",
        purpose: "register",
        startedAt: 0,
        durationMs: 1,
        request: { method: "POST", url: "http://127.0.0.1/x", headers: [], body: Buffer.alloc(0) },
        response:
          typeof answer === "number"
            ? { status: answer, headers: [], body: Buffer.from('{"client_id":"c","agent_status":"approved"}') }
            : null,
        error: typeof answer === "number" ? null : { code: answer, message: "no connection" },
      });
      recorder.mark("subject", id);
    },
    judge(evidence) {
      const exchanges = marked(evidence, "subject");
      if (exchanges.some(({ response }) => response !== null)) return pass(exchanges);
      return violated({ reasonCode: "no-answer", expected: "an answer", actual: "none", exchanges });
    },
  });

/** Somebody has to be there, or the run ends before its first check. */
const somebody = createServer((socket) => socket.on("error", () => {}));
let url = "";
beforeAll(async () => {
  somebody.listen(0, "127.0.0.1");
  await once(somebody, "listening");
  const address = somebody.address();
  url = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
});
afterAll(() => {
  somebody.close();
});

const outcomesOf = async (checks: readonly Check<OneRequest>[], deadlineS = 600) => {
  const settings = { ...plainSettings, target: { ...plainSettings.target, url } };
  const run = await profileOf(checks).runWith(kit, { settings, jobs: 1, deadlineS, seed: 1 });
  return run.results.map(({ verdict }) => verdict.reasonCode ?? verdict.outcome);
};

describe("a run", () => {
  it("stops asking a target that went away, and blames nobody for what it could not see", async () => {
    const down = Array.from({ length: 9 }, (_, index) => registers(`down-${index}`, "CONNECTION_REFUSED"));
    const outcomes = await outcomesOf([registers("first", 201), ...down]);
    expect(outcomes).toEqual(["pass", ...Array(6).fill("transport"), ...Array(3).fill("target-gone")]);
  });

  it("goes on with a target that answers again", async () => {
    const flapping = Array.from({ length: 14 }, (_, index) =>
      registers(`flap-${index}`, index % 5 === 4 ? 201 : "CONNECTION_REFUSED"),
    );
    expect(await outcomesOf(flapping)).not.toContain("target-gone");
  });

  it("is over at once where nobody listens", async () => {
    const run = await profileOf([registers("one", 201)]).runWith(kit, { settings: plainSettings, seed: 1 });
    expect(run.blocked).toContain("no connection to 127.0.0.1 port 9 (ECONNREFUSED)");
    expect(run.results.map(({ verdict }) => verdict.reasonCode)).toEqual(["target-unreachable"]);
  });

  it("drives what others would feel after them, one by one in their order", async () => {
    const log: string[] = [];
    const logged = (name: string, traits: readonly Trait[]) => ({
      ...registers(name, 201, traits),
      async drive() {
        log.push(`${name} begins`);
        await new Promise(setImmediate);
        log.push(`${name} ends`);
      },
    });
    const checks = [
      logged("felt", ["apart"]),
      logged("felt-too", ["apart"]),
      logged("a", []),
      logged("b", ["exclusive"]),
    ];
    const settings = { ...plainSettings, target: { ...plainSettings.target, url } };
    await profileOf(checks).runWith(kit, { settings, jobs: 8, seed: 1 });
    expect(log).toEqual(["a", "b", "felt", "felt-too"].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it("leaves out under --safe what floods the target or moves its clock, and nothing else", async () => {
    const traits: readonly Trait[] = ["exclusive", "bursty", "waits", "apart", "census"];
    const checks = [registers("none", 201), ...traits.map((trait) => registers(trait, 201, [trait]))];
    const settings = { ...plainSettings, target: { ...plainSettings.target, url } };
    const run = await profileOf(checks).runWith(kit, { settings, safe: true, seed: 1 });
    const left = run.results.filter(({ verdict }) => verdict.reasonCode === "safe-mode");
    expect(left.map(({ check }) => check.traits[0])).toEqual(["exclusive", "bursty", "waits"]);
    expect(run.results.filter(({ verdict }) => verdict.outcome === "pass")).toHaveLength(3);
  });

  it("hides what was told another check, which had not read it yet", async () => {
    const token = "ath_t4ieMJaQp6wHKZwEQRhr";
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const repeated = {
      ...registers("repeated", 201),
      async drive({ recorder }: OneRequest) {
        recorder.fact("said", `the newest token is ${token}`);
        tell();
      },
    };
    const owner = {
      ...registers("owner", 201),
      async drive({ recorder }: OneRequest) {
        await told;
        // Its socket's turn comes after that of the other.
        await new Promise(setImmediate);
        recorder.secret(token, "ath-token");
      },
    };
    const settings = { ...plainSettings, target: { ...plainSettings.target, url } };
    const run = await profileOf([repeated, owner]).runWith(kit, { settings, jobs: 2, seed: 1 });
    const said = run.results.map(({ evidence }) => evidence.facts["said"]);
    expect(said).toEqual([expect.stringMatching(/^the newest token is ‹ath-token:[0-9a-f]{12}:24›$/), undefined]);
  });

  it("leaves nothing unsaid when its deadline passes", async () => {
    expect(await outcomesOf([registers("one", 201), registers("two", 201)], 0)).toEqual(["deadline", "deadline"]);
  });
});
