import { describe, expect, it } from "vitest";
import type { Settings } from "../../drivers/settings.ts";
import { lookalike, unguessable } from "./lookalike.ts";
import { concrete, scopePair, writesBeyond } from "./operations.ts";

function configured(operations: Readonly<Record<string, readonly string[]>>) {
  const settings: Settings = {
    target: { url: "http://gateway.test", headers: {}, features: {} },
    agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
    providers: [{ id: "mail", scopes: Object.keys(operations), operations, unmapped: [] }],
    consent: { driver: "manual" },
    hooks: {},
    timeoutMs: 1000,
  };
  return { settings, firstProvider: "mail" };
}

describe("scopePair", () => {
  it("prefers scopes that differ by the method alone", () => {
    const world = configured({
      files: ["GET /v1/files"],
      read: ["GET /v1/messages"],
      send: ["POST /v1/drafts", "POST /v1/messages"],
    });
    const pair = scopePair(world);
    expect([pair.held, pair.wanted].sort()).toEqual(["read", "send"]);
    expect(pair.operations[0]).toMatch(/ \/v1\/messages$/);
  });
  it("leaves out what both scopes allow", () => {
    const world = configured({ read: ["GET /a"], all: ["GET /a", "DELETE /a/{id}"] });
    expect(scopePair(world)).toMatchObject({ held: "read", wanted: "all", operations: ["DELETE /a/1"] });
  });
  it("stops the check when no call tells two scopes apart", () => {
    expect(() => scopePair(configured({ read: ["GET /a"], all: ["GET /a"] }))).toThrow(/no scope/);
  });
});

describe("writesBeyond", () => {
  it("tries a changing call of each scope with the scope beside it", () => {
    const world = configured({ read: ["GET /a"], send: ["GET /a", "POST /a"], purge: ["DELETE /a/{id}"] });
    expect(writesBeyond(world)).toEqual([
      { held: "purge", wanted: "send", operation: "POST /a" },
      { held: "send", wanted: "purge", operation: "DELETE /a/1" },
    ]);
  });
  it("leaves out what the scope beside it allows as well", () => {
    const world = configured({ send: ["POST /a"], all: ["POST /a", "DELETE /a/{id}"] });
    expect(writesBeyond(world)).toEqual([{ held: "send", wanted: "all", operation: "DELETE /a/1" }]);
  });
  it("stops the check when fewer than two scopes write", () => {
    expect(() => writesBeyond(configured({ read: ["GET /a"], send: ["POST /a"] }))).toThrow(/no two scopes/);
  });
});

describe("concrete", () => {
  it.each([
    ["GET /v1/messages", "GET /v1/messages"],
    ["GET /v1/users/{user}/messages/{id}", "GET /v1/users/1/messages/1"],
    ["GET /v1/files/*", "GET /v1/files/x"],
  ])("%s is called as %s", (pattern, call) => {
    expect(concrete(pattern)).toBe(call);
  });
});

describe("lookalike", () => {
  const world = { random: () => 0.999 };
  it("keeps the make of the value and none of its letters", () => {
    expect(lookalike(world, "ath_0aF-gG")).toMatch(/^[a-z]{3}_\d[a-f][A-F]-[g-z][G-Z]$/);
    expect(lookalike(world, "00000000")).not.toBe("00000000");
  });
  it("is as long as a state has to be", () => {
    expect(unguessable(world)).toBe("f".repeat(32));
  });
});
