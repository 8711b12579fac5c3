import { type AthGatewayMock, startAthGateway } from "gateproof/mocks";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { providersOf } from "./discover.js";

let gateway: AthGatewayMock;
beforeAll(async () => {
  gateway = await startAthGateway({ seed: 1 });
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

it("finds the providers", async () => {
  expect(await providersOf(gateway.url)).toEqual(["mail", "calendar"]);
  expect(gateway.requests()).toMatchObject([{ method: "GET", path: "/.well-known/ath.json", status: 200 }]);
});

it("does not go on with another version", async () => {
  gateway.faults.activate("DISC-1.wrong-version");
  await expect(providersOf(gateway.url)).rejects.toThrow("another version of ATH");
});

it("gives up on a gateway that stalls, and finds it well the next time", async () => {
  gateway.faults.activate("wire.stall@1");
  await expect(providersOf(gateway.url)).rejects.toThrow(/timeout/);
  expect(await providersOf(gateway.url)).toContain("mail");
});

it("has a gateway of its own for the length of a block", async () => {
  await using broken = await startAthGateway({ faults: ["DISC-1.providers-missing"] });
  expect(await providersOf(broken.url)).toEqual([]);
});
