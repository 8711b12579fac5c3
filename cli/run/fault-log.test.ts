import { describe, expect, it, onTestFinished } from "vitest";
import { shiftableClock } from "../../mocks/core/clock.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { serve } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { faultsFor, ruleBook } from "../../mocks/core/rules.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { openEmbeddedTarget } from "../embedded/index.ts";
import { faultLogIn, readFaultLog } from "./fault-log.ts";

const honest = { "door.isOpen": () => true };
const shut = faultsFor<typeof honest>()({
  id: "DOOR-1.shut",
  requirement: "DOOR-1",
  sentence: "The door is shut.",
  rule: "door.isOpen",
  wrong: () => () => false,
  kills: {},
});

const settingsWith = (url: string | undefined): Settings => ({
  target: { url: "http://127.0.0.1:1", headers: {}, features: {} },
  agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
  providers: [],
  consent: { driver: "form", fields: {} },
  hooks: url === undefined ? {} : { faults: { method: "GET", url, headers: {} } },
  timeoutMs: 2000,
});

describe("the fault log", () => {
  it("of a mock in a process of its own says which fault fired, when and how often", async () => {
    const book = ruleBook(honest, [shut], [{ id: "DOOR-1.shut" }]);
    const api = controlApi({
      requests: requestLog(),
      clock: shiftableClock(),
      rules: book,
      reset: () => {},
      health: () => ({}),
    });
    const server = await serve(api);
    onTestFinished(() => server.close());
    const settings = settingsWith(`${server.url}/faults`);
    expect(await readFaultLog(settings)).toEqual({ active: [{ id: "DOOR-1.shut" }], fired: [] });
    book.rules["door.isOpen"]();
    book.rules["door.isOpen"]();
    expect(await readFaultLog(settings)).toMatchObject({
      fired: [{ id: "DOOR-1.shut", rule: "door.isOpen", count: 2, times: [expect.any(String), expect.any(String)] }],
    });
    expect(await readFaultLog(settingsWith(`${server.url}/nothing`))).toEqual({ unreadable: "HTTP 404" });
    expect(await readFaultLog(settingsWith("http://127.0.0.1:1/faults"))).toEqual({ unreadable: "CONNECTION_REFUSED" });
    expect(await readFaultLog(settingsWith(undefined))).toBeUndefined();
  });

  it("takes nothing that is not a fault's name, a number or a time", () => {
    const answer = {
      active: [{ id: "A-1.wrong", at: 2, note: "canary" }, { id: "<canary>" }, "canary"],
      fired: [
        { id: "A-1.wrong", rule: "a.b", count: 1, times: ["2026-01-01T00:00:00.000Z", "canary"], last: "canary" },
        { id: "canary secret", rule: "x", count: 1 },
      ],
      more: "canary",
    };
    expect(faultLogIn(answer)).toEqual({
      active: [{ id: "A-1.wrong", at: 2 }],
      fired: [{ id: "A-1.wrong", rule: "a.b", count: 1, times: ["2026-01-01T00:00:00.000Z"] }],
    });
  });

  it.each([
    ["honest", [], []],
    ["faulty", ["REG-1.approval-expires-missing"], [expect.objectContaining({ id: "REG-1.approval-expires-missing" })]],
  ])("of the embedded mock, %s", async (_name, faults, fired) => {
    const target = await openEmbeddedTarget("ath-gateway", { seed: 1, faults });
    onTestFinished(() => target.close());
    await target.run({ seed: 1, only: ["registration"] });
    expect(await readFaultLog(target.settings)).toMatchObject({ active: faults.map((id) => ({ id })), fired });
  });
});
