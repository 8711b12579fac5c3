import { describe, expect, test } from "vitest";
import { openTestKit } from "../drivers/testing/open-kit.ts";
import { granting, json, stubGateway } from "../drivers/testing/stub-gateway.ts";
import { firstContact } from "./first-contact.ts";

describe("the first contact with a native service", () => {
  const contactWith = async (answers: Parameters<typeof stubGateway>[0], mode: "native" | "gateway") => {
    const { origin, seen } = await stubGateway({ ...granting, ...answers });
    const { world } = await openTestKit(origin, { consent: { driver: "form", fields: {} } }, undefined, mode);
    return { ...(await firstContact(world().world)), asked: seen[0]?.url };
  };
  const published = {
    "/.well-known/ath-app.json": (_: unknown, response: Parameters<typeof json>[0]) =>
      json(response, 200, { ath_version: "0.1", app_id: "mail", api_base: "http://127.0.0.1:9/api" }),
  };

  test("finds its document", async () => {
    const { findings, asked } = await contactWith(published, "native");
    expect(findings).toEqual([]);
    expect(asked).toBe("/.well-known/ath-app.json");
  });

  test("says when there is none, since nothing else tells where its API is", async () => {
    const { findings, blocked } = await contactWith({}, "native");
    expect(blocked).toBeUndefined();
    expect(findings).toMatchObject([
      { severity: "warning", whose: "target", what: expect.stringContaining("/.well-known/ath-app.json") },
    ]);
  });

  test("is nothing that a gateway needs", async () => {
    const { findings, asked } = await contactWith({}, "gateway");
    expect(findings).toEqual([]);
    expect(asked).toBe("/.well-known/ath.json");
  });
});
