import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../cli/testing/free-port.ts";
import { serve } from "../../mocks/core/node-server.ts";
import { ownCertificates } from "../../mocks/core/tls.ts";
import { plainSettings } from "../engine/testing/settings.ts";
import { examineNetwork } from "./network.ts";
import type { Settings } from "./settings.ts";

const settingsOf = (url: string, more: Partial<Settings["target"]> = {}): Settings => ({
  ...plainSettings,
  target: { ...plainSettings.target, url, ...more },
});
const last = async (settings: Settings) => (await examineNetwork(settings)).at(-1);

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function tlsTarget() {
  const { authority, certificate, key } = ownCertificates();
  const server = await serve(async () => new Response("ok"), { tls: { certificate, key } });
  onTestFinished(() => server.close());
  return { url: server.url, authority };
}

describe("the way to a target", () => {
  it("names a host that does not resolve", async () => {
    expect(await last(settingsOf("http://nowhere.invalid"))).toMatchObject({
      step: "dns",
      state: "error",
      whose: "configuration",
      what: expect.stringContaining("nowhere.invalid does not resolve"),
    });
  });

  it("names a port that nobody listens at", async () => {
    expect(await last(settingsOf(`http://127.0.0.1:${await freePort()}`))).toMatchObject({
      step: "tcp",
      state: "error",
      whose: "environment",
      what: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("names the authority that nobody here trusts, and is content once it is given", async () => {
    const { url, authority } = await tlsTarget();
    const distrusted = await last(settingsOf(url));
    expect(distrusted).toMatchObject({ step: "tls", state: "error", whose: "configuration" });
    expect(distrusted?.what).toMatch(/is not trusted: .*issued by "[^"]+"/);
    expect(distrusted?.mend).toContain("--ca FILE");
    expect(await last(settingsOf(url, { ca: authority }))).toMatchObject({ step: "tls", state: "ok" });
    expect(await last(settingsOf(url, { insecure: true }))).toMatchObject({ step: "tls", state: "warning" });
  });

  it("says that a plain port is asked for TLS", async () => {
    const server = createServer((socket) => socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const port = await listening(server);
    onTestFinished(() => {
      server.close();
    });
    expect(await last(settingsOf(`https://127.0.0.1:${port}`))).toMatchObject({
      step: "tls",
      state: "error",
      whose: "configuration",
      mend: expect.stringContaining("scheme"),
    });
  });
});
