import { describe, expect, it } from "vitest";
import { profileIds } from "../../suites/profiles/index.ts";
import { loadWanted, wantedOf } from "./wanted.ts";

describe("what a command line wants judged", () => {
  it.each([
    [["ath-gateway"], undefined, []],
    [["ath-gateway", "token", "ATT-5"], "aun-gateway", ["token", "ATT-5"]],
    [[], "ath-gateway", []],
    [["token"], "ath-gateway", ["token"]],
  ])("%j with the configured profile %s", (words, configured, addresses) => {
    expect(wantedOf(words, configured)).toEqual({ profiles: ["ath-gateway"], addresses });
  });

  it.each([
    [["all", "token"], undefined, ["token"]],
    [[], "all", []],
  ])("every profile by %j with the configured profile %s", (words, configured, addresses) => {
    expect(wantedOf(words, configured)).toEqual({ profiles: profileIds, addresses });
  });

  it.each([
    [[], undefined, /no profile is named/],
    [["ath-gatway"], undefined, /no profile "ath-gatway"; did you mean ath-gateway/],
    [["toString"], undefined, /no profile "toString"/],
    [["token"], undefined, /no profile "token"/],
    [["ath-agent"], undefined, /ath-agent is not in this version yet/],
    [[], "aun-client", /aun-client is not in this version yet/],
  ])("refuses %j with the configured profile %s", (words, configured, said) => {
    expect(() => wantedOf(words, configured)).toThrow(said);
  });

  it("loads the profile and keeps its addresses", async () => {
    const wanted = { profiles: ["ath-gateway"], addresses: ["token"] } as const;
    const [first, ...more] = await loadWanted(wanted, "may");
    expect(first?.profile.id).toBe("ath-gateway");
    expect(first?.only).toEqual(["token"]);
    expect(more).toEqual([]);
  });

  it("refuses an address that nobody knows, even beside one that is known", async () => {
    const wanted = { profiles: ["ath-gateway"], addresses: ["token", "tokn"] } as const;
    await expect(loadWanted(wanted, "may")).rejects.toMatchObject({ code: "UNKNOWN_ADDRESS" });
  });

  it("refuses a choice that leaves nothing to judge", async () => {
    const wanted = { profiles: ["ath-gateway"], addresses: ["ATT-10"] } as const;
    await expect(loadWanted(wanted, "must")).rejects.toMatchObject({ code: "NOTHING_TO_JUDGE", exitCode: 2 });
    expect(await loadWanted(wanted, "should")).toHaveLength(1);
  });
});
