import { expect, it } from "vitest";
import {
  startAthGateway,
  startAthHandshake,
  startAthNative,
  startAunGateway,
  startOAuthProvider,
  UnknownFaultError,
} from "./index.ts";

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

it("gives a gateway for the length of a block", async () => {
  let url = "";
  {
    await using gateway = await startAthGateway({ faults: ["DISC-1.wrong-version"] });
    url = gateway.url;
    expect(await json(`${url}/.well-known/ath.json`)).not.toMatchObject({ ath_version: "0.1" });
    gateway.faults.clear();
    expect(await json(`${url}/.well-known/ath.json`)).toMatchObject({ ath_version: "0.1" });
    expect(gateway.requests().map(({ path }) => path)).toEqual(["/.well-known/ath.json", "/.well-known/ath.json"]);
    expect(gateway.provider?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  }
  await expect(fetch(url)).rejects.toThrow();
});

it("moves the clock, decides for the user and starts again", async () => {
  await using gateway = await startAthGateway();
  const before = gateway.clock.now();
  gateway.clock.advance(600);
  expect(gateway.clock.now() - before).toBeGreaterThanOrEqual(600_000);
  gateway.consent({ user: "alice", grant: "deny" });
  const consent = () => json(`${gateway.controlUrl}/consent`);
  expect(await consent()).toEqual({ consent: { user: "alice", grant: "deny" } });
  gateway.faults.activate("DISC-1.wrong-version@1", "wire.stall@3");
  expect(gateway.faults.active()).toHaveLength(2);
  await gateway.reset();
  expect(gateway.faults.active()).toEqual([]);
  expect(await consent()).toEqual({ consent: null });
  expect(gateway.clock.now() - before).toBeLessThan(600_000);
  expect(() => gateway.faults.activate("DISC-1.nonsense")).toThrow(UnknownFaultError);
});

it("has no user to decide for where the configuration names providers of its own", async () => {
  const provider = {
    id: "mail",
    scopes: ["mail:read"],
    operations: {},
    authorization_endpoint: "http://127.0.0.1:1/authorize",
    token_endpoint: "http://127.0.0.1:1/token",
    client_id: "gateway",
    client_secret: "secret-0123456789",
    api_base: "http://127.0.0.1:1/api",
  };
  await using gateway = await startAthGateway({ config: { providers: [provider] } });
  expect(gateway.provider).toBeUndefined();
  expect(() => gateway.consent({ user: "alice", grant: "all" })).toThrow(
    expect.objectContaining({ code: "NO_CONSENT_PAGE" }),
  );
});

it("starts every other mock", async () => {
  await using native = await startAthNative();
  expect(await json(`${native.url}/.well-known/ath-app.json`)).toMatchObject({ ath_version: "0.1" });
  expect([native.audit(), native.tokens()]).toEqual([[], []]);
  await using handshake = await startAthHandshake();
  expect(Object.keys(handshake.users)).toEqual(["alice", "bob"]);
  expect(handshake.revokeToken("nobody's")).toBe(false);
  await using aun = await startAunGateway({ issuer: "embedded.test" });
  expect(aun.issuer).toBe("embedded.test");
  expect(aun.gatewayUrl).toMatch(/^ws:/);
  expect(aun.rootCertificate).toContain("BEGIN CERTIFICATE");
  expect(aun.pair("alice.embedded.test")).not.toBe("");
  await using provider = await startOAuthProvider({ seed: 7 });
  await using same = await startOAuthProvider({ seed: 7 });
  expect(provider.clientSecret).toBe(same.clientSecret);
  expect(provider.tokens()).toEqual([]);
});
