import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agentHost, journey } from "../bench/handshake.ts";
import { type AthMswMock, athGatewayHandlers, athNativeHandlers, oauthProviderHandlers } from "./msw.ts";

const server = setupServer();
// What is no mock's own goes to the network: here, to the host of the agents' identity documents.
beforeAll(() => server.listen({ onUnhandledRequest: "bypass" }));
afterAll(() => server.close());
afterEach(() => server.resetHandlers());

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

/** The bench's client, over fetch, which is where msw stands. */
const ask: Parameters<typeof journey>[0] = async (url, { method = "GET", headers = {}, json: body } = {}) => {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const cookies = response.headers.getSetCookie();
  const received = { ...Object.fromEntries(response.headers), "set-cookie": cookies };
  return { status: response.status, headers: received, body: await response.text() };
};

describe("the gateway behind msw", () => {
  let gateway: AthMswMock;
  beforeEach(() => {
    gateway = athGatewayHandlers();
    server.use(...gateway.handlers);
  });
  afterEach(() => gateway.close());

  it("goes all the way with its provider, without a port", async () => {
    gateway.consent({ user: "alice", grant: "all" });
    const host = await agentHost();
    await journey(ask, gateway.url, host.agent());
    await host.close();
    expect(gateway.audit()).toContainEqual(expect.objectContaining({ event: "proxy_request" }));
    expect(gateway.tokens()).toHaveLength(1);
    expect(gateway.requests()).toContainEqual(
      expect.objectContaining({ method: "POST", path: "/ath/token", status: 200 }),
    );
    await gateway.reset();
    expect([gateway.tokens(), gateway.requests(), gateway.audit()]).toEqual([[], [], []]);
  });

  it("misbehaves by name, once or always, and is honest again", async () => {
    const document = () => json(`${gateway.url}/.well-known/ath.json`);
    gateway.faults.activate("DISC-1.wrong-version@2");
    expect(await document()).toMatchObject({ ath_version: "0.1" });
    expect(await document()).not.toMatchObject({ ath_version: "0.1" });
    gateway.faults.activate("DISC-1.wrong-version");
    expect(await document()).not.toMatchObject({ ath_version: "0.1" });
    gateway.faults.clear();
    expect(await document()).toMatchObject({ ath_version: "0.1" });
  });

  it("refuses faults that need a connection, by name", () => {
    const needsServer = { code: "FAULT_NEEDS_SERVER", message: expect.stringContaining('"wire.reset"') };
    expect(() => athGatewayHandlers({ faults: ["wire.reset"] })).toThrow(expect.objectContaining(needsServer));
    expect(() => gateway.faults.activate("wire.stall@2")).toThrow(/"wire.stall" shows on a connection/);
    const ofTls = gateway.faults.known.filter(({ rule }) => rule === "transport.minimumTlsVersion");
    expect(ofTls).toEqual([]);
    expect(() => gateway.faults.activate("DISC-1.nonsense")).toThrow(/no fault is called/);
    expect(gateway.faults.active()).toEqual([]);
  });
});

it("serves the native service and its own consent", async () => {
  const native = athNativeHandlers({ url: "https://post.test", faults: ["DISC-2.wrong-version"] });
  server.use(...native.handlers);
  expect(await json("https://post.test/.well-known/ath-app.json")).toMatchObject({ ath_version: "1.0" });
  native.faults.clear();
  expect(await json("https://post.test/.well-known/ath-app.json")).toMatchObject({ ath_version: "0.1" });
  expect(() => native.consent({ user: "mallory", grant: "all" })).toThrow(RangeError);
  await native.close();
});

it("serves the provider alone, and its secret is the same with the same seed", async () => {
  const provider = oauthProviderHandlers({ seed: 7 });
  server.use(...provider.handlers);
  expect(await json("https://provider.test/.well-known/oauth-authorization-server")).toMatchObject({
    issuer: "https://provider.test",
  });
  expect(oauthProviderHandlers({ seed: 7 }).clientSecret).toBe(provider.clientSecret);
  expect(oauthProviderHandlers().clientSecret).not.toBe(provider.clientSecret);
});
