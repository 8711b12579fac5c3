import { afterEach, expect, it } from "vitest";
import { isMessage } from "../../schemas/index.ts";
import { type StartedMock, startMock } from "../start.ts";

let mock: StartedMock | undefined;
afterEach(() => mock?.close());

const json = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json();
const posted = (value: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

it("starts by name, tells what it is and misbehaves when told to", async () => {
  mock = await startMock("ath-native");
  const { url, control } = mock.ready;
  expect(mock.ready).toMatchObject({ ready: true, mock: "ath-native" });
  const document = () => json(`${url}/.well-known/ath-app.json`);
  expect(isMessage("ServiceDiscoveryDocument", await document())).toBe(true);
  expect(await (await fetch(url)).text()).toContain("GET /api/v1/messages");
  expect(await json(`${control}/health`)).toMatchObject({ mock: "ath-native" });
  await json(`${control}/faults`, posted({ id: "DISC-2.wrong-version" }));
  expect(await document()).toMatchObject({ ath_version: "1.0" });
  const refused = await fetch(`${url}/api/v1/messages`);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "TOKEN_INVALID" });
});

it("has no fault of the proxy that it does not have", async () => {
  await expect(startMock("ath-native", { faults: ["PRX-5.query-dropped"] })).rejects.toMatchObject({
    code: "UNKNOWN_FAULT",
  });
});
