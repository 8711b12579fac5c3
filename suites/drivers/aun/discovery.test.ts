import { describe, expect, it } from "vitest";
import { gatewaysOf, httpBaseOf, isWebSocketUrl } from "./discovery.ts";

describe("what discovery says", () => {
  it("is read best first, whatever is in it", () => {
    const gateways = [
      { url: "wss://c" },
      { url: "wss://b", priority: 2 },
      { priority: 1 },
      null,
      { url: "wss://a", priority: 1 },
    ];
    expect(gatewaysOf({ gateways }).map(({ url }) => url)).toEqual(["wss://a", "wss://b", "wss://c"]);
    for (const body of [undefined, null, [], {}, { gateways: "wss://a" }]) expect(gatewaysOf(body)).toEqual([]);
  });

  it.each([
    ["wss://gw.test:20001/aun", true, "https://gw.test:20001"],
    ["ws://127.0.0.1:1/aun?x", true, "http://127.0.0.1:1"],
    ["https://gw.test/", false, "https://gw.test"],
  ])("%s", (url, webSocket, base) => {
    expect(isWebSocketUrl(url)).toBe(webSocket);
    expect(httpBaseOf(url)).toBe(base);
  });
});
