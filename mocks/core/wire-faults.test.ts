import { request as httpsRequest } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningServer, serve } from "./node-server.ts";
import { UnknownFaultError } from "./rules.ts";
import { rawExchange } from "./testing/raw-exchange.ts";
import { ownCertificates } from "./tls.ts";
import { type WireFaultRow, wireFaultRows, wireFaults } from "./wire-faults.ts";

const request = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
let server: RunningServer | undefined;

async function start(id: WireFaultRow["id"]): Promise<string> {
  server = await serve(async () => Response.json({ honest: true }), { wire: wireFaults([{ id }]) });
  return server.url;
}

afterEach(() => server?.close());

/** What each fault does to a client that reads the wire. */
const shows: Readonly<Record<WireFaultRow["id"], (url: string) => Promise<void>>> = {
  "wire.reset": async (url) => {
    await expect(rawExchange(url, request)).rejects.toMatchObject({ code: "ECONNRESET" });
  },
  "wire.cut": async (url) => {
    const text = await rawExchange(url, request);
    expect(text).toContain("content-length: 1024");
    expect(text.endsWith('{"code":"')).toBe(true);
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
  },
  "wire.stall": async (url) => {
    const answer = await fetch(url);
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"code":"');
    const next = reader?.read().then(
      () => "more",
      () => "ended by closing",
    );
    await server?.close();
    expect(await next).toBe("ended by closing");
  },
  "wire.garbage": async (url) => {
    expect(await rawExchange(url, request)).not.toMatch(/^HTTP/);
    await expect(fetch(url)).rejects.toThrow();
  },
  "wire.flood": async (url) => {
    const reader = (await fetch(url)).body?.getReader();
    let bytes = 0;
    while (bytes < 5_000_000) bytes += (await reader?.read())?.value?.byteLength ?? Number.NaN;
    expect(bytes).toBeGreaterThanOrEqual(5_000_000);
    await reader?.cancel();
  },
};

describe("wireFaults", () => {
  it.each(wireFaultRows.map(({ id, sentence }) => [id, sentence] as const))("%s: %s", async (id) => {
    await shows[id](await start(id));
  });

  it("strikes on the n-th use and below the given path only, and can be cleared", async () => {
    const wire = wireFaults();
    server = await serve(async () => new Response("honest"), { wire });
    const outcome = (path: string) =>
      fetch(`${server?.url}${path}`).then(
        (answer) => answer.text(),
        () => "broken",
      );
    wire.activate({ id: "wire.reset", at: 2, path: "/api" });
    expect(await outcome("/other")).toBe("honest");
    expect(await outcome("/api/1")).toBe("honest");
    expect(await outcome("/api/2")).toBe("broken");
    expect(await outcome("/api/3")).toBe("honest");
    wire.activate({ id: "wire.reset" });
    expect(await outcome("/other")).toBe("broken");
    wire.clear();
    expect(await outcome("/other")).toBe("honest");
    expect(wire.active()).toEqual([]);
  });

  it.each(wireFaultRows.map(({ id }) => [id] as const))("%s breaks the answer over TLS too", async (id) => {
    const own = ownCertificates();
    const tls = { certificate: own.certificate, key: own.key };
    server = await serve(async () => new Response("honest"), { tls, wire: wireFaults([{ id }]) });
    const broken = await new Promise((resolve) => {
      const outgoing = httpsRequest(server?.url ?? "", { ca: own.authority, agent: false }, (answer) => {
        let bytes = 0;
        answer.on("error", () => resolve("cut"));
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.byteLength;
          // The stalled answer ends only because its server is closed; the flood because nobody drinks more.
          if (id === "wire.stall") server?.close();
          if (bytes > 1_000_000) {
            resolve("flooded");
            outgoing.destroy();
          }
        });
        answer.on("end", () => resolve("whole"));
      });
      outgoing.on("error", () => resolve("no answer"));
      outgoing.end();
    });
    const expected = { "wire.reset": "no answer", "wire.cut": "cut", "wire.stall": "cut", "wire.garbage": "no answer" };
    expect(broken).toBe({ ...expected, "wire.flood": "flooded" }[id]);
  });

  it("knows its faults by name", () => {
    expect(() => wireFaults([{ id: "wire.unknown" }])).toThrow(UnknownFaultError);
  });
});
