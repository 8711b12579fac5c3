import { type AthGatewayMock, startAthGateway } from "gateproof/mocks";
import { describeConformance } from "gateproof/vitest";
import { afterAll, beforeAll } from "vitest";

// Stands for the gateway that you write; FAULTS makes it break a rule, to see what that looks like.
let gateway: AthGatewayMock;
beforeAll(async () => {
  const faults = process.env["FAULTS"];
  gateway = await startAthGateway({ faults: faults === undefined ? [] : faults.split(",") });
});
afterAll(() => gateway.close());

describeConformance(() => gateway.url, {
  profile: "ath-gateway",
  only: ["discovery", "attestation", "audit"],
  config: { providers: [{ id: "mail", scopes: ["mail:read", "mail:send", "mail:delete"] }] },
});
