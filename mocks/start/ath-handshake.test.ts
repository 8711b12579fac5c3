import { afterEach, expect, it } from "vitest";
import { isRecord } from "../core/json.ts";
import { type StartedMock, startMock } from "../start.ts";

let mock: StartedMock | undefined;
afterEach(() => mock?.close());

async function json(url: string, body?: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(url, init)).json();
}

it("starts with three backends and two users whose keys a developer can have", async () => {
  mock = await startMock("ath-handshake");
  const { ready } = mock;
  expect(ready).toMatchObject({ mock: "ath-handshake", users: { alice: `${ready.url}/user/alice` } });
  expect(JSON.stringify(ready)).not.toContain("PRIVATE KEY");
  expect(Object.keys(ready.backends ?? {})).toEqual(["oa", "crm", "finance"]);
  expect(await json(`${ready.control}/users`)).toMatchObject({
    users: [
      { name: "alice", private_key: expect.stringContaining("PRIVATE KEY") },
      { name: "bob", private_key: expect.stringContaining("PRIVATE KEY") },
    ],
  });
  expect(await json(`${ready.url}/health`)).toMatchObject({ ok: true });
  expect(await (await fetch(ready.url)).text()).toContain("/ath/handshake");
  expect(await (await fetch(ready.users?.["alice"] ?? "")).text()).toContain("Nobody asks for anything.");
});

it("lets its backends be watched and broken, and tokens and users be taken back", async () => {
  mock = await startMock("ath-handshake");
  const { ready } = mock;
  const finance = `${ready.backends?.["finance"] ?? ""}/api/invoices`;
  expect(await json(`${ready.control}/backends/fault`, { system: "finance", on: true })).toEqual({ ok: true });
  expect((await fetch(finance)).status).toBe(500);
  await json(`${ready.control}/backends/fault`, { system: "/finance", on: false });
  expect((await fetch(finance)).status).toBe(200);
  const log = await json(`${ready.control}/backends`);
  expect(Array.isArray(log) && log.filter(isRecord).map(({ system }) => system)).toEqual(["finance", "finance"]);
  expect(await json(`${ready.control}/backends/fault`, { system: "none", on: true })).toMatchObject({
    code: "NO_SUCH_SYSTEM",
  });
  expect(await json(`${ready.control}/revoke`, { token: "none" })).toMatchObject({ code: "NO_SUCH_TOKEN" });
  expect(await json(`${ready.control}/revoke-user`, { user: "did:ath:user:alice", agent: "did:ath:agent:a" })).toEqual({
    ok: true,
  });
  expect(await json(`${ready.control}/revoke-user`, {})).toMatchObject({ code: "INVALID_REQUEST" });
  expect(await (await fetch(ready.control)).text()).toContain("/backends/fault");
});

it("refuses an unknown fault, and leaves nothing open", async () => {
  await expect(startMock("ath-handshake", { faults: ["HS-1.nope"] })).rejects.toMatchObject({ code: "UNKNOWN_FAULT" });
});
