import { describe, expect, it } from "vitest";
import { aunGateway } from "./index.ts";

const gateway = aunGateway.filter(({ party }) => party === "implementor");
const numberOf = (id: string) => Number(id.slice(1));

describe("the catalogue of AUN's gateway mode", () => {
  it("has every rule of the gateway and of the client once", () => {
    const expected = Array.from({ length: 142 }, (_, index) => `A${index + 1}`);
    expect(gateway.map(({ id }) => id).toSorted((a, b) => numberOf(a) - numberOf(b))).toEqual(expected);
    const client = aunGateway.filter(({ party }) => party === "agent").map(({ id }) => id);
    expect(client).toEqual(Array.from({ length: 14 }, (_, index) => `C${index + 1}`));
  });

  it("has one untestable rule, whose messages nobody has documented", () => {
    expect(gateway.filter(({ tested }) => "untestable" in tested).map(({ id }) => id)).toEqual(["A142"]);
  });

  it.each(aunGateway)("$id is a whole row", ({ level, why, says, mend, source, tested, profiles, party }) => {
    const how = "how" in tested ? tested.how : tested.untestable;
    for (const sentence of [says, mend, how, ...(why === undefined ? [] : [why])]) {
      expect(sentence).toMatch(/^[A-Za-z].*[^.\s]\.$/);
    }
    if (level === "stated") expect(why).toBeDefined();
    expect(source.document).toMatch(/^(AUN |JSON-RPC 2\.0$)/);
    expect(profiles).toEqual([party === "agent" ? "aun-client" : "aun-gateway"]);
  });
});
