import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { openEmbeddedTarget } from "./index.ts";

/** As it is built: a thread is started from a file, and node reads no TypeScript. */
const built = fileURLToPath(new URL("../../dist/cli/embedded/index.js", import.meta.url));
const { openEmbeddedTarget: open }: { openEmbeddedTarget: typeof openEmbeddedTarget } = await import(
  pathToFileURL(built).href
);

const profiles = ["ath-native", "ath-gateway", "ath-handshake", "aun-gateway"] as const;

test.each(profiles)("%s in a thread of its own serves until it is closed", async (profile) => {
  const { settings, close } = await open(profile, { seed: 1, ownThread: true });
  const url = settings.target.url.replace(/^ws/, "http");
  const answer = await fetch(`${url}/.well-known/nothing`);
  expect(answer.status).toBe(404);
  await close();
  await expect(fetch(url)).rejects.toThrow();
});

test("a fault of the mock works in its thread", async () => {
  const fault = "ATT-5.jti-forgotten";
  const target = await open("ath-native", { seed: 1, faults: [fault], ownThread: true });
  const { results } = await target.run({ seed: 1, only: ["ATT-5.replayed"] });
  await target.close();
  expect(results.map(({ verdict }) => verdict.outcome)).toEqual(["fail"]);
});

test.each(profiles)("%s that cannot be opened there is an error here", async (profile) => {
  const opening = open(profile, { seed: 1, faults: ["NO-1.such-fault"], ownThread: true });
  await expect(opening).rejects.toThrow(/NO-1\.such-fault/);
});
