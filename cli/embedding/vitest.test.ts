import { afterAll, beforeAll, describe } from "vitest";
import { type AthGatewayMock, startAthGateway } from "../../mocks/index.ts";
import { describeConformance } from "./vitest.ts";

// How it fails, skips and passes is seen from outside: packed.e2e.test.ts runs the example as its users do.
describe("a gateway that the test itself starts", () => {
  let gateway: AthGatewayMock;
  beforeAll(async () => {
    gateway = await startAthGateway();
  });
  afterAll(() => gateway.close());
  describeConformance(() => gateway.url, { profile: "ath-gateway", only: ["discovery"] });
});

describeConformance({ embedded: true }, { profile: "ath-native", only: ["discovery"], level: "should" });
