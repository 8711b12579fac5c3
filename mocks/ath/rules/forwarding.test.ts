import { describe, expect, it } from "vitest";
import { containedPath, grants, splitBase, withoutHopByHop } from "./forwarding.ts";

describe("a contained path", () => {
  it.each(["/", "/v1/messages", "/v1/messages/", "/a%20b", "/a.b/..c/d..", "/users/@me", "/a:b/c", "/a;b=c/d"])(
    "may be %s",
    (path) => expect(containedPath(path)).toBe(true),
  );

  it.each([
    "",
    "v1",
    "/.",
    "/..",
    "/a/../b",
    "/a/%2e%2E/b",
    "/a/.%2e",
    "/a/..%2fb",
    "/a%2Fb",
    "/a%5cb",
    "/a\\b",
    "//host/a",
    "/a//b",
    "/http://host/a",
    "/http:/a",
    "/@host/a",
    "/user@host:80/a",
    "/a/..;x",
    "/a%00",
    "/a%",
    "/ä",
    "/a b",
  ])("may not be %s", (path) => expect(containedPath(path)).toBe(false));
});

describe("an operation pattern", () => {
  it.each([
    ["GET /v1/messages", "GET", "/v1/messages", true],
    ["GET /v1/messages", "POST", "/v1/messages", false],
    ["GET /v1/messages", "get", "/v1/messages", false],
    ["GET /v1/messages", "GET", "/v1/messages/", false],
    ["GET /v1/messages", "GET", "/v1/messages/1", false],
    ["GET /v1/{kind}/x", "GET", "/v1/messages/x", true],
    ["GET /v1/{kind}", "GET", "/v1/", false],
    ["GET /files/*", "GET", "/files/a/b", true],
    ["GET /files/*", "GET", "/files", false],
    ["GET /files/*", "GET", "/filesystem/a", false],
  ])("%s grants %s %s: %s", (pattern, method, path, granted) => {
    expect(grants(pattern, method, path)).toBe(granted);
  });
});

it("drops hop-by-hop fields and those that Connection names", () => {
  const headers = [
    ["Connection", "close, X-One"],
    ["x-one", "1"],
    ["TE", "trailers"],
    ["X-Two", "2"],
  ] as const;
  expect(withoutHopByHop(headers)).toEqual([["X-Two", "2"]]);
});

it("takes an API base apart", () => {
  expect(splitBase("https://api.example")).toEqual({ origin: "https://api.example", path: "" });
  expect(splitBase("http://127.0.0.1:1/api/")).toEqual({ origin: "http://127.0.0.1:1", path: "/api" });
});
