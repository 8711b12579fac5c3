import { describe, expect, it } from "vitest";
import { authBench } from "../testing/auth-client.ts";
import { authServiceFaults } from "./auth-service.ts";
import { certificateProbes } from "./testing/certificate-probes.ts";
import { connectAidProbes } from "./testing/connect-aid-probes.ts";
import { discoveryProbes } from "./testing/discovery-probes.ts";
import { loginProbes } from "./testing/login-probes.ts";
import { refreshProbes } from "./testing/refresh-probes.ts";
import { renewalProbes } from "./testing/renewal-probes.ts";
import { tokenProbes } from "./testing/token-probes.ts";

const probes = {
  ...discoveryProbes,
  ...tokenProbes,
  ...connectAidProbes,
  ...certificateProbes,
  ...loginProbes,
  ...refreshProbes,
  ...renewalProbes,
};

describe("the faults of the auth service", () => {
  it("are each probed here; the version of TLS is the server's", () => {
    const probed = [...Object.keys(probes), "A8.tls-1.1"];
    expect(probed.toSorted()).toEqual(authServiceFaults.map(({ id }) => id).toSorted());
  });

  it("have ids that begin with their requirement, and are found by some check", () => {
    for (const { id, requirement, kills } of authServiceFaults) {
      expect(id.startsWith(`${requirement}.`), id).toBe(true);
      expect(Object.keys(kills), id).not.toEqual([]);
    }
  });

  it.each(Object.entries(probes))("%s shows, and the honest service does not do it", async (id, probe) => {
    expect(await probe(authBench())).toBe(false);
    expect(await probe(authBench({ id }))).toBe(true);
  });
});
