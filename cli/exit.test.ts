import { describe, expect, it } from "vitest";
import { UnknownRequirementError } from "../specs/index.ts";
import { UnknownAddressError } from "../suites/engine/plan.ts";
import { CliError, explained, notYet } from "./exit.ts";

describe("an error, explained", () => {
  it("says what, every detail, and what to do", () => {
    const error = new CliError({ code: "X", message: "what", details: ["a", "b"], mend: "do this" });
    expect(explained(error)).toEqual({ exitCode: 2, text: "gateproof: what\n  a\n  b\n  → do this\n" });
  });

  it.each([
    ["an unknown address", new UnknownAddressError("no check X"), 2],
    ["an unknown requirement", new UnknownRequirementError("ATT-99", []), 2],
    ["a port in use", Object.assign(new Error("in use"), { code: "LISTEN_ADDRESS_IN_USE" }), 2],
    ["a set-up error of the drivers", Object.assign(new Error("in use"), { code: "port-in-use", mend: "stop it" }), 2],
    ["a profile that is not configured", Object.assign(new Error("no users"), { code: "handshake-missing" }), 2],
    ["what later versions do", notYet("--shard"), 2],
    ["a bug", new TypeError("x is undefined"), 4],
    ["an error of the system that nobody foresaw", Object.assign(new Error("boom"), { code: "EIO" }), 4],
    ["no error at all", "thrown text", 4],
  ])("%s has its exit code", (_, error, exitCode) => {
    expect(explained(error)).toMatchObject({ exitCode });
  });

  it("takes over what another folder says can be done", () => {
    const error = Object.assign(new Error("in use"), { code: "port-in-use", mend: "stop it" });
    expect(explained(error).text).toBe("gateproof: in use\n  → stop it\n");
  });

  it("shows where a fault of the kit is, and asks to report it", () => {
    expect(explained(new TypeError("x is undefined")).text).toMatch(
      /the kit failed: x is undefined\n {2}at [\s\S]*report it/,
    );
  });

  it("lets no control character through", () => {
    expect(explained(new CliError({ code: "X", message: "\u001b[2J" })).text).not.toContain("\u001b");
  });
});
