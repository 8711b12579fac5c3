import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { openEmbeddedTarget } from "./index.ts";
import type { startThread } from "./own-thread.ts";

/** As it is built: a thread is started from a file, and node reads no TypeScript. */
const built = (file: string) =>
  pathToFileURL(fileURLToPath(new URL(`../../dist/cli/embedded/${file}`, import.meta.url))).href;
const { openEmbeddedTarget: open }: { openEmbeddedTarget: typeof openEmbeddedTarget } = await import(built("index.js"));
const { startThread: start }: { startThread: typeof startThread } = await import(built("own-thread.js"));

const profiles = ["ath-native", "ath-gateway", "ath-handshake", "aun-gateway"] as const;

test.each(profiles)("%s in a thread of its own serves until it is closed", async (profile) => {
  const { settings, close } = await open(profile, { seed: 1, ownThread: start(profile) });
  const url = settings.target.url.replace(/^ws/, "http");
  const answer = await fetch(`${url}/.well-known/nothing`);
  expect(answer.status).toBe(404);
  await close();
  await expect(fetch(url)).rejects.toThrow();
});

test("a fault of the mock works in its thread", async () => {
  const fault = "ATT-5.jti-forgotten";
  const target = await open("ath-native", { seed: 1, faults: [fault], ownThread: start("ath-native") });
  const { results } = await target.run({ seed: 1, only: ["ATT-5.replayed"] });
  await target.close();
  expect(results.map(({ verdict }) => verdict.outcome)).toEqual(["fail"]);
});

test.each(profiles)("%s that cannot be opened there is an error here", async (profile) => {
  const opening = open(profile, { seed: 1, faults: ["NO-1.such-fault"], ownThread: start(profile) });
  await expect(opening).rejects.toThrow(/NO-1\.such-fault/);
});
