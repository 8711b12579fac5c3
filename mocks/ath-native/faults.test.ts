import { describe, expect, it } from "vitest";
import { requirements } from "../../specs/index.ts";
import { nativeFaults } from "./faults.ts";
import { jsonOf, nativeLab } from "./testing/native-lab.ts";

const ofProfile = new Set(requirements("ath-native").map(({ id }) => id));

describe("the faults of the native service", () => {
  it("have ids of their own and concern native mode", () => {
    const ids = nativeFaults.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const checks = nativeFaults.flatMap(({ kills }) => Object.keys(kills));
    expect(checks.filter((check) => !ofProfile.has(check.split(".")[0] ?? ""))).toEqual([]);
  });

  it("are there for every requirement of native mode", () => {
    const broken = new Set(nativeFaults.map(({ requirement }) => requirement));
    expect([...ofProfile].filter((id) => !broken.has(id))).toEqual([]);
  });

  it.each([
    "PRX-5.query-dropped",
    "BRG-2.token-in-response",
    "PRX-1.forwarded-before-check",
    "TOK-2.requested-ignored",
  ])("leave out %s", (id) => {
    expect(nativeFaults.map((fault) => fault.id)).not.toContain(id);
  });

  it("change the service while it runs, and leave it again", async () => {
    const { service, send } = nativeLab();
    const appId = async () =>
      (await jsonOf(await send("GET", "http://127.0.0.1:9100/.well-known/ath-app.json")))["app_id"];
    service.book.activate({ id: "DISC-2.app-id-differs" });
    expect(await appId()).toBe("mock-mail-v2");
    service.book.clear();
    expect(await appId()).toBe("mock-mail");
  });
});
