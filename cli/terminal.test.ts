import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { print, wantsColor, wantsProgress, widthOf } from "./terminal.ts";

const terminal = { isTTY: true, columns: 80, env: {} };

describe("what a terminal wants", () => {
  it.each([
    ["a terminal", terminal, true, true],
    ["a pipe", { ...terminal, isTTY: false }, false, false],
    ["NO_COLOR", { ...terminal, env: { NO_COLOR: "1" } }, false, false],
    ["an empty NO_COLOR", { ...terminal, env: { NO_COLOR: "" } }, true, true],
    ["CI", { ...terminal, env: { CI: "true" } }, true, false],
    ["FORCE_COLOR in a pipe", { ...terminal, isTTY: false, env: { FORCE_COLOR: "1" } }, true, false],
    ["FORCE_COLOR=0", { ...terminal, env: { FORCE_COLOR: "0" } }, false, true],
    ["a dumb terminal", { ...terminal, env: { TERM: "dumb" } }, false, false],
  ])("%s", (_, surroundings, color, progress) => {
    expect([wantsColor(surroundings), wantsProgress(surroundings)]).toEqual([color, progress]);
  });

  it("is wrapped within reason", () => {
    expect([20, 80, 500, undefined].map((columns) => widthOf({ ...terminal, columns }))).toEqual([
      60,
      80,
      140,
      Infinity,
    ]);
  });
});

describe("printing", () => {
  const failing = (code: string) =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) }).on(
      "error",
      () => {},
    );

  it("takes a reader that went away as an end", async () => {
    await expect(print("text", failing("EPIPE"))).resolves.toBeUndefined();
  });

  it("does not swallow other errors", async () => {
    await expect(print("text", failing("EIO"))).rejects.toThrow("EIO");
  });
});
