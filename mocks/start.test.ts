import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { afterEach, expect, it } from "vitest";
import { agentHost, journey } from "../bench/handshake.ts";
import { client } from "../bench/http.ts";
import { type StartedMock, type StartOptions, startMock } from "./start.ts";

let mock: StartedMock | undefined;
afterEach(() => mock?.close());

async function start(options: StartOptions = {}): Promise<StartedMock> {
  mock = await startMock("ath-gateway", options);
  return mock;
}

const json = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json();
const posted = (value: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

it("goes all the way with its own provider, and its control API tells what happened", async () => {
  const { ready } = await start();
  await json(`${ready.control}/consent`, posted({ user: "alice", grant: "all" }));
  const host = await agentHost();
  const { ask, close } = client();
  await journey(ask, ready.url, host.agent());
  close();
  await host.close();

  const audit = (await (await fetch(`${ready.control}/audit`)).text()).trim().split("\n");
  const events = audit.map((line): unknown => JSON.parse(line));
  for (const event of [
    "agent_registered",
    "authorization_started",
    "access_granted",
    "proxy_request",
    "token_revoked",
  ]) {
    expect(events).toContainEqual(expect.objectContaining({ event }));
  }
  expect(await json(`${ready.control}/requests`)).toMatchObject({
    requests: expect.arrayContaining([expect.objectContaining({ method: "POST", path: "/ath/token", status: 200 })]),
  });
  const page = await (await fetch(ready.url)).text();
  expect(page).toContain("/ath/agents/register");
  expect(page).toContain("POST /ath/token");
});

it("brings its own provider where a configuration names none, and keeps what it says", async () => {
  const { ready } = await start({ config: { gateway_id: "gw-1", limits: { requests_per_minute: 1 } } });
  expect(ready.provider).toMatch(/^http/);
  expect(await json(`${ready.url}/.well-known/ath.json`)).toMatchObject({
    gateway_id: "gw-1",
    supported_providers: [{ provider_id: "mail" }, { provider_id: "calendar" }],
  });
});

it("misbehaves by name while it runs, and is honest again", async () => {
  const { ready } = await start();
  const version = async () => {
    const document = await json(`${ready.url}/.well-known/ath.json`);
    return typeof document === "object" && document !== null ? Reflect.get(document, "ath_version") : undefined;
  };
  expect(await version()).toBe("0.1");
  await json(`${ready.control}/faults`, posted({ id: "DISC-1.wrong-version" }));
  expect(await version()).not.toBe("0.1");
  await json(`${ready.control}/faults`, { method: "DELETE" });
  expect(await version()).toBe("0.1");
  expect(await json(`${ready.control}/faults`, posted({ id: "DISC-1.nope" }))).toMatchObject({ code: "UNKNOWN_FAULT" });
});

it("serves over TLS with an authority of its own, no older than 1.2 unless a fault says so", async () => {
  const { ready } = await start({ tls: true });
  const ca = await readFile(ready.ca ?? "", "utf8");
  const status = await new Promise((resolve, reject) => {
    request(`${ready.url}/.well-known/ath.json`, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(status).toBe(200);
});

it("gives the same ids for the same seed", async () => {
  const secretOf = async (seed: number) => {
    const started = await startMock("oauth-provider", { seed });
    await started.close();
    return started.clientSecret;
  };
  expect(await secretOf(1)).toBe(await secretOf(1));
  expect(await secretOf(1)).not.toBe(await secretOf(2));
});
