import { describe, expect, it } from "vitest";
import { handshakeBinding } from "./binding.ts";
import { athHandshake } from "./index.ts";

describe("the catalogue of the nine-step handshake", () => {
  it("has every requirement once", () => {
    const numbers = (area: string) =>
      athHandshake
        .filter(({ id }) => id.startsWith(`${area}-`))
        .map(({ id }) => Number(id.slice(area.length + 1)))
        .toSorted((a, b) => a - b);
    expect(numbers("HS")).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(numbers("GW")).toEqual(Array.from({ length: 8 }, (_, index) => index + 1));
    expect(athHandshake).toHaveLength(32);
  });

  it.each(athHandshake)("$id is a whole row", ({ why, says, mend, source, tested, profiles, party }) => {
    const how = "how" in tested ? tested.how : "";
    for (const sentence of [says, mend, how, why ?? ""]) expect(sentence).toMatch(/^[A-Z].*[^.\s]\.$/);
    expect(source.document).toMatch(/^ATH 0\.1 /);
    expect({ profiles, party }).toEqual({ profiles: ["ath-handshake"], party: "implementor" });
  });

  it("warns where the kit says SHOULD, and nowhere else", () => {
    const should = athHandshake.filter(({ kit }) => kit === "should").map(({ id }) => id);
    expect(should.toSorted()).toEqual(["GW-6", "GW-7", "HS-22", "HS-23", "HS-24"]);
  });

  it("states the binding in whole sentences", () => {
    for (const { position } of handshakeBinding) expect(position).toMatch(/^[A-Za-z].*[^.\s]\.$/);
  });
});
