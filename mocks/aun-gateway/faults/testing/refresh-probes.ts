import type { AuthBench } from "../../testing/auth-client.ts";
import { DAY, lacks, type Probe, refreshed, refused } from "./probe.ts";

const failedRefresh = async (bench: AuthBench) => {
  await bench.enrol();
  return (await bench.call("refresh_token", { refresh_token: "no-such-token" })).result;
};

export const refreshProbes: Readonly<Record<string, Probe>> = {
  "A96.no-diagnostic": async (bench) => (await refreshed(bench)).result["diagnostic"] === undefined,
  "A96.same-refresh-token": async (bench) => {
    const { result, refresh_token } = await refreshed(bench);
    return result["refresh_token"] === refresh_token;
  },
  "A96.count-stuck": async (bench) => {
    const { result } = await refreshed(bench);
    const next = await bench.call("refresh_token", { refresh_token: result["refresh_token"] });
    return next.result["refresh_count"] === result["refresh_count"];
  },
  "A97.reusable": async (bench) => {
    const { refresh_token } = await refreshed(bench);
    return (await bench.call("refresh_token", { refresh_token })).result["success"] === true;
  },
  "A98.old-token-killed": async (bench) => {
    const { token } = await refreshed(bench);
    return bench.refusalOf(() => bench.service.verifyToken(token)) !== undefined;
  },
  "A99.success-on-garbage": async (bench) => (await failedRefresh(bench))["success"] === true,
  "A99.bare-false": lacks(failedRefresh, "relogin_required"),
  "A99.echoes-token": async (bench) => JSON.stringify(await failedRefresh(bench)).includes("no-such-token"),
  "A100.needs-session": (bench) => refused(refreshed(bench)),
  "A100.refused-in-session": (bench) => refused(refreshed(bench, {}, "agent1.a.test")),
  "A101.endless-count": async (bench) => {
    let { result } = await refreshed(bench);
    for (let count = 1; count <= 720; count += 1) {
      result = (await bench.call("refresh_token", { refresh_token: result["refresh_token"] })).result;
    }
    return result["success"] === true;
  },
  "A101.endless-age": async (bench) => {
    const { result } = await refreshed(bench);
    bench.clock.advance(31 * DAY);
    return (await bench.call("refresh_token", { refresh_token: result["refresh_token"] })).result["success"] === true;
  },
};
